// Command goodwordctl does the work of Goodword without a window: for scripts, for servers, and for trying things out. Verbs that
// belong together share a file. With --json it prints one object a line; an error is one sentence on standard error. It exits with 0 when the work is
// done, 1 when it could not be done and 2 when it was called wrongly.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	_ "early" // before Fyne, see there

	"github.com/alecthomas/kong"

	"goodword/house"
	"goodword/internal/clock"
)

// The exit codes of the contract.
const (
	done   = 0
	failed = 1
	misuse = 2
)

type verbs struct {
	DB   string `help:"The database; by default the one of the desktop program." name:"db" env:"GOODWORD_DB" placeholder:"PATH"`
	JSON bool   `help:"Print for machines: one JSON object a line." name:"json"`
	As   string `help:"The member of staff who does this, by name or number." placeholder:"PERSON"`

	Init      initVerb      `cmd:"" help:"Make the database and the practice."`
	Practice  practiceVerb  `cmd:"" help:"Print the practice, or change its details and watch words."`
	Source    sourceVerb    `cmd:"" help:"Add, list, check and remove sources."`
	Collect   collectVerb   `cmd:"" help:"Visit the sources that are due."`
	Sweep     sweepVerb     `cmd:"" help:"Work through the weekly round of sites that no program may ask."`
	Import    importVerb    `cmd:"" help:"Import a file: Google Takeout, CSV, XLSX, e-mails or a saved page."`
	Add       addVerb       `cmd:"" help:"Enter a mention by hand."`
	Inbox     inboxVerb     `cmd:"" help:"List mentions, newest first."`
	Show      showVerb      `cmd:"" help:"Show one mention with its history."`
	Draft     draftVerb     `cmd:"" help:"Draft a reply from a template and save it."`
	Reply     replyVerb     `cmd:"" help:"Check a reply, save it, and release its text or queue it in the outbox."`
	Ask       askVerb       `cmd:"" help:"Ask another person to approve a reply."`
	Approve   approveVerb   `cmd:"" help:"Approve the reply of another person."`
	SendBack  sendBackVerb  `cmd:"" help:"Send a reply back to its author, with a note."`
	GoAhead   goAheadVerb   `cmd:"" help:"Record that counsel, the insurer or another who decides agreed to a public reply."`
	Template  templateVerb  `cmd:"" help:"Work with the templates of replies."`
	Myth      mythVerb      `cmd:"" help:"Work with statements about health that a clinician approves."`
	Close     closeVerb     `cmd:"" help:"Decide on no public reply, with a reason; \"reopen\" takes it back."`
	Reopen    reopenVerb    `cmd:"" help:"Take a decision back: the mention waits for an answer again."`
	Escalate  escalateVerb  `cmd:"" help:"Hand a mention to somebody else."`
	Take      takeVerb      `cmd:"" help:"Take a mention up: \"I have it\"; its clock on the ladder stops."`
	Snooze    snoozeVerb    `cmd:"" help:"Put a mention off until a day, or bring it back."`
	Ladder    ladderVerb    `cmd:"" help:"Show the ladder and what stands on it."`
	Resolve   resolveVerb   `cmd:"" help:"End an escalation."`
	Story     storyVerb     `cmd:"" help:"Take the places of a story apart, or join two mentions."`
	Check     checkVerb     `cmd:"" help:"Run the speak-safe gate on a text."`
	Classify  classifyVerb  `cmd:"" help:"Say what texts feel, what they are about and what cannot wait."`
	Account   accountVerb   `cmd:"" help:"List and connect the practice's own accounts on networks."`
	Spotlight spotlightVerb `cmd:"" help:"List, add, move and export spotlights."`
	Series    seriesVerb    `cmd:"" help:"List, add and end posts that come back by a rule, and their turns."`
	Tips      tipsVerb      `cmd:"" help:"List the ready-made health tips of a month, or plan one as a post."`
	Campaign  campaignVerb  `cmd:"" help:"List, add and end campaigns, fill them, and print what came of them."`
	Consent   consentVerb   `cmd:"" help:"Work with consents, releases, patients' authorizations and the take-down list."`
	Policy    policyVerb    `cmd:"" help:"Work with the checklist, the policy, training and signatures."`
	Incident  incidentVerb  `cmd:"" help:"Report an incident and work on it: steps, timeline, clocks."`
	Crisis    crisisVerb    `cmd:"" help:"Show the crisis plan and its phone tree, and say who has which duty."`
	Drill     drillVerb     `cmd:"" help:"Rehearse an incident. A drill is never counted as one."`
	Brief     briefVerb     `cmd:"" help:"Write the brief for the owner: why to answer, what it costs, what it brings."`
	Staff     staffVerb     `cmd:"" help:"List and add members of staff and places."`
	Offline   offlineVerb   `cmd:"" help:"Say whether any request may leave this computer, or switch it, as somebody who decides for the practice."`
	Ledger    ledgerVerb    `cmd:"" help:"List what was asked of other computers, newest first."`
	Rule      ruleVerb      `cmd:"" help:"Work with the rules that tag, assign, alert and close by themselves."`
	Topics    topicsVerb    `cmd:"" help:"Work with the topics and the phrases that tell them."`
	Purge     purgeVerb     `cmd:"" help:"Clear the words that a site does not let be kept any longer."`
	Hold      holdVerb      `cmd:"" help:"Put a mention under legal hold, or release it."`
	Moves     movesVerb     `cmd:"" help:"Say what departs from the usual, with the mentions behind it."`
	Status    statusVerb    `cmd:"" help:"Say how things stand, in figures."`
	Report    reportVerb    `cmd:"" help:"Write a report over a period."`
	Backup    backupVerb    `cmd:"" help:"Copy the database while it is in use."`
	Restore   restoreVerb   `cmd:"" help:"Put a backup in the place of the database, after proving it."`
	Folder    folderVerb    `cmd:"" help:"Export the incident folder of a mention: its whole story, with proof."`
	Verify    verifyVerb    `cmd:"" help:"Prove the database, the audit chain and the files, or an incident folder."`
	Tour      tourVerb      `cmd:"" help:"Do the main job on the sample practice, in a throw-away database."`
	Version   versionVerb   `cmd:"" help:"Print the version."`
}

func main() {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // what went wrong is in the one sentence
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the whole program, so that tests can call it.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	var v verbs
	helped := false
	parser, err := kong.New(&v, kong.Name("goodwordctl"), kong.Description("Goodword without a window."), kong.Writers(out, errs),
		kong.Exit(func(int) { helped = true }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}), kong.UsageOnError())
	if err != nil {
		return complain(errs, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	chosen, err := parser.Parse(minusWords(args))
	if helped {
		return done
	}
	if err != nil {
		return complain(errs, misread(err))
	}
	var homeless error // ends only the verbs that need a database
	if v.DB == "" {
		v.DB, homeless = house.DefaultPath()
	}
	d := &desk{ctx: ctx, path: v.DB, homeless: homeless, json: v.JSON, as: v.As, in: in, out: out, errs: errs, now: clock.System()}
	if err := chosen.Run(d); err != nil {
		return complain(errs, d.wayOut(err, chosen.Command()))
	}
	return done
}
