package main

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type policyVerb struct {
	List      policyList        `cmd:"" default:"1" help:"List the checklist with its answers."`
	Answer    policyAnswer      `cmd:"" help:"Answer an item of the checklist."`
	Versions  policyVersions    `cmd:"" help:"List the versions of the policy."`
	Draft     policyDraft       `cmd:"" help:"Draft a new version, from the suggested text or a file."`
	Put       policyPut         `cmd:"" help:"Put a draft in force."`
	Drop      policyDrop        `cmd:"" help:"Drop the draft that is open."`
	Export    policyExport      `cmd:"" help:"Print the policy in force, or a version."`
	Questions policyQuestions   `cmd:"" help:"List the questions about the practice from which the policy is built, with the answers."`
	Build     policyBuild       `cmd:"" help:"Answer questions and write the draft from them; own wording stays."`
	Lint      policyLint        `cmd:"" help:"Look for wording that labour law forbids, missing statements and hard sentences."`
	Diff      policyDiff        `cmd:"" help:"Compare two versions word by word."`
	Refuse    policyRefuse      `cmd:"" help:"Record that somebody does not sign, and why."`
	Remind    policyRemind      `cmd:"" help:"Print a reminder, or the sheets to sign by hand."`
	Sign      policySign        `cmd:"" help:"Record a signature."`
	Sheet     policySheet       `cmd:"" help:"Add the signed sheet to a signature on paper that was recorded without one."`
	Signed    policySigned      `cmd:"" help:"Say who has signed and who has not."`
	Training  policyTraining    `cmd:"" help:"List the lessons and who passed them."`
	Incidents policyIncidents   `cmd:"" help:"List the incidents."`
	Vendors   policyVendors     `cmd:"" help:"List the vendors."`
	Pack      policyPack        `cmd:"" help:"Write a proof pack: everything that a regulator asks for, with a manifest."`
	Certified policyCertificate `cmd:"" help:"List or write the training certificates of a colleague."`
	Kept      policyKept        `cmd:"" help:"List until when each record is kept, and what may go."`
}

type policyList struct {
	Open bool `help:"Only what is not settled."`
}

func (v policyList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		groups, err := h.Policy.Checklist(d.ctx)
		if err != nil {
			return err
		}
		for _, g := range groups {
			for _, i := range g.Items {
				if v.Open && i.Settled() {
					continue
				}
				answer := string(i.Answer)
				if answer == "" {
					answer = "open"
				}
				if err := d.print(i, "%-10s %-15s %s (%s)", i.ID, answer, i.Text, i.Basis.Basis); err != nil {
					return err
				}
			}
		}
		progress, err := h.Policy.Progress(d.ctx)
		if err != nil || d.json {
			return err
		}
		return d.print(nil, "%d of %d answered.", answered(progress.All), progress.All.Total+progress.All.Without)
	})
}

// answered is how many items have any answer.
func answered(s policy.Share) int { return s.Total + s.Without - s.Open }

type policyAnswer struct {
	Item     string `arg:"" help:"Item of the checklist, such as gov1."`
	Answer   string `arg:"" help:"yes, partly, no or \"not applicable\"."`
	Evidence string `help:"Where the proof is."`
	Due      string `help:"When it is to be done." placeholder:"D"`
}

func (v policyAnswer) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Policy.Answer(d.ctx, v.Item, policy.Answered{Answer: policy.Answer(v.Answer), Note: v.Evidence, Due: v.Due}, by); err != nil {
			return err
		}
		i, err := h.Policy.Item(d.ctx, v.Item)
		if err != nil {
			return err
		}
		next := ""
		switch {
		case i.NextLook() != "":
			next = " Next look on " + i.NextLook() + "."
		case i.Due != "":
			next = " It is to be done by " + i.Due + "."
		}
		return d.print(i, "%s: %s.%s", i.ID, i.Answer, next)
	})
}

type policyVersions struct{}

func (policyVersions) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		versions, err := h.Policy.Versions(d.ctx)
		if err != nil {
			return err
		}
		today := d.today()
		for _, v := range versions {
			if err := d.print(v, "%3d  version %d  %-11s from %-10s %s", v.ID, v.Number, policy.Stands(v, versions, today), v.From, v.Summary); err != nil {
				return err
			}
		}
		return nil
	})
}

type policyDraft struct {
	File      string `arg:"" optional:"" help:"Text of the policy; the suggested text when left out."`
	Summary   string `help:"What is new, in a sentence." required:""`
	Editorial bool   `help:"Nothing of substance changes, so nobody signs again."`
}

func (v policyDraft) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		text, err := h.Policy.SuggestedText(d.ctx)
		if err != nil {
			return err
		}
		if v.File != "" {
			if text, err = ownPolicy(d.ctx, v.File); err != nil {
				return err
			}
			if !utf8.ValidString(text) || strings.TrimSpace(text) == "" {
				return fmt.Errorf("The file %s holds no text. Write the policy as plain text in UTF-8", v.File)
			}
		}
		version, err := h.Policy.DraftVersion(d.ctx, text, v.Summary, !v.Editorial, by)
		if err != nil {
			return err
		}
		return d.print(version, "Drafted version %d (number %d for \"policy put\").", version.Number, version.ID)
	})
}

