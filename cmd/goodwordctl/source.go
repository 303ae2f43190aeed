package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/collect"
)

type sourceVerb struct {
	Add    sourceAdd    `cmd:"" help:"Add a source; finds the feed behind a page."`
	Kinds  sourceKinds  `cmd:"" help:"List the kinds of sources and what they ask for."`
	Edit   sourceEdit   `cmd:"" help:"Change a source: its name, words, rhythm, fields or secret."`
	List   sourceList   `cmd:"" default:"1" help:"List the sources and their health."`
	Remove sourceRemove `cmd:"" help:"Remove a source; what it brought stays."`
	Import sourceImport `cmd:"" help:"Add the feeds of an OPML file."`
	Export sourceExport `cmd:"" help:"Write the feeds as OPML to standard output."`
	Check  sourceCheck  `cmd:"" help:"Look at addresses or files without storing anything."`
}

type sourceAdd struct {
	Address      string   `arg:"" optional:"" help:"Address of a feed, a search, an alert, or a page that links to a feed."`
	Kind         string   `help:"Add a source of this kind by its fields, in place of an address." placeholder:"ID"`
	Name         string   `help:"Name to show; by default the source's own title."`
	Match        []string `help:"Watch words of this source, in place of the practice's." placeholder:"WORDS"`
	All          bool     `help:"Everything it says is about the practice."`
	Every        int      `help:"Minutes between visits; by default as it shows itself." placeholder:"MINUTES"`
	AllowPrivate bool     `help:"Allow an address on this computer or inside the office network."`
	fields
}

// Help says where secrets belong.
func (sourceAdd) Help() string {
	return "A secret address or a password does not belong on the command line. For example:\n\n" +
		"  goodwordctl source add --kind google-alerts --set-stdin address < alert.txt\n" +
		"  goodwordctl source add --kind reddit --set words=\"Bright Harbor\" --set-env feed=REDDIT_FEED\n\n" +
		"It is kept in the keychain of this computer, or, where there is none, in a file that only you can read."
}

func (v sourceAdd) Run(d *desk) error {
	if (v.Kind == "") == (v.Address == "") || v.Kind == "" && v.given() {
		return wrong("Give either the address of a source or --kind with its fields. \"goodwordctl source kinds\" lists the kinds")
	}
	return d.work(func(h *house.House, by audit.Actor) (err error) {
		options := collect.AddOptions{Name: v.Name, Match: v.Match, All: v.All, Every: v.Every, AllowPrivate: v.AllowPrivate}
		var s reviews.Source
		if v.Kind != "" {
			s, err = v.addKind(d, h, options, by)
		} else {
			s, err = h.Collect.Add(d.ctx, v.Address, options, by)
		}
		if err != nil {
			return pageHint(privateHint(err), v.Address)
		}
		return d.print(s, "Added source %d: %s (%s).%s", s.ID, s.Name, s.Address, keptHint(h, s))
	})
}

type sourceList struct{}

func (sourceList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		sources, err := h.Reviews.Sources(d.ctx)
		if err != nil {
			return err
		}
		if len(sources) == 0 {
			return d.remark("No sources yet. Add one with \"goodwordctl source add ADDRESS\".")
		}
		for _, s := range sources {
			h := reviews.HealthOf(s, d.now())
			text := fmt.Sprintf("%4d  %-10s %-16s %-40s %6d brought  %s", s.ID, h.State, s.Kind, short(s.Name, 40), s.Brought, s.Address)
			if h.State == reviews.HealthFailing || h.Troubled {
				text += fmt.Sprintf("\n      since %s: %s", d.clock(h.Since), strings.TrimSpace(h.Says+" "+h.Advice))
			}
			if err := d.print(listed{s, h.State, h}, "%s", text); err != nil {
				return err
			}
		}
		return nil
	})
}

// listed is a source with how it is: in a word, and in full.
type listed struct {
	reviews.Source
	Health reviews.HealthState `json:"health"`
	How    reviews.Health      `json:"health_detail"`
}

type sourceRemove struct {
	ID int64 `arg:"" help:"Number of the source."`
}

func (v sourceRemove) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.RemoveSource(d.ctx, v.ID, by); err != nil {
			return err
		}
		if err := h.Collect.ForgetRemoved(d.ctx, by); err != nil { // nobody undoes this here
			return err
		}
		return d.print(map[string]int64{"removed": v.ID}, "Removed source %d. What it brought stays in the inbox.", v.ID)
	})
}

type sourceImport struct {
	File         string `arg:"" help:"OPML file."`
	AllowPrivate bool   `help:"Allow addresses on this computer or inside the office network."`
}

