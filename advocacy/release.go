package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// Language is a language in which a paper can be printed.
type Language struct {
	ID   string `yaml:"id" json:"id"`
	Name string `yaml:"name" json:"name"`
}

// Element is something that the law asks of a patient's authorization, with the place where it stands.
type Element struct {
	ID    string `yaml:"id" json:"id"`
	Text  string `yaml:"text" json:"text"`
	Basis string `yaml:"basis" json:"basis"`
}

// PaperSource says where the wording of a paper comes from and when it was checked.
type PaperSource struct {
	Checked  string `yaml:"checked" json:"checked"`
	ReviewBy string `yaml:"review_by" json:"review_by"`
	Source   string `yaml:"source" json:"source"`
	Basis    string `yaml:"basis" json:"basis"`
	URL      string `yaml:"url" json:"url"`
	Status   string `yaml:"status" json:"status"`
}

type staffWords struct {
	Language     `yaml:",inline"`
	Title        string            `yaml:"title"`
	Subtitle     string            `yaml:"subtitle"`
	Intro        string            `yaml:"intro"`
	UsesHead     string            `yaml:"uses_head"`
	Uses         map[string]string `yaml:"uses"`
	NotAsked     string            `yaml:"not_asked"`
	WhereHead    string            `yaml:"where_head"`
	Every        string            `yaml:"every"`
	WhenHead     string            `yaml:"when_head"`
	Until        string            `yaml:"until"`
	Open         string            `yaml:"open"`
	RightsHead   string            `yaml:"rights_head"`
	Rights       []string          `yaml:"rights"`
	Person       string            `yaml:"person"`
	GuardianHead string            `yaml:"guardian_head"`
	Guardian     string            `yaml:"guardian"`
	GuardianSign string            `yaml:"guardian_sign"`
	Witness      string            `yaml:"witness"`
	Foot         string            `yaml:"foot"`
}

type patientWords struct {
	Language   `yaml:",inline"`
	Title      string            `yaml:"title"`
	Subtitle   string            `yaml:"subtitle"`
	Intro      string            `yaml:"intro"`
	Names      map[string]string `yaml:"names"`
	Readers    string            `yaml:"readers"`
	Ends       string            `yaml:"ends"`
	RightsHead string            `yaml:"rights_head"`
	Rights     []string          `yaml:"rights"`
	Person     string            `yaml:"person"`
	OtherHead  string            `yaml:"other_head"`
	Other      string            `yaml:"other"`
	OtherSign  string            `yaml:"other_sign"`
	Foot       string            `yaml:"foot"`
}

type staffFile struct {
	PaperSource `yaml:",inline"`
	Languages   []staffWords `yaml:"languages"`
}

type patientFile struct {
	PaperSource `yaml:",inline"`
	Elements    []Element      `yaml:"elements"`
	Statements  []Element      `yaml:"statements"`
	Languages   []patientWords `yaml:"languages"`
}

var (
	staffPaper   = sync.OnceValue(func() staffFile { return load[staffFile]("releases/staff.yaml") })
	patientPaper = sync.OnceValue(func() patientFile { return load[patientFile]("releases/patient.yaml") })
)

// tongue is the language of a set of words.
func (l Language) tongue() Language { return l }

func languageOf[T interface{ tongue() Language }](words []T, id string) (T, bool) {
	for _, w := range words {
		if w.tongue().ID == id {
			return w, true
		}
	}
	return words[0], false
}

// ReleaseLanguages lists the languages in which the release and the authorization can be printed.
func ReleaseLanguages() []Language {
	var list []Language
	for _, w := range staffPaper().Languages {
		list = append(list, w.Language)
	}
	return list
}

// ReleaseSource says where the wording of the staff release comes from.
func ReleaseSource() PaperSource { return staffPaper().PaperSource }

// AuthorizationSource says where the wording of the patient's authorization comes from.
func AuthorizationSource() PaperSource { return patientPaper().PaperSource }

// AuthorizationStatements lists what a signed authorization must say, each to be ticked by the person who reads it.
func AuthorizationStatements() []Element { return slices.Clone(patientPaper().Statements) }

