package proof_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/manifest"
	"goodword/policy"
	"goodword/policy/proof"
)

// conduct adds what a practice does beside its policy: evidence with files, an incident that is weighed and told, a drill, a crisis plan, a near-miss.
func (d *desk) conduct(t testing.TB) {
	t.Helper()
	ctx, owner, officer := t.Context(), d.people[0].Actor(), d.people[1].Actor()
	folder := t.TempDir()
	file := func(name string, data []byte) policy.File {
		path := filepath.Join(folder, name)
		ok(t, os.WriteFile(path, data, 0o600))
		return must[policy.File](t)(policy.ReadFile(ctx, path))
	}
	ok(t, d.policy.Answer(ctx, "gov1", policy.Answered{Answer: policy.Yes, Note: "Letter to Mrs. Quill and all staff", Link: "https://alder.example/minutes", File: file("Minutes.PDF", pressed(t, "Minutes of the staff meeting"))}, officer))
	large := file("video.mp4", bytes.Repeat([]byte("x"), policy.MostKept+1))
	ok(t, d.policy.Answer(ctx, "gov2", policy.Answered{Answer: policy.Yes, File: large}, officer))
	must[policy.Vendor](t)(d.policy.SaveVendor(ctx, policy.Vendor{Name: "Chairside Cloud", Patients: true, Agreement: policy.AgreementSigned, SignedOn: "2026-01-05", File: file("baa.pdf", pressed(t, "Business associate agreement"))}, owner))

	d.at = d.at.Add(time.Hour)
	i := must[policy.Incident](t)(d.policy.SaveIncident(ctx, policy.Incident{Title: "A picture showed Mrs. Quill", What: "She was in the chair.", People: 1}, officer))
	must[policy.Entry](t)(d.policy.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Text: "Called Mrs. Quill, who had not seen it"}, officer))
	must[policy.Entry](t)(d.policy.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Kind: policy.EntryDecision, Text: "We tell her in writing", Reason: "Mrs. Quill can be recognised"}, owner))
	w := policy.Weighing{Factors: map[string]policy.Weighed{}, Finding: policy.FindingBreach, Reason: "Mrs. Quill can be recognised"}
	for _, f := range policy.Factors() {
		w.Factors[f.ID] = policy.Weighed{Weight: policy.WeighsHigh, Words: "Seen by Mrs. Quill's neighbours"}
	}
	must[policy.Incident](t)(d.policy.Weigh(ctx, i.ID, w, officer))
	d.at = d.at.Add(26 * time.Hour)
	must[policy.Incident](t)(d.policy.TickTold(ctx, i.ID, "us-people", true, officer))

	story := policy.Stories()[0]
	drill := must[policy.Incident](t)(d.policy.SaveIncident(ctx, policy.Incident{Title: story.Title, Drill: story.Text}, officer))
	for _, step := range policy.FirstHour().Steps {
		d.at = d.at.Add(5 * time.Minute)
		must[policy.Incident](t)(d.policy.TickStep(ctx, drill.ID, step.ID, true, d.people[5].Actor()))
	}
	must[policy.Incident](t)(d.policy.CloseIncident(ctx, drill.ID, true, officer))

	duty := must[policy.Plan](t)(d.policy.CrisisPlan(ctx)).Duties[0]
	duty.Person, duty.Phone = "Dr. Ana Mesa", "555-0177"
	must[policy.Duty](t)(d.policy.SaveDuty(ctx, duty, owner))

	for n, draft := range []string{"We are sorry about your crown, Jane.", "Your visit in May went well."} {
		miss := must[policy.NearMiss](t)(d.policy.Propose(ctx, policy.NearMiss{DraftID: int64(n + 1), Rule: "patient-confirmation", Text: "A reply spoke of what had been done in the chair."}, draft, []string{"Jane"}, owner))
		if n == 0 {
			must[policy.NearMiss](t)(d.policy.Decide(ctx, miss.ID, policy.MissApproved, "Good example", officer))
		}
	}
}

