package policy_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestWhoMayDecideAboutConduct(t *testing.T) {
	for role, may := range map[practice.Role]bool{practice.Owner: true, practice.Compliance: true, practice.Manager: true,
		practice.HR: false, practice.Clinician: false, practice.Author: false, practice.Staff: false} {
		t.Run(string(role), func(t *testing.T) {
			d := open(t)
			other := d.people[1]
			p := practice.Person{Name: "Ivo Marsh", Role: role}
			var err error
			p.ID, err = d.practices.SavePerson(ctx, p, audit.Program)
			must(t, err)
			by := p.Actor()
			v, err := d.store.DraftVersion(ctx, "text", "", true, audit.Program)
			must(t, err)
			_, err = d.store.PutInForce(ctx, v.ID, "2026-11-01", audit.Program)
			must(t, err)
			lead, err := d.store.CrisisPlan(ctx)
			must(t, err)

			i, err := d.store.SaveIncident(ctx, policy.Incident{Title: "Reply named a treatment"}, by)
			must(t, err)
			_, err = d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Text: "The page was seen by four people"}, by)
			must(t, err)
			_, err = d.store.TickStep(ctx, i.ID, "keep", true, by)
			must(t, err)
			decided := i
			decided.Decision = "No notice"
			for _, step := range []struct {
				name string
				do   func() error
			}{
				{"answer", func() error {
					return d.store.Answer(ctx, "gov1", policy.Answered{Answer: policy.Yes}, by)
				}},
				{"own item", func() error {
					_, err := d.store.SaveOwnItem(ctx, policy.OwnItem{GroupID: "governance", Text: "We lock the tablet", Level: policy.ByUs}, by)
					return err
				}},
				{"places", func() error { return d.store.ChoosePlaces(ctx, []string{"US"}, by) }},
				{"duty", func() error {
					duty := lead.Duties[0]
					duty.Person = "Ivo Marsh"
					_, err := d.store.SaveDuty(ctx, duty, by)
					return err
				}},
				{"statement", func() error {
					return d.store.SaveStatement(ctx, "known", "We have heard the concern and are looking into it. Please call our office.", by)
				}},
				{"decide", func() error {
					_, err := d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Kind: policy.EntryDecision, Text: "No notice", Reason: "Nobody saw it"}, by)
					return err
				}},
				{"decision", func() error { _, err := d.store.SaveIncident(ctx, decided, by); return err }},
				{"told", func() error { _, err := d.store.TickTold(ctx, i.ID, "us-people", true, by); return err }},
				{"weigh", func() error {
					_, err := d.store.Weigh(ctx, i.ID, policy.Weighing{Finding: policy.FindingBreach, Reason: "They can be recognised"}, by)
					return err
				}},
				{"close", func() error {
					_, err := d.store.CloseIncident(ctx, i.ID, true, by)
					return err
				}},
				{"reopen", func() error { _, err := d.store.CloseIncident(ctx, i.ID, false, by); return err }},
				{"refuse for another", func() error {
					_, err := d.store.Refuse(ctx, other.ID, v.ID, "No reason given", "", by)
					return err
				}},
				{"sign for another", func() error {
					_, err := d.store.Sign(ctx, other.ID, v.ID, policy.OnPaper, by)
					return err
				}},
				{"strike", func() error {
					all, err := d.store.EverySignature(ctx)
					must(t, err)
					id := int64(1)
					if len(all) > 0 {
						id = all[0].ID
					}
					return d.store.Strike(ctx, id, "a mistake", by)
				}},
			} {
				if err := step.do(); may != (err == nil) || err != nil && !errors.Is(err, policy.ErrRights) {
					t.Errorf("%s: got %v, want allowed: %v", step.name, err, may)
				}
			}
			if _, err := d.store.Refuse(ctx, p.ID, v.ID, "Wants to ask first", "", by); err != nil {
				t.Errorf("the own refusal: %v", err)
			}
			if _, err := d.store.Sign(ctx, p.ID, v.ID, policy.OnScreen, by); err != nil {
				t.Errorf("the own signature: %v", err)
			}
		})
	}
}

func TestTheWitnessIsAnotherPerson(t *testing.T) {
	d := open(t)
	dana, iris := d.people[0], d.people[1]
	v, err := d.store.DraftVersion(ctx, "text", "", true, dana.Actor())
	must(t, err)
	_, err = d.store.PutInForce(ctx, v.ID, "2026-11-01", dana.Actor())
	must(t, err)
	for _, how := range []policy.Signing{{PersonID: iris.ID, Witness: " iris okafor "}, {PersonID: dana.ID}} {
		how.VersionID, how.Way = v.ID, policy.OnPaper
		if _, err := d.store.SignAs(ctx, how, dana.Actor()); !errors.Is(err, policy.ErrStep) || !strings.Contains(err.Error(), "another person") {
			t.Errorf("%+v: got %v", how, err)
		}
	}
	if _, err := d.store.Refuse(ctx, iris.ID, v.ID, "No reason given", "Iris Okafor", dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a witness of her own refusal: %v", err)
	}
	g, err := d.store.SignAs(ctx, policy.Signing{PersonID: dana.ID, VersionID: v.ID, Way: policy.OnPaper, Witness: "Iris Okafor"}, dana.Actor())
	must(t, err)
	if g.How() != "on paper, sheet missing" {
		t.Errorf("got %q", g.How())
	}
	sheet := policy.Sheet{Hash: "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", Name: "dana.pdf", Kind: "pdf", Data: []byte("hello")}
	if _, err := d.store.AddSheet(ctx, g.ID, sheet, d.people[2].Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("staff added a sheet: %v", err)
	}
	g, err = d.store.AddSheet(ctx, g.ID, sheet, dana.Actor())
	must(t, err)
	if g.How() != "on paper, sheet scanned" {
		t.Errorf("got %q", g.How())
	}
	if _, err := d.store.AddSheet(ctx, g.ID, sheet, dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a second sheet: %v", err)
	}
	if _, err := d.store.Prove(ctx); err != nil {
		t.Errorf("the records do not hold any more: %v", err)
	}
}

func TestThePaperSaysWhoRecordedARefusal(t *testing.T) {
	d := open(t)
	dana, iris := d.people[0], d.people[1]
	v, err := d.store.DraftVersion(ctx, "text", "", true, dana.Actor())
	must(t, err)
	v, err = d.store.PutInForce(ctx, v.ID, "2026-11-01", dana.Actor())
	must(t, err)
	_, err = d.store.Refuse(ctx, iris.ID, v.ID, "Wants to ask the union first", "Tom Reyes", dana.Actor())
	must(t, err)
	page := func() string {
		lines, err := d.store.RollCall(ctx, v.ID)
		must(t, err)
		var out bytes.Buffer
		must(t, paper.Write(&out, ".md", policy.RollSheet(practice.Practice{Name: "Elm Dental"}, v, lines, "2026-11-02", policy.KeepYears, d.now)))
		return out.String()
	}
	if got := page(); !strings.Contains(got, "recorded by Dana Whitlock") || !strings.Contains(got, "witness Tom Reyes") {
		t.Errorf("got %s", got)
	}
	d.now = d.now.AddDate(0, 0, 1)
	_, err = d.store.Sign(ctx, iris.ID, v.ID, policy.OnScreen, iris.Actor())
	must(t, err)
	if got := page(); !strings.Contains(got, "refused before, on 2 Nov 2026: Wants to ask the union first") {
		t.Errorf("the refusal before the signature is gone: %s", got)
	}
}