func (v sourceImport) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) (err error) {
		file, err := os.Open(v.File)
		if err != nil {
			return unreadable(v.File, err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		o, err := h.Collect.ImportOPML(d.ctx, file, v.AllowPrivate, by)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("Added %d sources; %d were there already.", o.Added, o.Known)
		if o.Allowed > 0 {
			text += fmt.Sprintf("\n%d of these may be read inside your own network from now on.", o.Allowed)
		}
		if o.Private > 0 {
			text += fmt.Sprintf("\n%d cannot be read: they are inside your own network. Import the list again with --allow-private to allow it.", o.Private)
		}
		if o.Unusable > 0 {
			text += fmt.Sprintf("\n%d rows are not usable: they have no address of a feed.", o.Unusable)
		}
		return d.print(o, "%s", text)
	})
}

type sourceExport struct{}

func (sourceExport) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		sources, err := h.Reviews.Sources(d.ctx)
		if err != nil {
			return err
		}
		if err := collect.WriteOPML(d.out, sources); err != nil {
			return err
		}
		if left := collect.LeftOut(sources); left != "" { // not into the list, which another reader takes
			_, err = fmt.Fprintln(d.errs, left)
		}
		return err
	})
}

type sourceCheck struct {
	Addresses    []string `arg:"" name:"address" help:"Addresses or files."`
	AllowPrivate bool     `help:"Allow addresses on this computer or inside the office network."`
}

type checked struct {
	Address string `json:"address"`
	Kind    string `json:"kind"`
	Entries int    `json:"entries"`
	Error   string `json:"error"`
	MS      int64  `json:"ms"`
}

// Run stores nothing. Where there is a practice, its switch for being offline holds, and its network ledger tells what was asked; without one
// the look goes by a database of its own that is thrown away.
func (v sourceCheck) Run(d *desk) (err error) {
	h, done, err := d.lookout()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	bad := 0
	for row := range v.rows(d, h) {
		text := fmt.Sprintf("%-12s %5d entries %6d ms  %s", row.Kind, row.Entries, row.MS, row.Address)
		if row.Error != "" {
			bad++
			text = fmt.Sprintf("%-12s %s: %s", "not usable", row.Address, row.Error)
		}
		if err := d.print(row, "%s", text); err != nil {
			return err
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d could not be used", bad, len(v.Addresses))
	}
	return nil
}

// lookout is the practice of the database; where there is none, one that is thrown away when done is called.
func (d *desk) lookout() (h *house.House, done func() error, err error) {
	if d.homeless == nil {
		h, err := d.open()
		switch _, missing := os.Stat(d.path); {
		case errors.Is(missing, os.ErrNotExist):
		case err != nil:
			return nil, nil, err
		default:
			if _, err = h.Practices.Get(d.ctx); !errors.Is(err, practice.ErrNone) {
				return h, h.Close, err
			}
			if err := h.Close(); err != nil {
				return nil, nil, err
			}
		}
	}
	folder, err := os.MkdirTemp("", "goodword-check-*")
	if err != nil {
		return nil, nil, fmt.Errorf("A folder for passing work cannot be made: %w", err)
	}
	clear := func() error { return os.RemoveAll(folder) }
	if h, err = house.Open(d.ctx, folder+"/check.db", d.now); err != nil {
		return nil, nil, errors.Join(err, clear())
	}
	done = func() error { return errors.Join(h.Close(), clear()) }
	if err := h.Practices.Save(d.ctx, practice.Practice{Name: "Nobody's"}, audit.Program); err != nil {
		return nil, nil, errors.Join(err, done())
	}
	return h, done, nil
}

// lookers is how many addresses are looked at side by side: most of a look is waiting for the server.
const lookers = 8

// rows looks at all addresses, a few at a time, and hands the answers over in the order in which they were given, each as soon as it and all
// before it are there.
func (v sourceCheck) rows(d *desk, h *house.House) iter.Seq[checked] {
	return func(yield func(checked) bool) {
		answers := make([]chan checked, len(v.Addresses))
		for i := range answers {
			answers[i] = make(chan checked, 1)
		}
		ctx, stop := context.WithCancel(d.ctx)
		var busy sync.WaitGroup
		defer busy.Wait()
		defer stop()
		var next atomic.Int64
		for range min(lookers, len(answers)) {
			busy.Go(func() {
				for i := int(next.Add(1)) - 1; i < len(answers); i = int(next.Add(1)) - 1 {
					answers[i] <- v.look(ctx, h, v.Addresses[i])
				}
			})
		}
		for _, answer := range answers {
			if !yield(<-answer) {
				return
			}
		}
	}
}

func (v sourceCheck) look(ctx context.Context, h *house.House, address string) checked {
	start := time.Now()
	looked, err := h.Collect.Look(ctx, address, v.AllowPrivate)
	row := checked{Address: collect.HideKeys(address), Kind: looked.Kind, Entries: len(looked.Entries), MS: time.Since(start).Milliseconds()}
	if err != nil {
		row.Error = collect.HideKeys(err.Error())
	}
	return row
}
