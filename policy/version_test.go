package policy_test

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestStands(t *testing.T) {
	versions := []policy.Version{{Number: 4}, {Number: 3, From: "2026-12-01"}, {Number: 2, From: "2026-06-01"}, {Number: 1, From: "2026-01-01"}}
	tests := []struct {
		day  string
		want [4]policy.Standing // of 1, 2, 3, 4
	}{
		{"2025-12-31", [4]policy.Standing{policy.Coming, policy.Coming, policy.Coming, policy.Draft}},
		{"2026-01-01", [4]policy.Standing{policy.InForce, policy.Coming, policy.Coming, policy.Draft}},
		{"2026-11-30", [4]policy.Standing{policy.Superseded, policy.InForce, policy.Coming, policy.Draft}},
		{"2032-01-01", [4]policy.Standing{policy.Superseded, policy.Superseded, policy.InForce, policy.Draft}},
	}
	for _, test := range tests {
		for _, v := range versions {
			if got := policy.Stands(v, versions, test.day); got != test.want[v.Number-1] {
				t.Errorf("version %d on %s: got %s, want %s", v.Number, test.day, got, test.want[v.Number-1])
			}
		}
	}
}

func TestAsked(t *testing.T) {
	versions := []policy.Version{{Number: 1, From: "1", Material: true}, {Number: 2, From: "2"}, {Number: 3, From: "3", Material: true}, {Number: 4, From: "4"}, {Number: 5, From: "5"}, {Number: 6}}
	tests := []struct {
		number int
		want   []int
	}{
		{1, []int{1}}, {2, []int{2, 1}}, {3, []int{3}}, {4, []int{4, 3}}, {5, []int{5, 4, 3}},
	}
	for _, test := range tests {
		if got := policy.Asked(versions[test.number-1], versions); !slices.Equal(got, test.want) {
			t.Errorf("version %d: got %v, want %v", test.number, got, test.want)
		}
	}
}

func TestOfTwoVersionsFromOneDayTheNewerWins(t *testing.T) {
	versions := []policy.Version{{Number: 3, From: "2026-12-01"}, {Number: 2, From: "2026-12-01"}, {Number: 1, From: "2026-01-01"}}
	for n, want := range []policy.Standing{policy.Coming, policy.Superseded, policy.InForce} {
		if got := policy.Stands(versions[n], versions, "2026-11-30"); got != want {
			t.Errorf("version %d: got %s, want %s", versions[n].Number, got, want)
		}
	}
}

// TestVersionsAndSignatures plays any order of drafting, putting in force, signing and waiting against a plain model.
func TestVersionsAndSignatures(t *testing.T) {
	if err := flag.Set("rapid.checks", "40"); err != nil { // each of some thirty steps is a transaction on the disk
		t.Fatal(err)
	}
	d := open(t)
	rapid.Check(t, func(r *rapid.T) {
		m := model{desk: d, t: t, texts: map[int]string{}, signed: map[int64]int{}}
		m.clear()
		r.Repeat(map[string]func(*rapid.T){
			"draft": m.draft, "put in force": m.put, "sign": m.sign, "wait": m.wait, "": m.check,
		})
	})
}

type model struct {
	*desk
	t        testing.TB
	texts    map[int]string // of versions that were put in force
	material []int
	signed   map[int64]int // newest number that a person signed
	draftID  int64
}

// clear empties the tables between two runs: one file serves all runs, since opening one takes most of the time.
func (m *model) clear() {
	db := m.db
	must(m.t, db.Write(ctx, clearPolicy))
	m.now = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
}

func (m *model) day() string { return m.now.Format(practice.Day) }

