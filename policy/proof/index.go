package proof

import (
	"fmt"

	"goodword/internal/paper"
	"goodword/policy"
)

// index is the paper to read first.
func (k *pack) index(m Manifest, parts []part) paper.Sheet {
	s := paper.Sheet{Title: "Proof pack", Subtitle: k.practice.Name + ": " + k.about, Made: k.now, Footer: "read this first"}
	add := func(list ...paper.Block) { s.Blocks = append(s.Blocks, list...) }
	head := func(text string) paper.Block { return paper.Heading{Level: 2, Text: text} }
	add(paper.Facts{{Name: "Practice", Value: k.practice.Name}, {Name: "About", Value: k.about}, {Name: "Made", Value: k.now.In(k.zone).Format("2 January 2006, 15:04 MST") + " by " + m.By},
		{Name: "Program", Value: "Goodword " + m.Program}})
	passed, people := 0, map[int64]bool{}
	for _, r := range k.results {
		if r.Passed {
			passed++
			people[r.PersonID] = true
		}
	}
	struck := 0
	for _, g := range k.signatures {
		if !g.Struck.IsZero() {
			struck++
		}
	}
	signed := fmt.Sprintf("%d", len(k.signatures)-struck)
	if struck > 0 {
		signed += fmt.Sprintf(", and %d struck as mistakes", struck)
	}
	add(head("In figures"), paper.Facts{{Name: "Versions of the policy", Value: fmt.Sprint(len(k.versions))}, {Name: "Signatures", Value: signed},
		{Name: "Refusals", Value: fmt.Sprint(len(k.refusals))},
		{Name: "Training", Value: fmt.Sprintf("%d attempts: %d passed by %d people, %d not passed", len(k.results), passed, len(people), len(k.results)-passed)}})
	if k.choice.Person == 0 {
		progress := policy.Measure(k.checklist, k.day)
		add(paper.Facts{{Name: "Incidents", Value: fmt.Sprint(len(k.of(false)))}, {Name: "Drills", Value: fmt.Sprint(len(k.of(true)))},
			{Name: "Near-misses", Value: fmt.Sprint(len(k.misses))}, {Name: "Vendors", Value: fmt.Sprint(len(k.vendors))},
			{Name: "Crisis plan", Value: fmt.Sprintf("%d duties, %d that nobody has", len(k.plan.Duties), k.plan.Open())},
			{Name: "Checklist", Value: fmt.Sprintf("%d of %d points answered, as of %s", progress.Answered, progress.Items, written(k.day))}})
	}
	add(paper.Small{Text: "All figures are counted from the practice's own records as of " + written(k.day) + "."})
	if len(k.versions) > 0 {
		t := paper.Table{Head: []string{"Version", "In force from", "Until", "What is new", "Put in force by"}, Widths: []float64{0.1, 0.17, 0.15, 0.38, 0.2}}
		for _, v := range k.versions {
			until := "in force"
			if end := k.until(v); end != "" {
				until = written(end)
			} else if v.From > k.day {
				until = "not yet in force"
			}
			t.Rows = append(t.Rows, []string{fmt.Sprint(v.Number), written(v.From), until, v.Summary, v.PutBy})
		}
		add(head("The policy"), t)
		for _, v := range k.versions {
			add(paper.Small{Text: fmt.Sprintf("Version %d: policy/version-%d.pdf to read, policy/version-%d.md as it was signed, SHA-256 %s.", v.Number, v.Number, v.Number, v.Hash)})
		}
	}
	t := paper.Table{Head: []string{"Part", "Files", "Rows", "What it says"}, Widths: []float64{0.2, 0.24, 0.08, 0.48}}
	for _, p := range parts {
		t.Rows = append(t.Rows, []string{p.title, p.name + ".pdf, " + p.name + ".csv", fmt.Sprint(len(p.rows)), p.says})
	}
	if len(k.certificates) > 0 {
		t.Rows = append(t.Rows, []string{"Certificates", "certificates/", fmt.Sprint(len(k.certificates)), "One paper for each pass, with a code to verify it by."})
	}
	if len(k.sheets) > 0 {
		t.Rows = append(t.Rows, []string{"Signed sheets", "scans/", fmt.Sprint(len(k.sheets)), "As they came from the scanner, named by their hash, which signatures.csv has."})
	}
	if n := len(k.papers()); n > 0 {
		t.Rows = append(t.Rows, []string{"Papers of incidents and drills", "incidents/, drills/", fmt.Sprint(n), "Each with its timeline, clocks and factors on one paper."})
	}
	if n := len(k.files()); n > 0 {
		t.Rows = append(t.Rows, []string{"Evidence", "evidence/", fmt.Sprint(n), "The files themselves, as they were kept, named by their hash, which evidence.csv has. The program cannot cover names inside them: look at each before the pack leaves the practice."})
	}
	t.Rows = append(t.Rows, []string{"Audit log", "audit.csv", fmt.Sprint(len(k.lines)), "Who did what and when. Each line has the hash of the line before it."},
		[]string{"Manifest", "manifest.json", "", "The hash (SHA-256) of every file of this pack."})
	add(head("What is in the pack"), t)
	add(head("How it is proved"), paper.Text{Text: "manifest.json has the hash of each file, and the audit log of the practice has the hash of the manifest. " +
		"\"goodwordctl verify --folder\" compares all of them and names what was altered, is missing or was added. Any program that works out SHA-256 can compare single files."},
		paper.Facts{{Name: "Newest line of the audit log", Value: m.Head}})
	b := policy.KeepBasis()
	add(paper.Small{Text: fmt.Sprintf("Kept for %d years. Basis: %s; %s. %s.", k.years, b.Basis, b.URL, b.HowChecked(written(b.Checked)))})
	return s
}