// Release is the paper that a colleague signs, filled in with what is asked for; whoever signs ticks each use. With no uses it asks for all.
func Release(p practice.Practice, person practice.Person, c Consent, now time.Time) paper.Sheet {
	w, _ := languageOf(staffPaper().Languages, c.Language)
	fill := blanks("{person}", person.Name, "{practice}", p.Name, "{first_day}", longDay(c.From, w.ID), "{last_day}", longDay(c.Last(), w.ID),
		"{adult_day}", longDay(c.AdultOn, w.ID), "{checked}", longDay(staffPaper().Checked, w.ID))
	sheet := paper.Sheet{Title: fill(w.Title), Subtitle: fill(w.Subtitle), Footer: p.Name, Language: w.ID, Made: now}
	sheet.Blocks = append(sheet.Blocks, paper.Text{Text: fill(w.Intro)}, paper.Heading{Level: 2, Text: w.UsesHead})
	var asked, left []string
	for _, use := range ConsentUses() {
		if len(c.Uses) == 0 || slices.Contains(c.Uses, use) {
			asked = append(asked, w.Uses[use])
		} else {
			left = append(left, w.Uses[use])
		}
	}
	sheet.Blocks = append(sheet.Blocks, paper.List{Items: asked, Ticks: true})
	if len(left) > 0 {
		sheet.Blocks = append(sheet.Blocks, paper.Small{Text: strings.ReplaceAll(w.NotAsked, "{uses}", strings.Join(left, "; "))})
	}
	sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: w.WhereHead}, paper.Text{Text: fill(places(c.Networks, w.Every))})
	when := w.Open
	if c.Last() != "" {
		when = w.Until
	}
	sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: w.WhenHead}, paper.Text{Text: fill(when)}, paper.Heading{Level: 2, Text: w.RightsHead},
		paper.List{Items: filled(w.Rights, fill)}, paper.Sign{Under: fill(w.Person)})
	if c.AdultOn != "" {
		sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: w.GuardianHead}, paper.Text{Text: fill(w.Guardian)}, paper.Sign{Under: guardian(c, w)})
	}
	sheet.Blocks = append(sheet.Blocks, paper.Sign{Under: fill(w.Witness)}, paper.Small{Text: fill(w.Foot) + " " + staffPaper().Basis + "."})
	return sheet
}

func guardian(c Consent, w staffWords) string {
	if c.Guardian == "" {
		return w.GuardianSign
	}
	return c.Guardian + " · " + w.GuardianSign
}

// Paper is the paper that the patient signs, filled in with what is asked for.
func (a Authorization) Paper(p practice.Practice, now time.Time) paper.Sheet {
	w, _ := languageOf(patientPaper().Languages, a.Language)
	address := ""
	if p.Email != "" {
		address = " (" + p.Email + ")"
	}
	fill := blanks("{patient}", orLine(a.Patient), "{practice}", p.Name, "{address}", address, "{last_day}", longDay(a.Until, w.ID),
		"{networks}", places(a.Networks, "________"), "{checked}", longDay(patientPaper().Checked, w.ID))
	sheet := paper.Sheet{Title: w.Title, Subtitle: fill(w.Subtitle), Footer: p.Name, Language: w.ID, Made: now}
	sheet.Blocks = append(sheet.Blocks, paper.Text{Text: fill(w.Intro)}, paper.Facts{
		{Name: w.Names["describes"], Value: orLine(a.Describes)}, {Name: w.Names["discloser"], Value: orLine(a.Discloser)},
		{Name: w.Names["networks"], Value: fill(w.Readers)}, {Name: w.Names["purpose"], Value: orLine(a.Purpose)}, {Name: w.Names["until"], Value: fill(w.Ends)}})
	sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: w.RightsHead}, paper.List{Items: filled(w.Rights, fill)}, paper.Sign{Under: fill(w.Person)},
		paper.Heading{Level: 2, Text: w.OtherHead}, paper.Text{Text: strings.TrimSpace(fill(w.Other) + " " + a.Authority)}, paper.Sign{Under: strings.TrimPrefix(a.Representative+" · ", " · ") + w.OtherSign},
		paper.Small{Text: fill(w.Foot) + " " + patientPaper().Basis + "."})
	return sheet
}

func blanks(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }

func filled(lines []string, fill func(string) string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = fill(line)
	}
	return out
}

// places names the networks, or says what stands for none named.
func places(ids []string, none string) string {
	var names []string
	for _, id := range ids {
		n, _ := NetworkByID(id)
		names = append(names, n.Name)
	}
	if len(names) == 0 {
		return none
	}
	return strings.Join(names, ", ")
}

// orLine leaves room to write by hand.
func orLine(text string) string {
	if strings.TrimSpace(text) == "" {
		return "______________________________"
	}
	return text
}

var spanishMonths = []string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}

// longDay is a day in words of the language, or room to write one.
func longDay(day, language string) string {
	at, err := time.Parse(practice.Day, day)
	switch {
	case err != nil:
		return "____________"
	case language == "es":
		return fmt.Sprintf("%d de %s de %d", at.Day(), spanishMonths[at.Month()-1], at.Year())
	}
	return at.Format("2 January 2006")
}