func TestThePackHoldsWhatWasDone(t *testing.T) {
	d := open(t)
	d.work(t)
	d.conduct(t)
	path, m := d.export(t, proof.Choice{}, "pack")
	column := func(name string, n int) string {
		var all []string
		for _, row := range rows(t, filepath.Join(path, name)) {
			all = append(all, row[n])
		}
		return strings.Join(all, "|")
	}
	for name, want := range map[string]int{"incidents.csv": 2, "drills.csv": 1, "evidence.csv": 4, "near-misses.csv": 1, "crisis-plan.csv": len(must[policy.Plan](t)(d.policy.CrisisPlan(t.Context())).Duties),
		"statements.csv": 5, "assessment.csv": 2 * len(policy.Factors())} {
		if got := len(rows(t, filepath.Join(path, name))); got != want {
			t.Errorf("%s has %d rows, want %d", name, got, want)
		}
	}
	if got := column("timeline.csv", 4); !strings.Contains(got, "Called [name], who had not seen it") || !strings.Contains(got, "The drill began") || !strings.Contains(got, "We tell her in writing") ||
		!strings.Contains(got, "The four factors were weighed: breach") || !strings.Contains(got, "Told: The people concerned") {
		t.Errorf("the timelines: %s", got)
	}
	for _, row := range rows(t, filepath.Join(path, "timeline.csv")) {
		if strings.HasPrefix(row[0], "drill") != (row[1] == "yes") {
			t.Errorf("a drill is not marked, or an incident is: %v", row)
		}
	}
	if got := column("clocks.csv", 6); !strings.Contains(got, "told") || !strings.Contains(got, "left") {
		t.Errorf("the clocks: %s", got)
	}
	if got := column("clocks.csv", 12); strings.Contains("|"+got+"|", "||") {
		t.Errorf("a clock has no day on which it was checked: %s", got)
	}
	if got := column("crisis-plan.csv", 2); !strings.Contains(got, "Dr. Ana Mesa") {
		t.Errorf("the crisis plan: %s", got)
	}
	for _, row := range rows(t, filepath.Join(path, "evidence.csv")) {
		at, hash := row[7], row[6]
		switch {
		case hash == "":
		case strings.HasPrefix(at, "evidence/"):
			if got := manifest.Hash(must[[]byte](t)(os.ReadFile(filepath.Join(path, filepath.FromSlash(at))))); got != hash {
				t.Errorf("%s is not the file that was kept: %s", at, got)
			}
		case !strings.Contains(at, "only its fingerprint"):
			t.Errorf("%v says neither where the file is nor why it is not there", row)
		}
	}
	if kept := must[[]os.DirEntry](t)(os.ReadDir(filepath.Join(path, "evidence"))); len(kept) != 2 || filepath.Ext(kept[0].Name()) != ".pdf" {
		t.Errorf("the files of the evidence: %v", kept)
	}
	for _, f := range m.Files {
		data := must[[]byte](t)(os.ReadFile(filepath.Join(path, filepath.FromSlash(f.Name))))
		if strings.HasSuffix(f.Name, ".pdf") {
			data = []byte(pdfText(t, filepath.Join(path, filepath.FromSlash(f.Name))))
		}
		if bytes.Contains(data, []byte("Quill")) {
			t.Errorf("%s names a patient", f.Name)
		}
	}
	open, _ := d.export(t, proof.Choice{Unmasked: true}, "counsel")
	if data := must[[]byte](t)(os.ReadFile(filepath.Join(open, "timeline.csv"))); !bytes.Contains(data, []byte("Called Mrs. Quill")) {
		t.Error("the pack for counsel is covered")
	}
	if words := pdfText(t, filepath.Join(path, "drills", "drill-3.pdf")); !strings.Contains(words, "This is a drill. Nothing of it happened") || !strings.Contains(words, "All steps took 35 minutes") {
		t.Errorf("the paper of the drill: %s", words)
	}
}

