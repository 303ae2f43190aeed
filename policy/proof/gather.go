package proof

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
)

// pack is all that goes into a proof pack, chosen and put in order.
type pack struct {
	choice       Choice
	now          time.Time
	day          string
	zone         *time.Location
	practice     practice.Practice
	about        string
	from, to     string // the days that it is about, both included; empty: without an end
	people       []practice.Person
	versions     []policy.Version // oldest first
	every        []policy.Version // also those that the pack is not about, to say where each stands
	signatures   []policy.Signature
	refusals     []policy.Refusal
	sheets       []policy.Sheet
	results      []policy.Result
	certificates []policy.Certificate
	codes        map[int64]string // of certificates, by attempt
	happened     []happening      // incidents and drills, with their words covered
	places       []string         // whose law holds here
	misses       []policy.NearMiss
	plan         policy.Plan
	planned      time.Time // when the crisis plan was last changed
	vendors      []policy.Vendor
	evidence     []evidence
	checklist    []policy.Group
	kept         []policy.KeptRecord
	years        int
	lines        []audit.Sealed
	cover        func(text string) string
}

// gather reads what the choice asks for.
func (b *Binder) gather(ctx context.Context, c Choice) (*pack, error) {
	k := &pack{choice: c, now: b.Now().UTC().Truncate(time.Second), codes: map[int64]string{}, cover: func(text string) string { return text }}
	var err error
	if k.practice, err = b.Practices.Get(ctx); err != nil {
		return nil, err
	}
	k.zone, k.day = k.practice.Location(), policy.Today(k.now, k.practice)
	if b.Cover != nil && !c.Unmasked {
		if k.cover, err = b.Cover(ctx); err != nil {
			return nil, err
		}
	}
	var errs [12]error
	k.people, errs[0] = b.Practices.People(ctx)
	k.every, errs[1] = b.Policy.Versions(ctx)
	k.signatures, errs[2] = b.Policy.EverySignature(ctx)
	k.refusals, errs[3] = b.Policy.Refusals(ctx)
	k.results, errs[4] = b.Policy.Results(ctx)
	k.certificates, errs[5] = b.Policy.Certificates(ctx, c.Person)
	k.misses, errs[6] = b.Policy.NearMisses(ctx)
	k.vendors, errs[7] = b.Policy.Vendors(ctx)
	k.checklist, errs[8] = b.Policy.Checklist(ctx)
	k.kept, errs[9] = b.Policy.Kept(ctx)
	k.years, errs[10] = b.Policy.KeepFor(ctx)
	k.plan, errs[11] = b.Policy.CrisisPlan(ctx)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	if err := k.choose(); err != nil {
		return nil, err
	}
	if err := errors.Join(b.happened(ctx, k), b.proofs(ctx, k)); err != nil {
		return nil, err
	}
	for _, s := range k.signatures {
		if s.Scan == "" || slices.ContainsFunc(k.sheets, func(o policy.Sheet) bool { return o.Hash == s.Scan }) {
			continue
		}
		sheet, err := b.Policy.SignedSheet(ctx, s.Scan)
		if err != nil {
			return nil, err
		}
		k.sheets = append(k.sheets, sheet)
	}
	return k, audit.Walk(ctx, b.DB.Reader(), "", func(l audit.Sealed) error {
		if strings.HasPrefix(l.Subject, "crisis/") {
			k.planned = l.At
		}
		if k.concerns(l) {
			k.lines = append(k.lines, l)
		}
		return nil
	})
}

// choose leaves out what the pack is not about.
func (k *pack) choose() error {
	for _, c := range k.certificates {
		k.codes[c.Result.AttemptID] = c.Code
	}
	slices.SortFunc(k.every, func(a, b policy.Version) int { return a.Number - b.Number })
	for _, v := range k.every {
		if v.From != "" {
			k.versions = append(k.versions, v)
		}
	}
	slices.Reverse(k.results) // oldest first
	slices.Reverse(k.signatures)
	k.misses = slices.DeleteFunc(k.misses, func(n policy.NearMiss) bool { return n.Status != policy.MissApproved })
	slices.Reverse(k.misses) // oldest first
	c := k.choice
	switch {
	case c.Person != 0:
		return k.aboutPerson(c.Person)
	case c.Version != 0:
		return k.aboutVersion(c.Version)
	case c.From != "" || c.To != "":
		k.aboutDays()
	default:
		k.about = "everything on record"
		k.certificates = nil // one person's pack has them as papers; here their codes stand in the table
	}
	return nil
}

func (k *pack) aboutPerson(id int64) error {
	i := slices.IndexFunc(k.people, func(p practice.Person) bool { return p.ID == id })
	if i < 0 {
		return practice.ErrNotFound
	}
	p := k.people[i]
	k.about, k.people = p.Name, []practice.Person{p}
	k.signatures = slices.DeleteFunc(k.signatures, func(s policy.Signature) bool { return s.PersonID != id })
	k.refusals = slices.DeleteFunc(k.refusals, func(r policy.Refusal) bool { return r.PersonID != id })
	k.results = slices.DeleteFunc(k.results, func(r policy.Result) bool { return r.PersonID != id })
	// The versions that were in force while the person worked here.
	k.versions = slices.DeleteFunc(k.versions, func(v policy.Version) bool {
		next := k.until(v)
		return p.LeftOn != "" && v.From >= p.LeftOn || next != "" && p.HiredOn != "" && next <= p.HiredOn
	})
	k.misses, k.vendors, k.checklist = nil, nil, nil
	return nil
}

