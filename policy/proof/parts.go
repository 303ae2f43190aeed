package proof

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/manifest"
	"goodword/internal/paper"
	"goodword/policy"
)

// part is one subject of a pack: a table for machines, and the same as a paper for people.
type part struct {
	name    string // of its files, without the ending
	title   string
	says    string // what is in it, for the index
	columns []string
	rows    [][]string
	sheet   paper.Sheet
}

// leaves makes all files but the manifest.
func (k *pack) leaves(ctx context.Context, m Manifest, progress func(done, total int)) ([]manifest.Leaf, error) {
	parts := k.parts()
	total := 2*len(k.versions) + 2*len(parts) + len(k.papers()) + len(k.certificates) + len(k.sheets) + len(k.files()) + 3
	var leaves []manifest.Leaf
	add := func(name string, data []byte) {
		leaves = append(leaves, manifest.Leaf{Name: name, Data: data})
		progress(len(leaves), total)
	}
	press := func(name string, s paper.Sheet) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.Footer = strings.Trim(k.practice.Name+" · "+s.Footer, " ·")
		var b bytes.Buffer
		if err := paper.WritePDF(&b, s); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		add(name, b.Bytes())
		return nil
	}
	for _, v := range k.versions {
		name := fmt.Sprintf("policy/version-%d", v.Number)
		add(name+".md", []byte(v.Text))
		if err := press(name+".pdf", policy.VersionSheet(v, policy.Stands(v, k.every, k.day), true)); err != nil {
			return nil, err
		}
	}
	for _, p := range parts {
		text, err := table(append([][]string{p.columns}, p.rows...))
		if err != nil {
			return nil, err
		}
		add(p.name+".csv", text)
		if err := press(p.name+".pdf", p.sheet); err != nil {
			return nil, err
		}
	}
	for _, h := range k.papers() {
		if err := press(h.sheetName(), k.happeningSheet(h)); err != nil {
			return nil, err
		}
	}
	for _, c := range k.certificates {
		if err := press("certificates/"+c.FileName(), c.Sheet()); err != nil {
			return nil, err
		}
	}
	for _, s := range k.sheets {
		add(scanName(s), s.Data)
	}
	for _, e := range k.files() {
		add(e.at, e.data)
	}
	lines, err := manifest.Table(k.lines, k.cover)
	if err != nil {
		return nil, err
	}
	add(manifest.AuditName, lines)
	return leaves, press("index.pdf", k.index(m, parts))
}

// scanName is the file of a signed sheet: its hash tells which signature it belongs to.
func scanName(s policy.Sheet) string { return "scans/" + s.Hash + path.Ext("x."+s.Kind) }

