package ui

import (
	"context"
	"fmt"
	"time"

	"goodword/house"
	"goodword/house/sample"
	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/ui/calendar"
	"goodword/ui/firstrun"
	"goodword/ui/inbox"
	"goodword/ui/insights"
	"goodword/ui/kit"
	"goodword/ui/policyroom"
	"goodword/ui/settings"
	"goodword/ui/sources"
	"goodword/ui/spotlights"
	"goodword/ui/theme"
	"goodword/ui/today"
)

// screens makes the places of the rail, in its order.
func (w *Window) screens() []kit.Screen {
	h, s, back := w.house, w.shell, w.options.Background
	return []kit.Screen{
		today.New(s, back, today.Deps{Reviews: h.Reviews, Spotlights: h.Advocacy, Policy: h.Policy, Practices: h.Practices, Figures: h.Insight, Moves: h.Insight,
			Audit: newestLines(h), Now: h.Now, Tick: w.options.Tick}),
		inbox.New(s, back, inbox.Deps{Mentions: h.Reviews, Life: h.Reviews, Replies: h.Reviews, Adder: h.Collect, Practices: h.Practices,
			Templates: h.Respond, Drafts: h, Model: h, Judge: h.Judge, Gate: h.Gate, Incidents: h.Policy, Now: h.Now, Notes: h.Reviews, Vault: h.Vault, Pause: w.options.Settle, Tick: w.options.Tick, Folders: h.Folders, OpenFolder: w.options.OpenFolder}),
		spotlights.New(s, back, spotlights.Deps{Store: h.Advocacy, Practices: h.Practices, Publisher: h.Publish, Now: h.Now}),
		calendar.New(s, back, calendar.Deps{Store: h.Advocacy, Plans: h.Advocacy, Practices: h.Practices, Policy: h.Policy, Now: h.Now}),
		policyroom.New(s, back, policyroom.Deps{Checklist: h.Policy, Document: h.Policy, Training: h.Policy, Doors: h.Policy, Misses: h.Policy, Stops: h, Registers: h.Policy, Records: h.Policy, Claims: h.Policy, Uses: h, Packs: h.Packs, Briefs: h,
			Practices: h.Practices, Rules: h.Gate.Rules, Now: h.Now, Tick: w.options.Tick}),
		insights.New(s, back, insights.Deps{Reader: h.Insight, Moves: h.Insight, Practices: h.Practices, Now: h.Now}),
		sources.New(s, back, sources.Deps{Store: h.Reviews, Collector: h.Collect, Network: h.Fetch, Practices: h.Practices, InFile: h.Secrets.InFile,
			Offline: func() bool { return s.offline }, SetOffline: s.setOfflineByUser, Now: h.Now}),
		settings.New(s, back, settings.Deps{Practices: h.Practices, People: h.Practices, Waiting: waiting(h), HandOver: h.HandOver, Rules: h.Reviews, Sources: h.Reviews.Sources, Ladder: h.Reviews, Keeping: h.Reviews, Leaving: h.Reviews, InForce: h.Policy.InForce, Accounts: h.Publish, Vault: h.Vault, Keys: h, Remembered: h.Practices, Wordings: h.Reviews, Trial: h.Trial, Gate: h.Gate, Models: h, Statements: h.Policy, Decisions: h.Policy, Topics: h.Judge.Topics, Learning: h.Reviews,
			Unlearn: func(ctx context.Context, id int64, by audit.Actor) error {
				return h.Judge.TakeBack(ctx, id, h.Collect.Understand, by)
			}, Data: h.DB, Verify: func(ctx context.Context) (string, error) { return verify(ctx, h) }, Restore: w.replace,
			Offline: func() bool { return s.offline }, SetOffline: s.setOfflineByUser, Look: w.look, SetLook: w.setLook, Changed: func(what string) { s.Changed(what); w.heed(); w.relearn() },
			Version: house.Version, Now: h.Now}),
	}
}

// waiting lists what waits for a person, in words.
func waiting(h *house.House) func(ctx context.Context, person int64) ([]settings.Waiting, error) {
	return func(ctx context.Context, person int64) ([]settings.Waiting, error) {
		work, err := h.OpenWork(ctx, person)
		var all []settings.Waiting
		for _, w := range work {
			all = append(all, settings.Waiting{Kind: w.Kind, Title: w.Title, Why: w.Why})
		}
		return all, err
	}
}

// newestLines lists the newest steps of anybody.
func newestLines(h *house.House) func(ctx context.Context, limit int) ([]audit.Line, error) {
	return func(ctx context.Context, limit int) ([]audit.Line, error) {
		return audit.List(ctx, h.DB.Reader(), "", limit)
	}
}

// verify says in a sentence what was found in order.
func verify(ctx context.Context, h *house.House) (string, error) {
	p, err := h.Verify(ctx)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("All holds: the database, %d lines of the audit log, %d texts that it vouches for, %d pictures. Head of the audit log: %s", p.Lines, p.Texts.Total(), p.Files, p.Head), nil
}

// replace puts a backup in the place of the open database and opens it.
func (w *Window) replace(backup string) {
	w.part("Restoring the backup", func(ctx context.Context) error {
		_, err := database.Restore(ctx, backup, w.options.Path, w.options.Now)
		return err
	})
}

func (w *Window) look() settings.Look {
	p := w.app.Preferences()
	return settings.Look{Mode: theme.Mode(p.StringWithFallback(prefMode, string(theme.Auto))), Scale: float32(p.FloatWithFallback(prefScale, 1))}
}

func (w *Window) setLook(l settings.Look) {
	w.app.Preferences().SetString(prefMode, string(l.Mode))
	w.app.Preferences().SetFloat(prefScale, float64(l.Scale))
	w.dress()
}

// firstRun asks what the program must know, or opens the sample practice.
func (w *Window) firstRun() {
	zone := time.Local.String()
	if zone == "Local" {
		zone = ""
	}
	run := firstrun.New(w.shell, w.options.Background, firstrun.Deps{Practices: w.house.Practices, Zone: zone,
		Sample: func(ctx context.Context) error { return sample.Fill(ctx, w.options.Path, w.options.Now()) }, Done: w.begin})
	w.shell.ShowAlone(run.Content())
	if w.ownPractice {
		w.ownPractice = false
		run.Begin()
		return
	}
	run.Shown()
}

// begin goes from the set-up into the program.
func (w *Window) begin() {
	w.app.Preferences().SetString(prefScreen, "today")
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		now := w.standing(ctx, h)
		return func() { w.start(now) }
	})
}
