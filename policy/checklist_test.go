package policy_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestPlacesFollowTheAddress(t *testing.T) {
	for _, test := range []struct{ country, region, want string }{
		{"", "", "US"}, {"US", "OR", "US"}, {"us", "Texas", "US US-TX"}, {"US", "CA", "US US-CA"}, {"GB", "", "UK"}, {"CA", "ON", "Canada"}, {"DE", "", "EU"}, {"IE", "", "EU"},
		{"JP", "", ""}, {"United Kingdom", "Kent", "UK"},
	} {
		if got := strings.Join(policy.PlacesOf(practice.Practice{Country: test.country, Region: test.region}), " "); got != test.want {
			t.Errorf("%s/%s: got %q, want %q", test.country, test.region, got, test.want)
		}
	}
}

func TestPlacesSwitchItems(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	has := func(id string) bool {
		groups, err := d.store.Checklist(ctx)
		must(t, err)
		for _, g := range groups {
			for _, i := range g.Items {
				if i.ID == id {
					return true
				}
			}
		}
		return false
	}
	if has("uk-inc1") || !has("gov1") || has("us-tx1") {
		t.Error("a practice in the United States has other items")
	}
	must(t, d.store.Answer(ctx, "gov1", policy.Answered{Answer: policy.Yes}, by))
	must(t, d.store.ChoosePlaces(ctx, []string{"UK", "US-TX"}, by))
	if !has("uk-inc1") || has("gov1") || !has("us-tx1") {
		t.Error("the choice did not switch the items")
	}
	if err := d.store.ChoosePlaces(ctx, []string{"Mars"}, by); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("an unknown place: %v", err)
	}
	must(t, d.store.ChoosePlaces(ctx, nil, by))
	item, err := d.store.Item(ctx, "gov1")
	must(t, err)
	if !has("gov1") || item.Answer != policy.Yes {
		t.Errorf("the answer was lost while the item was switched off: %+v", item.Answered)
	}
}