func (k *pack) aboutVersion(id int64) error {
	i := slices.IndexFunc(k.versions, func(v policy.Version) bool { return v.ID == id })
	if i < 0 {
		return fmt.Errorf("There is no version with number %d that was put in force: %w", id, policy.ErrNotFound)
	}
	v := k.versions[i]
	asked := policy.Asked(v, k.every) // after an editorial change the signatures before it still count
	k.about = fmt.Sprintf("version %d of the policy", v.Number)
	k.versions = slices.DeleteFunc(k.versions, func(o policy.Version) bool { return !slices.Contains(asked, o.Number) })
	k.signatures = slices.DeleteFunc(k.signatures, func(s policy.Signature) bool { return !slices.Contains(asked, s.Number) })
	k.refusals = slices.DeleteFunc(k.refusals, func(r policy.Refusal) bool { return !slices.Contains(asked, r.Number) })
	k.results = slices.DeleteFunc(k.results, func(r policy.Result) bool { return r.VersionID != id })
	end := k.until(v)
	k.people = slices.DeleteFunc(k.people, func(p practice.Person) bool {
		return p.LeftOn != "" && p.LeftOn <= v.From || end != "" && p.HiredOn != "" && p.HiredOn >= end
	})
	k.certificates = nil
	k.from = v.From
	if last, err := time.Parse(practice.Day, end); err == nil {
		k.to = last.AddDate(0, 0, -1).Format(practice.Day)
	}
	k.aboutRegisters()
	return nil
}

func (k *pack) aboutDays() {
	c := k.choice
	k.about = "the days from " + written(c.From) + " to " + written(c.To)
	switch {
	case c.From == "":
		k.about = "the time until " + written(c.To)
	case c.To == "":
		k.about = "the time since " + written(c.From)
	}
	k.signatures = slices.DeleteFunc(k.signatures, func(s policy.Signature) bool { return !c.within(k.dayOf(s.At)) })
	k.refusals = slices.DeleteFunc(k.refusals, func(r policy.Refusal) bool { return !c.within(k.dayOf(r.At)) })
	k.results = slices.DeleteFunc(k.results, func(r policy.Result) bool { return !c.within(k.dayOf(r.At)) })
	k.versions = slices.DeleteFunc(k.versions, func(v policy.Version) bool {
		end := k.until(v)
		return c.To != "" && v.From > c.To || end != "" && end <= c.From
	})
	k.people = slices.DeleteFunc(k.people, func(p practice.Person) bool {
		return p.LeftOn != "" && p.LeftOn <= c.From || c.To != "" && p.HiredOn > c.To
	})
	k.certificates = nil
	k.from, k.to = c.From, c.To
	k.aboutRegisters()
}

// aboutRegisters leaves out of the registers what the days of the pack do not touch.
func (k *pack) aboutRegisters() {
	k.misses = slices.DeleteFunc(k.misses, func(n policy.NearMiss) bool {
		day := k.dayOf(n.Decided)
		return day < k.from || k.to != "" && day > k.to
	})
	k.vendors = slices.DeleteFunc(k.vendors, func(v policy.Vendor) bool { return v.EndedOn != "" && v.EndedOn < k.from })
}

// until is the day from which the next version is in force, or "".
func (k *pack) until(v policy.Version) string {
	for _, o := range k.every {
		if o.From != "" && o.Number > v.Number {
			return o.From
		}
	}
	return ""
}

func (k *pack) dayOf(t time.Time) string { return t.In(k.zone).Format(practice.Day) }

// concerns reports whether a line of the audit log belongs into the pack.
func (k *pack) concerns(l audit.Sealed) bool {
	kind, id, _ := strings.Cut(l.Subject, "/")
	if !slices.Contains([]string{"policy", "training", "checklist", "own", "vendor", "incident", "crisis", "near-miss", "person", "hold", "door"}, kind) {
		return false
	}
	switch c := k.choice; {
	case c.Person != 0:
		me := fmt.Sprint(c.Person)
		if kind == "training" || kind == "person" {
			return id == me
		}
		var about struct {
			Person int64 `json:"person_id"`
		}
		return kind == "policy" && database.Unpack(l.After, &about) == nil && about.Person == c.Person
	case c.Version != 0:
		if kind == "policy" {
			return slices.ContainsFunc(k.versions, func(v policy.Version) bool { return id == fmt.Sprint(v.ID) })
		}
		var r policy.Result
		return kind == "training" && database.Unpack(l.After, &r) == nil && r.VersionID == c.Version
	default:
		return c.within(k.dayOf(l.At))
	}
}

func written(day string) string {
	if t, err := time.Parse(practice.Day, day); err == nil {
		return t.Format("2 January 2006")
	}
	return day
}