type policyPut struct {
	ID   int64  `arg:"" help:"Number of the draft."`
	From string `help:"First day; today when left out." placeholder:"D"`

	Anyway bool `help:"Also with wording that a law forbids or that bans talk which labour law protects."`
}

// Run puts the draft in force, unless the linter finds wording that a law forbids or that bans talk which labour law protects.
func (v policyPut) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.From == "" {
			v.From = d.today()
		}
		draft, err := h.Policy.Version(d.ctx, v.ID)
		if err != nil {
			return err
		}
		if err := v.lawful(d, draft); err != nil {
			return err
		}
		version, err := h.Policy.PutInForce(d.ctx, v.ID, v.From, by)
		if err != nil {
			return err
		}
		return d.print(version, "Version %d is in force from %s.%s", version.Number, version.From, lacking(version.Text))
	})
}

// lacking names the statements that a policy needs and that the text does not hold.
func lacking(text string) string {
	var titles []string
	for _, f := range policy.Lint(text).Findings {
		if f.Kind == policy.Missing {
			titles = append(titles, f.Title)
		}
	}
	if len(titles) == 0 {
		return ""
	}
	return "\nNot found in it: " + strings.Join(titles, "; ") + "."
}

// lawful prints what the linter objects to in a draft, and refuses the draft unless that was said to be known.
func (v policyPut) lawful(d *desk, draft policy.Version) error {
	l := policy.Lint(draft.Text)
	n := l.Count(policy.Unlawful) + l.Count(policy.Overbroad)
	if draft.From != "" || n == 0 || v.Anyway && d.json {
		return nil
	}
	for _, f := range l.Findings {
		if f.Kind != policy.Unlawful && f.Kind != policy.Overbroad {
			continue
		}
		if err := d.finding(f); err != nil {
			return err
		}
	}
	if v.Anyway {
		return nil
	}
	wordings := "1 wording"
	if n > 1 {
		wordings = fmt.Sprintf("%d wordings", n)
	}
	return fmt.Errorf("The draft has %s that a law forbids or that bans talk which labour law protects. Change the text, or put it in force with --anyway", wordings)
}

type policyDrop struct{}

func (policyDrop) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		versions, err := h.Policy.Versions(d.ctx)
		if err != nil {
			return err
		}
		if len(versions) == 0 || versions[0].From != "" {
			return errors.New("No draft of the policy is open. \"goodwordctl policy draft\" or \"policy build\" begins one; a version that was put in force is never dropped")
		}
		if err := h.Policy.DropDraft(d.ctx, versions[0].ID, by); err != nil {
			return err
		}
		return d.print(map[string]any{"dropped": versions[0].ID}, "The draft of version %d is dropped.", versions[0].Number)
	})
}

type policyExport struct {
	ID      int64  `help:"Number of the version; the one in force when left out."`
	Out     string `help:"Write it to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
	Reasons bool   `help:"With --out: why each clause is there, with source and date."`
}

func (v policyExport) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		version, err := d.version(h, v.ID)
		if err != nil {
			return err
		}
		if v.Out != "" {
			versions, err := h.Policy.Versions(d.ctx)
			if err != nil {
				return err
			}
			return d.savePaper(v.Out, policy.VersionSheet(version, policy.Stands(version, versions, d.today()), v.Reasons))
		}
		return d.print(version, "%s", strings.TrimRight(version.Text, "\n"))
	})
}

// version is the one with the id, or the one in force for 0.
func (d *desk) version(h *house.House, id int64) (policy.Version, error) {
	if id != 0 {
		return h.Policy.Version(d.ctx, id)
	}
	return h.Policy.InForce(d.ctx)
}

type policyTraining struct{}

func (policyTraining) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		results, err := h.Policy.Results(d.ctx)
		if err != nil {
			return err
		}
		passed := map[string]int{}
		for _, modules := range policy.Latest(results) {
			for id, r := range modules {
				if r.Passed {
					passed[id]++
				}
			}
		}
		for _, m := range policy.Modules() {
			row := map[string]any{"id": m.ID, "title": m.Title, "minutes": m.Minutes, "for": m.For, "passed": passed[m.ID]}
			if err := d.print(row, "%-4s %-42s %2d minutes, for %s; %d passed", m.ID, m.Title, m.Minutes, m.For, passed[m.ID]); err != nil {
				return err
			}
		}
		return nil
	})
}

type policyVendors struct{}

func (policyVendors) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		vendors, err := h.Policy.Vendors(d.ctx)
		if err != nil {
			return err
		}
		if len(vendors) == 0 {
			return d.remark("No vendors are on record.")
		}
		for _, v := range vendors {
			if err := d.print(v, "%3d  %-28s agreement: %-10s %s", v.ID, v.Name, v.Agreement, v.Worry(d.today())); err != nil {
				return err
			}
		}
		return nil
	})
}
