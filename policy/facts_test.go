package policy_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"goodword/internal/practice"
	"goodword/policy"
)

func TestEveryFactHasBasisSourceAndDay(t *testing.T) {
	check := func(what string, b policy.Basis) {
		t.Helper()
		if b.Source == "" && b.URL == "" {
			t.Errorf("%s names no source", what)
		}
		if b.Basis == "" {
			t.Errorf("%s has no basis", what)
		}
		if _, err := time.Parse(practice.Day, b.Checked); err != nil {
			t.Errorf("%s: checked on %q, want a day", what, b.Checked)
		}
		if b.Status != "verified" && b.Status != "secondary" && b.Status != "memory" {
			t.Errorf("%s: status %q is none of ours", what, b.Status)
		}
	}
	items := 0
	for _, g := range policy.List() {
		for _, i := range g.Items {
			items++
			check("checklist "+i.ID, i.Basis)
			if i.Months < 1 || i.Text == "" || i.Evidence == "" {
				t.Errorf("checklist %s is incomplete: %+v", i.ID, i)
			}
		}
	}
	if items != 79 {
		t.Errorf("checklist: got %d items, want 73 and 6 of single places", items)
	}
	for _, c := range policy.Clocks() {
		check("clock "+c.ID, c.Basis)
	}
	check("vendors", policy.VendorRule())
	for _, s := range policy.Scenarios() {
		check("scenario "+s.ID, s.Basis)
	}
	for _, m := range policy.Modules() {
		if len(m.Basis) == 0 {
			t.Errorf("lesson %s has no basis", m.ID)
		}
		for _, b := range m.Basis {
			check("lesson "+m.ID, b.Basis)
		}
	}
	for _, chapter := range policy.Chapters() {
		for _, c := range chapter.Clauses {
			check("clause "+c.ID, c.Basis)
			if c.Why == "" || c.Text == "" || c.Title == "" {
				t.Errorf("clause %s is incomplete", c.ID)
			}
		}
	}
	cases := policy.Enforcement()
	if len(cases) != 16 {
		t.Errorf("enforcement: got %d cases, want 16", len(cases))
	}
	for i, c := range cases {
		if c.Source == "" || c.Checked == "" || c.Lesson == "" || c.Announced == "" {
			t.Errorf("case %s is incomplete", c.ID)
		}
		if i > 0 && cases[i-1].Announced < c.Announced {
			t.Errorf("case %s is newer than the one before it", c.ID)
		}
	}
	if got := policy.Myths(); len(got) != 38 {
		t.Errorf("myths: got %d, want 38", len(got))
	}
	for _, m := range policy.Myths() {
		if m.Source == "" || m.URL == "" || m.Checked == "" || m.Correct == "" {
			t.Errorf("myth %s is incomplete", m.ID)
		}
		if m.Contested && m.Second == "" {
			t.Errorf("myth %s is contested and names one source only", m.ID)
		}
	}
	if p := policy.PenaltySums(); len(p.HIPAA.Tiers) != 4 || p.HIPAA.Tiers[3].Max != 2190294 || p.ReviewRule.Max != 53088 {
		t.Errorf("the penalties did not load: %+v", p)
	}
}

func TestModules(t *testing.T) {
	bank := map[string]bool{}
	for _, s := range policy.Scenarios() {
		bank[s.ID] = false
	}
	modules := policy.Modules()
	if len(modules) != 10 {
		t.Fatalf("got %d modules, want 10", len(modules))
	}
	for _, m := range modules {
		if words := len(strings.Fields(m.Lesson)); words < 150 || words > 300 {
			t.Errorf("lesson %s has %d words, want 150 to 300", m.ID, words)
		}
		if got := len(m.Quiz(1)); got != m.Asks() || got < 5 || got > 8 {
			t.Errorf("module %s: got %d questions, want %d, and 5 to 8", m.ID, got, m.Asks())
		}
		if m.Minutes < 5 || m.Minutes > 20 {
			t.Errorf("module %s takes %d minutes, want 5 to 20", m.ID, m.Minutes)
		}
		for _, id := range m.QuizIDs {
			bank[id] = true
		}
		if !m.Wants(practice.Owner) {
			t.Errorf("module %s is not for the owner", m.ID)
		}
	}
	for id, used := range bank {
		if !used {
			t.Errorf("scenario %s is in no module", id)
		}
	}
	if m, _ := policy.FindModule("m2"); m.Wants(practice.Staff) || !m.Wants(practice.Author) {
		t.Error("module m2 is for those who draft, and only for them")
	}
}