func table(rows [][]string) ([]byte, error) {
	for _, row := range rows[1:] {
		for i, cell := range row {
			// A spreadsheet takes these for formulas; an apostrophe in front makes them words.
			if cell != "" && strings.ContainsRune("=+@\t", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // so that Excel reads it as UTF-8
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write a table: %w", err)
	}
	return b.Bytes(), nil
}

// parts are the subjects that the choice asks for, each even when it is empty: that nothing is on record says something as well.
func (k *pack) parts() []part {
	parts := []part{k.peoplePart(), k.signedPart(), k.refusedPart(), k.trainedPart(), k.missedPart()}
	if k.choice.Person != 0 {
		return append(parts, k.timelinePart(), k.keptPart())
	}
	parts = append(parts, k.checklistPart(), k.evidencePart(), k.vendorsPart(), k.incidentsPart(), k.drillsPart(), k.timelinePart(), k.clocksPart(), k.weighedPart(), k.nearMissPart())
	return append(append(parts, k.crisisParts()...), k.keptPart())
}

// made fills in the sheet of a part from its rows; shown are the columns that the paper has room for, with their widths.
func (k *pack) made(p part, shown []int, widths []float64, none string, after ...paper.Block) part {
	s := paper.Sheet{Title: p.title, Subtitle: k.practice.Name + ", " + k.about, Made: k.now, Footer: "as of " + written(k.day)}
	t := paper.Table{Widths: widths}
	for _, c := range shown {
		t.Head = append(t.Head, headed(p.columns[c]))
	}
	for _, row := range p.rows {
		cells := make([]string, 0, len(shown))
		for _, c := range shown {
			cells = append(cells, row[c])
		}
		t.Rows = append(t.Rows, cells)
	}
	s.Blocks = []paper.Block{paper.Text{Text: p.says}}
	if len(t.Rows) == 0 {
		s.Blocks = append(s.Blocks, paper.Text{Text: none, Bold: true})
	} else {
		s.Blocks = append(s.Blocks, t)
	}
	s.Blocks = append(append(s.Blocks, after...), paper.Small{Text: "The same as a table, with every column, is in " + p.name + ".csv."})
	p.sheet = s
	return p
}

func headed(column string) string {
	words := strings.ReplaceAll(column, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// when is a moment by the practice's own clock.
func (k *pack) when(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(k.zone).Format("2006-01-02 15:04")
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

func (k *pack) peoplePart() part {
	p := part{name: "people", title: "People", says: "Who worked at the practice, in which role and since when. A role is what the person may do in the program.",
		columns: []string{"number", "name", "role", "work", "since", "left"}}
	for _, x := range k.people {
		p.rows = append(p.rows, []string{number(x.ID), x.Name, string(x.Role), x.Job, x.HiredOn, x.LeftOn})
	}
	return k.made(p, []int{0, 1, 2, 3, 4, 5}, []float64{0.09, 0.29, 0.14, 0.22, 0.13, 0.13}, "Nobody.")
}

func (k *pack) signedPart() part {
	p := part{name: "signatures", title: "Signatures", says: "Who signed which version of the policy: the fingerprint of the text that was shown, when, and how. A signature that was struck as a mistake stays on record and does not count.",
		columns: []string{"version", "person_number", "person", "at", "way", "witness", "recorded_by", "text_sha256", "scan_sha256", "statement", "struck", "struck_by", "struck_why"}}
	for _, s := range k.signatures {
		p.rows = append(p.rows, []string{fmt.Sprint(s.Number), number(s.PersonID), s.Person, k.when(s.At), s.How(), s.Witness, s.Recorder, s.TextHash, s.Scan, s.Statement,
			k.when(s.Struck), s.StruckBy, s.StruckWhy})
	}
	var after []paper.Block
	for _, v := range k.versions {
		after = append(after, paper.Small{Text: fmt.Sprintf("Version %d has the fingerprint (SHA-256) %s.", v.Number, v.Hash)})
	}
	return k.made(p, []int{0, 2, 3, 4, 5, 10}, []float64{0.1, 0.26, 0.18, 0.18, 0.18, 0.1}, "No signature is on record here.", after...)
}

func (k *pack) refusedPart() part {
	p := part{name: "refusals", title: "Refusals", says: "Who read a version and would not sign it, with the reason in their own words. A refusal is a record, not an absence.",
		columns: []string{"version", "person_number", "person", "at", "reason", "witness", "recorded_by", "text_sha256"}}
	for _, r := range k.refusals {
		p.rows = append(p.rows, []string{fmt.Sprint(r.Number), number(r.PersonID), r.Person, k.when(r.At), r.Reason, r.Witness, r.Recorder, r.TextHash})
	}
	return k.made(p, []int{0, 2, 3, 4, 5}, []float64{0.1, 0.22, 0.18, 0.34, 0.16}, "Nobody refused.")
}

func (k *pack) trainedPart() part {
	p := part{name: "training", title: "Training", says: "Every finished attempt at a quiz, passed or not. The code of a pass is on its certificate; \"goodwordctl verify --certificate\" checks it.",
		columns: []string{"attempt", "person_number", "person", "module", "title", "at", "asked", "right", "share", "result", "missed", "policy_version", "certificate"}}
	for _, r := range k.results {
		result, title := "not passed", r.ModuleID
		if r.Passed {
			result = "passed"
		}
		if m, err := policy.FindModule(r.ModuleID); err == nil {
			title = m.Title
		}
		version := ""
		if i := slices.IndexFunc(k.every, func(v policy.Version) bool { return v.ID == r.VersionID }); i >= 0 {
			version = fmt.Sprint(k.every[i].Number)
		}
		p.rows = append(p.rows, []string{number(r.AttemptID), number(r.PersonID), r.Person, r.ModuleID, title, k.when(r.At), fmt.Sprint(r.Asked), fmt.Sprint(r.Right),
			fmt.Sprintf("%.0f%%", 100*r.Score()), result, strings.Join(r.Missed, " "), version, k.codes[r.AttemptID]})
	}
	return k.made(p, []int{2, 4, 5, 8, 9, 12}, []float64{0.2, 0.26, 0.16, 0.09, 0.12, 0.17}, "No quiz was finished.",
		paper.Small{Text: fmt.Sprintf("A pass asks for %.0f%% and for every question whose severity is high or critical. The program sets this; no law does.", 100*policy.PassMark)})
}

func (k *pack) missedPart() part {
	p := part{name: "missed", title: "What was missed", says: "The questions that were not answered rightly, with the right answer, why it is right, and what that stands on.",
		columns: []string{"question", "times", "situation", "asks", "right_answer", "why", "basis", "source", "address", "checked", "how_checked"}}
	times := map[string]int{}
	var order []string
	for _, r := range k.results {
		for _, id := range r.Missed {
			if times[id] == 0 {
				order = append(order, id)
			}
			times[id]++
		}
	}
	slices.Sort(order)
	bank := map[string]policy.Scenario{}
	for _, s := range policy.Scenarios() {
		bank[s.ID] = s
	}
	for _, id := range order {
		s, ok := bank[id]
		if !ok {
			p.rows = append(p.rows, []string{id, fmt.Sprint(times[id]), "", "The practice's own question, or one of an earlier program.", "", "", "", "", "", "", ""})
			continue
		}
		right := ""
		if i := s.Right(); i >= 0 {
			right = s.Options[i].Text
		}
		p.rows = append(p.rows, []string{id, fmt.Sprint(times[id]), s.Situation, s.Question, right, s.Why, s.Basis.Basis, s.Source, s.URL, s.Checked, s.HowChecked(written(s.Checked))})
	}
	return k.made(p, []int{0, 1, 2, 4, 6, 9}, []float64{0.09, 0.07, 0.3, 0.26, 0.16, 0.12}, nothingMissed(len(k.results)))
}

// nothingMissed says why no question stands in the part: that all were answered rightly is only said where somebody answered.
func nothingMissed(quizzes int) string {
	if quizzes == 0 {
		return "Nobody has taken a quiz yet."
	}
	return "Nothing was missed."
}

func (k *pack) checklistPart() part {
	p := part{name: "checklist", title: "The checklist", says: "Where each point of the checklist stands today, with its evidence and its basis. What it said earlier is in audit.csv.",
		columns: []string{"item", "group", "level", "text", "answer", "answered", "by", "note", "link", "file", "file_sha256", "due", "basis", "source", "address", "checked", "how_checked"}}
	for _, g := range k.checklist {
		for _, i := range g.Items {
			answer := string(i.Answer)
			if answer == "" {
				answer = "open"
			}
			p.rows = append(p.rows, []string{i.ID, g.Title, i.Level.Words(), i.Text, answer, k.when(i.At), i.By, k.cover(i.Note), i.Link, k.cover(i.File.Name), i.File.Hash, i.Due, i.Basis.Basis,
				i.Source, i.URL, i.Checked, i.HowChecked(written(i.Checked))})
		}
	}
	progress := policy.Measure(k.checklist, k.day)
	return k.made(p, []int{0, 3, 4, 5, 12, 15}, []float64{0.08, 0.38, 0.11, 0.13, 0.18, 0.12}, "The checklist is empty.",
		paper.Text{Text: fmt.Sprintf("%d of %d points are answered.", progress.Answered, progress.Items)})
}

func (k *pack) vendorsPart() part {
	p := part{name: "vendors", title: "Vendors and agreements", says: "Who works for the practice, what they can see, and how far the agreement is.",
		columns: []string{"number", "name", "service", "sees", "patient_information", "ai_tool", "agreement", "signed", "expires", "review", "contact", "file", "file_sha256", "note", "ended", "may_see_patient_information"}}
	for _, v := range k.vendors {
		_, may := v.MaySee(k.day)
		p.rows = append(p.rows, []string{number(v.ID), v.Name, v.Service, v.Sees, yes(v.Patients), yes(v.Assistant), string(v.Agreement), v.SignedOn, v.ExpiresOn, v.ReviewOn, v.Contact, k.cover(v.File.Name),
			v.File.Hash, k.cover(v.Note), v.EndedOn, may})
	}
	return k.made(p, []int{1, 2, 4, 6, 7, 8}, []float64{0.24, 0.26, 0.14, 0.12, 0.12, 0.12}, "No vendor is in the register.")
}

func zeroless(id int64) string {
	if id == 0 {
		return ""
	}
	return number(id)
}

// keptPart is until when each record is kept, and what may go.
func (k *pack) keptPart() part {
	p := part{name: "retention", title: "Retention and legal hold", says: fmt.Sprintf("Records are kept for %d years from the day on which they were made or were last in effect. The program deletes none of them by itself: what may go is listed, and people decide.", k.years),
		columns: []string{"kind", "record", "last_in_effect", "kept_until", "legal_hold", "may_go"}}
	me := fmt.Sprintf("person/%d", k.choice.Person)
	for _, r := range k.kept {
		if k.choice.Person != 0 && !slices.Contains(r.Subject, me) || k.choice.Version != 0 && !slices.Contains(r.Subject, fmt.Sprintf("policy/%d", k.choice.Version)) {
			continue
		}
		title := r.Title
		if r.Kind == "Incident" {
			title = k.cover(title)
		}
		p.rows = append(p.rows, []string{r.Kind, title, r.Last, r.Until, k.cover(r.Held), yes(r.MayGo(k.day))})
	}
	b := policy.KeepBasis()
	return k.made(p, []int{0, 1, 2, 3, 4, 5}, []float64{0.15, 0.36, 0.14, 0.13, 0.13, 0.09}, "Nothing is on record.",
		paper.Small{Text: fmt.Sprintf("Basis: %s. Source: %s, %s. %s.", b.Basis, b.Source, b.URL, b.HowChecked(written(b.Checked)))})
}
