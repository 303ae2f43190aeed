package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// practicePane is the form of the practice itself.
type practicePane struct {
	practiceForm

	name_, phone, email, website *kit.Entry
	city, region, country        *kit.Entry
	zone                         *widget.SelectEntry
	contactName, contactRole     *kit.Entry
	disciplines, words           *kit.Entry
	nameField, zoneField         *kit.Field
}

func newPracticePane(s *Screen) *practicePane {
	p := &practicePane{practiceForm: practiceForm{screen: s, states: kit.NewStates(), part: "the practice"}, name_: kit.NewEntry("Elm Street Dental"), phone: kit.NewEntry("+1 555 0140"), email: kit.NewEntry("hello@example.org"),
		website: kit.NewEntry("https://www.example.org"), city: kit.NewEntry("Springfield"), region: kit.NewEntry("IL"), country: kit.NewEntry("US"),
		zone: widget.NewSelectEntry(practice.CommonZones()), contactName: kit.NewEntry("Dana Whitlock"), contactRole: kit.NewEntry("office manager"),
		disciplines: kit.NewEntry("dental, orthodontics"), words: kit.NewMultiLine("One a line: the name of the practice, of its doctors", 4)}
	p.zone.PlaceHolder = "The computer's own"
	for _, e := range p.entries() {
		e.OnChanged = func(string) { p.touched() }
	}
	p.zone.OnChanged = func(string) { p.touched() }
	p.nameField, p.zoneField = kit.NewField("Name", "", p.name_), kit.NewField("Time zone", "", p.zone)
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.fill, p.store = p.show, p.check
	two := func(a, b fyne.CanvasObject) fyne.CanvasObject { return kit.Grid(240, theme.Space4, a, b) }
	p.form = saved(kit.Column(theme.Space6,
		kit.NewSection("The practice", kit.NewForm(two(p.nameField, kit.NewField("Telephone", "The number that replies point to.", p.phone)),
			two(kit.NewField("E-mail", "", p.email), kit.NewField("Website", "", p.website)),
			kit.Grid(150, theme.Space4, kit.NewField("City", "", p.city), kit.NewField("State or region", "", p.region), kit.NewField("Country", "", p.country)),
			two(p.zoneField, kit.NewField("Disciplines", "Parted by commas; they choose the days of the calendar.", p.disciplines)))),
		kit.NewSection("Who takes calls about reviews", two(kit.NewField("Name", "", p.contactName), kit.NewField("Role", "", p.contactRole))),
		kit.NewSection("Collecting", kit.NewField("Watch words", "An entry of a feed is about the practice if it has one of these.", p.words))), "Replies, spotlights and the policy take their names and numbers from here.", p.save)
	return p
}

func (p *practicePane) entries() []*kit.Entry {
	return []*kit.Entry{p.name_, p.phone, p.email, p.website, p.city, p.region, p.country, p.contactName, p.contactRole, p.disciplines, p.words}
}

func (p *practicePane) name() string { return "Practice" }

func (p *practicePane) show(f practice.Practice) {
	p.name_.SetText(f.Name)
	p.phone.SetText(f.Phone)
	p.email.SetText(f.Email)
	p.website.SetText(f.Website)
	p.city.SetText(f.City)
	p.region.SetText(f.Region)
	p.country.SetText(f.Country)
	p.zone.SetText(f.TimeZone)
	p.contactName.SetText(f.ContactName)
	p.contactRole.SetText(f.ContactRole)
	p.disciplines.SetText(strings.Join(f.Disciplines, ", "))
	p.words.SetText(strings.Join(f.WatchWords, "\n"))
}

func commas(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}

func (p *practicePane) check() {
	p.nameField.SetError("")
	zone := strings.TrimSpace(p.zone.Text)
	zoneErr := practice.CheckZone(zone)
	p.zoneField.SetErr(zoneErr)
	if strings.TrimSpace(p.name_.Text) == "" {
		p.nameField.SetError("The practice needs a name.")
	}
	if zoneErr != nil || p.nameField.Error() != "" {
		p.refuse()
		return
	}
	typed := practice.Practice{Name: p.name_.Text, Phone: p.phone.Text, Email: p.email.Text, Website: p.website.Text, City: p.city.Text, Region: p.region.Text,
		Country: p.country.Text, TimeZone: zone, ContactName: p.contactName.Text, ContactRole: p.contactRole.Text, Disciplines: commas(p.disciplines.Text),
		WatchWords: lines(p.words.Text)}
	p.keep(func(f *practice.Practice) {
		f.Name, f.Phone, f.Email, f.Website = typed.Name, typed.Phone, typed.Email, typed.Website
		f.City, f.Region, f.Country, f.TimeZone = typed.City, typed.Region, typed.Country, typed.TimeZone
		f.ContactName, f.ContactRole, f.Disciplines, f.WatchWords = typed.ContactName, typed.ContactRole, typed.Disciplines, typed.WatchWords
	})
}