// How far something was checked is said by HowChecked, in a manager's words; the notes of the research do not reach the screen.
func TestHowChecked(t *testing.T) {
	for status, want := range map[string]string{"verified": "Checked against the official text on 22 November 2026",
		"secondary": "Checked on a trade, news or law-firm page on 22 November 2026, not yet against the official text",
		"memory":    "Not yet checked against any page; noted on 22 November 2026"} {
		if got := (policy.Basis{Status: status}).HowChecked("22 November 2026"); got != want {
			t.Errorf("%s: got %q, want %q", status, got, want)
		}
	}
	plain := func(what string, texts ...string) {
		for _, text := range texts {
			if researchWords.MatchString(text) {
				t.Errorf("%s: %q speaks of the research", what, text)
			}
		}
	}
	for _, c := range policy.Enforcement() {
		plain(c.ID, c.Source, c.Note, c.Basis.Basis, c.Outcome, c.Lesson)
	}
	for _, s := range policy.Scenarios() {
		plain(s.ID, s.Source, s.Basis.Basis)
	}
	for _, m := range policy.FindMyths("") {
		plain(m.ID, m.Source, m.Note, m.Basis.Basis)
	}
	for _, g := range policy.List() {
		for _, i := range g.Items {
			plain(i.ID, i.Source, i.Basis.Basis, i.Text)
		}
	}
}

var researchWords = regexp.MustCompile(`(?i)from memory|\bsecondary (?:source|page|list)|, verify`)

// TestNothingOfTheResearchWasLost compares our files with the research they were made of, where it lies beside the repository.
func TestNothingOfTheResearchWasLost(t *testing.T) {
	folder := shared(t, "facts")
	var list struct {
		Groups []struct {
			Items []struct {
				ID          string `yaml:"id"`
				Text        string `yaml:"text"`
				LegalBasis  string `yaml:"legal_basis"`
				Source      string `yaml:"source"`
				SourceURL   string `yaml:"source_url"`
				Status      string `yaml:"status"`
				ReviewEvery int    `yaml:"review_every"`
			} `yaml:"items"`
		} `yaml:"groups"`
	}
	readYAML(t, filepath.Join(folder, "checklist.yaml"), &list)
	ours := map[string]policy.Item{}
	for _, g := range policy.List() {
		for _, i := range g.Items {
			ours[i.ID] = i
		}
	}
	for _, g := range list.Groups {
		for _, want := range g.Items {
			got := ours[want.ID]
			got.Edition = "" // what the notes of the research say in one place for many items
			if got.Text != want.Text || got.Basis != (policy.Basis{Basis: want.LegalBasis, Source: want.Source, URL: want.SourceURL, Status: want.Status, Checked: "2026-11-22"}) || got.Months != want.ReviewEvery {
				t.Errorf("%s: got %+v, want %+v", want.ID, got, want)
			}
		}
	}
	var quiz struct {
		Scenarios []struct {
			ID     string   `yaml:"id"`
			Basis  string   `yaml:"basis"`
			Source []string `yaml:"source"`
			Status string   `yaml:"status"`
		} `yaml:"scenarios"`
	}
	readYAML(t, filepath.Join(folder, "quiz.yaml"), &quiz)
	bank := map[string]policy.Scenario{}
	for _, s := range policy.Scenarios() {
		bank[s.ID] = s
	}
	for _, want := range quiz.Scenarios {
		got := bank[want.ID]
		if got.Basis.Basis != want.Basis || got.Source != strings.ReplaceAll(strings.Join(want.Source, "; "), " (from memory)", "") || got.Status != want.Status {
			t.Errorf("%s: got %+v, want %+v", want.ID, got.Basis, want)
		}
	}
}

func shared(t *testing.T, name string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		candidate := filepath.Join(folder, "shared", name)
		if _, err := os.Stat(candidate); err == nil {
			return candidate
		}
	}
	t.Skip("the shared research is not beside the repository")
	return ""
}

func readYAML(t *testing.T, file string, into any) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

func TestFindMyths(t *testing.T) {
	tests := []struct {
		words string
		least int
		most  int
	}{
		{"", 38, 38},
		{"Fluoride water", 1, 5},
		{"no such thing at all", 0, 0},
	}
	for _, test := range tests {
		if got := len(policy.FindMyths(test.words)); got < test.least || got > test.most {
			t.Errorf("%q: got %d, want %d to %d", test.words, got, test.least, test.most)
		}
	}
}