func TestConductIsThereBySpanVersionAndPerson(t *testing.T) {
	d := open(t)
	d.work(t)
	d.conduct(t)
	count := func(c proof.Choice) map[string]int {
		path, _ := d.export(t, c, "pack")
		counts := map[string]int{}
		for _, name := range []string{"incidents", "drills", "near-misses", "crisis-plan", "timeline", "evidence"} {
			counts[name] = -1
			if _, err := os.Stat(filepath.Join(path, name+".csv")); err == nil {
				counts[name] = len(rows(t, filepath.Join(path, name+".csv")))
			}
		}
		return counts
	}
	timeline := count(proof.Choice{})["timeline"]
	for _, tc := range []struct {
		name   string
		choice proof.Choice
		want   map[string]int
	}{
		{"the span", proof.Choice{From: "2026-09-01"}, map[string]int{"incidents": 2, "drills": 1, "near-misses": 1, "crisis-plan": 8, "timeline": timeline, "evidence": 4}},
		{"the span before", proof.Choice{To: "2026-06-30"}, map[string]int{"incidents": 0, "drills": 0, "near-misses": 0, "crisis-plan": 8, "timeline": 0, "evidence": 4}},
		{"the version", proof.Choice{Version: d.second.ID}, map[string]int{"incidents": 2, "drills": 1, "near-misses": 1, "crisis-plan": 8, "timeline": timeline, "evidence": 4}},
		{"the version before", proof.Choice{Version: d.first.ID}, map[string]int{"incidents": 0, "drills": 0, "near-misses": 0, "crisis-plan": 8, "timeline": 0, "evidence": 4}},
		{"who did the steps of the drill", proof.Choice{Person: d.people[5].ID}, map[string]int{"incidents": -1, "drills": -1, "near-misses": -1, "crisis-plan": -1, "timeline": len(policy.FirstHour().Steps), "evidence": -1}},
		{"who did nothing", proof.Choice{Person: d.people[6].ID}, map[string]int{"incidents": -1, "drills": -1, "near-misses": -1, "crisis-plan": -1, "timeline": 0, "evidence": -1}},
	} {
		if got := count(tc.choice); fmt.Sprint(got) != fmt.Sprint(tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestEachAlteredFileIsFound(t *testing.T) {
	d := open(t)
	d.work(t)
	d.conduct(t)
	path, _ := d.export(t, proof.Choice{}, "pack")
	kept := must[[]os.DirEntry](t)(os.ReadDir(filepath.Join(path, "evidence")))
	for _, name := range []string{"evidence/" + kept[0].Name(), "evidence.csv", "timeline.csv", "clocks.csv", "assessment.csv", "drills.csv", "crisis-plan.csv", "statements.csv", "near-misses.csv", "vendors.csv",
		"incidents/incident-2.pdf", "drills/drill-3.pdf", "crisis-plan.pdf"} {
		file := filepath.Join(path, filepath.FromSlash(name))
		data := must[[]byte](t)(os.ReadFile(file))
		altered := bytes.Clone(data)
		altered[len(altered)-1] ^= 1
		ok(t, os.WriteFile(file, altered, 0o600))
		if _, err := d.binder.Verify(t.Context(), path); !errors.Is(err, manifest.ErrAltered) || !strings.Contains(err.Error(), "Altered: "+name) {
			t.Errorf("%s: %v", name, err)
		}
		ok(t, os.Remove(file))
		if _, err := d.binder.Verify(t.Context(), path); !errors.Is(err, manifest.ErrAltered) || !strings.Contains(err.Error(), "Missing: "+name) {
			t.Errorf("%s away: %v", name, err)
		}
		ok(t, os.WriteFile(file, data, 0o600))
	}
	if r, err := d.binder.Verify(t.Context(), path); err != nil || !r.Holds() {
		t.Errorf("the pack as it was: %+v, %v", r, err)
	}
}