func (m *model) draft(r *rapid.T) {
	number := len(m.texts) + 1
	text := fmt.Sprintf("version %d, %d", number, rapid.IntRange(0, 9).Draw(r, "wording"))
	material := rapid.Bool().Draw(r, "material")
	if m.draftID != 0 {
		if _, err := m.store.SaveDraft(ctx, m.draftID, text, "", material, audit.Program); err != nil {
			r.Fatal(err)
		}
		return
	}
	v, err := m.store.DraftVersion(ctx, text, "", material, audit.Program)
	if err != nil {
		r.Fatal(err)
	}
	m.draftID = v.ID
}

func (m *model) put(r *rapid.T) {
	if m.draftID == 0 {
		r.Skip("no draft")
	}
	from := m.now.AddDate(0, 0, rapid.IntRange(-2, 5).Draw(r, "days")).Format(practice.Day)
	all, err := m.store.Versions(ctx)
	if err != nil {
		r.Fatal(err)
	}
	late := slices.ContainsFunc(all, func(v policy.Version) bool { return v.From > from })
	v, err := m.store.PutInForce(ctx, m.draftID, from, audit.Program)
	if late {
		if !errors.Is(err, policy.ErrStep) {
			r.Fatalf("a version begins before the one it follows: %v", err)
		}
		return
	}
	if err != nil {
		r.Fatal(err)
	}
	m.draftID, m.texts[v.Number] = 0, v.Text
	if v.Material {
		m.material = append(m.material, v.Number)
	}
}

func (m *model) sign(r *rapid.T) {
	all, err := m.store.Versions(ctx)
	if err != nil || len(all) == 0 {
		r.Skip("nothing to sign")
	}
	v := rapid.SampledFrom(all).Draw(r, "version")
	p := rapid.SampledFrom(m.people).Draw(r, "person")
	_, err = m.store.Sign(ctx, p.ID, v.ID, policy.OnScreen, p.Actor())
	switch {
	case v.From == "" && !errors.Is(err, policy.ErrStep):
		r.Fatalf("a draft was signed: %v", err)
	case err == nil:
		m.signed[p.ID] = max(m.signed[p.ID], v.Number)
	case !errors.Is(err, policy.ErrStep):
		r.Fatal(err)
	}
}

func (m *model) wait(r *rapid.T) { m.now = m.now.AddDate(0, 0, rapid.IntRange(1, 6).Draw(r, "days")) }

func (m *model) check(r *rapid.T) {
	all, err := m.store.Versions(ctx)
	if err != nil {
		r.Fatal(err)
	}
	inForce := 0
	for _, v := range all {
		if v.Hash != policy.Hash(v.Text) {
			r.Fatalf("version %d does not fit its hash", v.Number)
		}
		if v.From != "" && v.Text != m.texts[v.Number] {
			r.Fatalf("the text of version %d changed after it was put in force", v.Number)
		}
		if policy.Stands(v, all, m.day()) == policy.InForce {
			inForce++
		}
	}
	current, found := policy.Current(all, m.day())
	if inForce > 1 || (inForce == 1) != found {
		r.Fatalf("%d versions are in force on %s", inForce, m.day())
	}
	if !found {
		return
	}
	base := 0
	for _, n := range m.material {
		if n <= current.Number {
			base = max(base, n)
		}
	}
	signed, missing, err := m.store.Signatures(ctx, current.ID)
	if err != nil {
		r.Fatal(err)
	}
	if len(signed)+len(missing) != len(m.people) {
		r.Fatalf("%d signed and %d missing of %d people", len(signed), len(missing), len(m.people))
	}
	for _, p := range missing {
		// Only a signature of a version later than the one in force may be newer than the base and not count yet.
		if n := m.signed[p.ID]; n >= base && n <= current.Number && n != 0 {
			r.Fatalf("%s signed version %d and is asked again for version %d, though the last material one is %d", p.Name, n, current.Number, base)
		}
	}
	for _, s := range signed {
		if s.Number < base || s.TextHash != policy.Hash(m.texts[s.Number]) {
			r.Fatalf("the signature of version %d by %s counts for version %d, base %d", s.Number, s.Person, current.Number, base)
		}
	}
}