func TestOwnItems(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	for _, bad := range []policy.OwnItem{{GroupID: "governance"}, {Text: "x", GroupID: "nowhere"}, {Text: "x", GroupID: "governance", Level: "urgent"}, {Text: "x", GroupID: "governance", Months: -2}} {
		if _, err := d.store.SaveOwnItem(ctx, bad, by); err == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
	own, err := d.store.SaveOwnItem(ctx, policy.OwnItem{Text: " The QR code of the notice hangs in the waiting room ", GroupID: "privacy"}, by)
	must(t, err)
	must(t, d.store.Answer(ctx, own.ItemID(), policy.Answered{Answer: policy.Yes, Note: "Seen today"}, by))
	groups, err := d.store.Checklist(ctx)
	must(t, err)
	last := groups[1].Items[len(groups[1].Items)-1]
	if last.Text != "The QR code of the notice hangs in the waiting room" || last.Answer != policy.Yes || last.Level != policy.ByUs || last.Checked != "2026-11-02" {
		t.Errorf("got %+v", last)
	}
	must(t, d.store.RemoveOwnItem(ctx, own.ID, true, by))
	p, err := d.store.Progress(ctx)
	must(t, err)
	if p.Items != 70 {
		t.Errorf("got %d items after removal, want 70", p.Items)
	}
	must(t, d.store.RemoveOwnItem(ctx, own.ID, false, by))
	if item, err := d.store.Item(ctx, own.ItemID()); err != nil || item.Note != "Seen today" {
		t.Errorf("back on the list: %+v, %v", item.Answered, err)
	}
}

func TestEvidenceIsKept(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	small, large := filepath.Join(t.TempDir(), "letter.pdf"), filepath.Join(t.TempDir(), "film.mov")
	must(t, os.WriteFile(small, []byte("%PDF-1.7 letter"), 0o600))
	must(t, os.WriteFile(large, bytes.Repeat([]byte("x"), policy.MostKept+1), 0o600))
	for _, path := range []string{small, large} {
		file, err := policy.ReadFile(ctx, path)
		must(t, err)
		must(t, d.store.Answer(ctx, "gov1", policy.Answered{Answer: policy.Yes, File: file}, by))
		data, err := d.store.KeptFile(ctx, file.Hash)
		switch {
		case path == small && (err != nil || string(data) != "%PDF-1.7 letter"):
			t.Errorf("small: got %q, %v", data, err)
		case path == large && !errors.Is(err, policy.ErrNotFound):
			t.Errorf("large: got %d bytes, %v", len(data), err)
		}
		if item, _ := d.store.Item(ctx, "gov1"); item.File.Hash != file.Hash || len(file.Hash) != 64 {
			t.Errorf("got %+v", item.File)
		}
	}
}

func TestWhatChangedSince(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	answer := func(id string, a policy.Answer) { must(t, d.store.Answer(ctx, id, policy.Answered{Answer: a}, by)) }
	answer("gov1", policy.No)
	answer("gov2", policy.Yes)
	answer("gov3", policy.Partly)
	d.now = d.now.AddDate(0, 1, 0)
	answer("gov1", policy.Yes)
	answer("gov2", policy.Yes)
	answer("gov5", policy.Yes)
	own, err := d.store.SaveOwnItem(ctx, policy.OwnItem{Text: "New rule", GroupID: "governance"}, by)
	must(t, err)
	s, err := d.store.ChecklistSince(ctx, "2026-11-20")
	must(t, err)
	if len(s.Moves) != 2 || !s.Moves[0].Better() || len(s.Looked) != 1 || s.Looked[0].ID != "gov2" || len(s.Added) != 1 || s.Added[0].Own != own.ID {
		t.Errorf("got %d moves, %d looked, %d added", len(s.Moves), len(s.Looked), len(s.Added))
	}
	if s.Before.All.Yes != 1 || s.Before.All.No != 1 || s.Now.All.Yes != 3 || s.Before.Items != 70 || s.Now.Items != 71 {
		t.Errorf("before %+v, now %+v", s.Before.All, s.Now.All)
	}
	if _, err := d.store.ChecklistSince(ctx, "last year"); err == nil {
		t.Error("no day was taken")
	}
	groups, err := d.store.Checklist(ctx)
	must(t, err)
	p, err := d.practices.Get(ctx)
	must(t, err)
	for _, ending := range []string{"pdf", "docx", "md"} {
		var out bytes.Buffer
		must(t, paper.Write(&out, "."+ending, policy.ChecklistSheet(p, groups, []string{"US"}, map[int64]string{}, &s, d.now)))
		if out.Len() < 1000 {
			t.Errorf("%s: %d bytes", ending, out.Len())
		}
		if text := out.String(); ending == "md" && (strings.Index(text, "Required by law") > strings.Index(text, "Good practice") || !strings.Contains(text, "before no") || !strings.Contains(text, "Source: eCFR")) {
			t.Error("the paper lacks the score, what changed or the basis")
		}
	}
}

func TestFilterKeepsWhatFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		groups := policy.List()
		for g := range groups {
			for i := range groups[g].Items {
				groups[g].Items[i].Answer = rapid.SampledFrom(append(policy.Answers(), policy.Unanswered)).Draw(t, "answer")
				groups[g].Items[i].OwnerID = rapid.Int64Range(0, 3).Draw(t, "owner")
				groups[g].Items[i].Due = rapid.SampledFrom([]string{"", "2026-01-01", "2027-01-01"}).Draw(t, "due")
			}
		}
		f := policy.Filter{Level: rapid.SampledFrom(append(policy.Levels(), "")).Draw(t, "level"), OwnerID: rapid.Int64Range(0, 3).Draw(t, "of"), Overdue: rapid.Bool().Draw(t, "overdue"),
			Words: rapid.SampledFrom([]string{"", "policy", "HIPAA patient", "zebra"}).Draw(t, "words")}
		kept := map[string]bool{}
		for _, g := range f.Pick(groups, "2026-06-01") {
			if len(g.Items) == 0 {
				t.Fatal("an empty group")
			}
			for _, i := range g.Items {
				kept[i.ID] = true
				if f.Level != "" && i.Level != f.Level || f.OwnerID != 0 && i.OwnerID != f.OwnerID || f.Overdue && !i.Overdue("2026-06-01") {
					t.Fatalf("%+v keeps %+v", f, i)
				}
			}
		}
		for _, g := range groups {
			for _, i := range g.Items {
				if kept[i.ID] != f.Keeps(i, "2026-06-01") {
					t.Fatalf("%s: kept %v", i.ID, kept[i.ID])
				}
			}
		}
	})
}
