package advocacy_test

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
)

// drawn is a text with what a reader finds in it, told by hand, so that the test does not ask the program what the program should know.
type drawn struct {
	text                       string
	quotes, credentials, unfit bool
}

var drawnTexts = []drawn{
	{text: "Meet Mara Lindqvist, our dental hygienist. Shared with Mara's permission."},
	{text: "Meet Mara Lindqvist. She says: “No two days are the same.” Shared with Mara's permission.", quotes: true},
	{text: "Meet Mara Lindqvist, R.D.H., who was happy to be shown. Shared with Mara's permission.", credentials: true},
	{text: "Thank you Mrs. Kowalczyk for trusting us with your surgery on March 3!", unfit: true},
	{text: "Post a five star review of us and win a gift card!", unfit: true},
	{text: ""},
}

func init() {
	drawnTexts = append(drawnTexts, drawn{text: strings.Repeat("Meet Mara Lindqvist, who was happy to be shown. ", 12)}) // too long for Bluesky
}

func told(text string) drawn {
	for _, d := range drawnTexts {
		if d.text == text {
			return d
		}
	}
	return drawn{unfit: true}
}

// papers is what the test itself remembers of every paper that was signed and of every post that was made.
type papers struct {
	zone     *time.Location
	consents map[int64]advocacy.Consent
	allowed  map[int64]advocacy.Authorization
	gone     map[int64]bool // consents withdrawn
	revoked  map[int64]bool
	posts    map[string]time.Time // by network: when the test saw it posted
}

func (p *papers) day(at time.Time) string { return at.In(p.zone).Format(practice.Day) }

// consent says whether one paper of the person allows the uses on the network on the day; "" is any network.
func (p *papers) consent(person int64, uses []string, network, day string) bool {
	for id, c := range p.consents {
		ok := c.PersonID == person && !p.gone[id] && c.From <= day && (c.Until == "" || day <= c.Until) && (c.AdultOn == "" || day < c.AdultOn)
		ok = ok && (len(c.Networks) == 0 || network == "" || slices.Contains(c.Networks, network))
		for _, use := range uses {
			ok = ok && slices.Contains(c.Uses, use)
		}
		if ok {
			return true
		}
	}
	return false
}

// live says whether a paper of the person for the name holds, today or later.
func (p *papers) live(person int64, today string) bool {
	for id, c := range p.consents {
		if c.PersonID == person && !p.gone[id] && slices.Contains(c.Uses, "name") && (c.Until == "" || today <= c.Until) && (c.AdultOn == "" || today < c.AdultOn) {
			return true
		}
	}
	return false
}

// covers says whether the spotlight may be shown on the network at the moment.
func (p *papers) covers(v advocacy.Spotlight, network string, at time.Time) bool {
	day, uses := p.day(at), []string{"name"}
	for _, variant := range v.Variants {
		if d := told(variant.Text); d.quotes {
			uses = append(uses, "quote")
		} else if d.credentials {
			uses = append(uses, "credentials")
		}
	}
	if len(v.Answers) > 0 {
		uses = append(uses, "story")
	}
	if v.Picture.File != "" {
		uses = append(uses, "photo")
		for _, other := range v.Picture.People {
			if !p.consent(other, []string{"photo"}, network, day) {
				return false
			}
		}
	}
	patients := map[string]bool{}
	for id, a := range p.allowed {
		if a.Scan != "" && !p.revoked[id] && a.SpotlightID == v.ID && slices.Contains(a.Networks, network) && a.SignedOn <= day && day <= a.Until {
			patients[a.Patient] = true
		}
	}
	return len(patients) >= v.Patients && p.consent(v.PersonID, uses, network, day)
}

// Whatever people press, in whatever order and on whatever day: nothing is scheduled, copied or posted without one live consent that covers
// the person, the uses, the network and the day, one for every colleague in the picture, and an authorization of every patient; no unfit
// text leaves; nobody without the role approves; what loses its consent stands on the take-down list. Every text that stands as posted was
// posted by a step that the test saw and found covered.
func TestNoOrderOfStepsGoesRoundConsentOrGate(t *testing.T) {
	if testing.Short() {
		t.Skip("thousands of transactions: the race detector makes minutes of them")
	}
	checks := flag.Lookup("rapid.checks").Value.String()
	if checks == "100" { // each walk is some forty transactions; the race detector makes them dear
		steps := flag.Lookup("rapid.steps").Value.String()
		if err := errors.Join(flag.Set("rapid.checks", "25"), flag.Set("rapid.steps", "70")); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _, _ = flag.Set("rapid.checks", checks), flag.Set("rapid.steps", steps) })
	}
	d := newDesk(t)
	p, err := d.practices.Get(t.Context())
	d.must(t, err)
	var small bytes.Buffer
	d.must(t, png.Encode(&small, image.NewGray(image.Rect(0, 0, 16, 16))))
	reached := map[string]int{}
	rapid.Check(t, func(t *rapid.T) { newWalk(t, d, p, small.Bytes(), reached).run() })
	for _, step := range []string{"scheduled", "posted"} { // the rest is rarer, and in the log
		if reached[step] == 0 && checks != "1" {
			t.Errorf("no walk came as far as %q: %v", step, reached)
		}
	}
	t.Logf("reached: %v", reached)
}

// walk is one run of the model.
type walk struct {
	*rapid.T
	d       *desk
	p       practice.Practice
	papers  papers
	id      int64
	picture []byte
	reached map[string]int
	left    map[string]bool // networks for which the text was copied
	actors  []audit.Actor
}

var walkNetworks = []string{"bluesky", "facebook", "instagram"}

func newWalk(t *rapid.T, d *desk, p practice.Practice, picture []byte, reached map[string]int) *walk {
	v, err := d.Nominate(t.Context(), advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team"}, d.staff.Actor())
	if err != nil {
		t.Fatal(err)
	}
	return &walk{T: t, d: d, p: p, id: v.ID, picture: picture, reached: reached, left: map[string]bool{},
		actors: []audit.Actor{d.owner.Actor(), d.owner.Actor(), d.hr.Actor(), d.staff.Actor(), audit.Program},
		papers: papers{zone: p.Location(), consents: map[int64]advocacy.Consent{}, allowed: map[int64]advocacy.Authorization{}, gone: map[int64]bool{},
			revoked: map[int64]bool{}, posts: map[string]time.Time{}}}
}

func (w *walk) run() {
	w.Repeat(map[string]func(*rapid.T){
		"move": w.step(w.move), "ahead": w.step(w.ahead), "ahead again": w.step(w.ahead), "ahead once more": w.step(w.ahead), "and again": w.step(w.ahead),
		"story":     w.step(func() { _ = w.d.SaveStory(w.Context(), w.id, answered("meet the team").Answers, w.actor()) }),
		"write":     w.step(w.write),
		"schedule":  w.step(w.schedule),
		"drag":      w.step(w.drag),
		"send back": w.step(func() { _ = w.d.SendBack(w.Context(), w.id, "again", w.actor()) }),
		"consent":   w.step(w.consent), "withdraw": w.step(w.withdraw),
		"picture": w.step(w.shoot), "name": w.step(w.name), "patients": w.step(w.patients), "authorize": w.step(w.authorize), "revoke": w.step(w.revoke),
		"copy": w.step(w.copy), "copy the picture": w.step(w.copyPicture), "post": w.step(w.post), "tick": w.step(w.tick),
		"lapse":    w.step(w.lapse),
		"tomorrow": w.step(func() { w.d.now = w.d.now.Add(24 * time.Hour) }),
		"later":    w.step(func() { w.d.now = w.d.now.Add(time.Duration(rapid.IntRange(1, 20).Draw(w.T, "hours")) * time.Hour) }),
		"":         w.step(w.holds),
	})
	for id := range w.papers.consents { // so that the next walk begins without any paper
		_, _ = w.d.Withdraw(w.Context(), id, w.d.hr.Actor())
	}
}

// step lets an action draw from the walk's own source.
func (w *walk) step(do func()) func(*rapid.T) {
	return func(t *rapid.T) {
		w.T = t
		do()
	}
}

func (w *walk) actor() audit.Actor { return rapid.SampledFrom(w.actors).Draw(w.T, "actor") }
func (w *walk) network() string    { return rapid.SampledFrom(walkNetworks).Draw(w.T, "network") }

func (w *walk) now() advocacy.Spotlight {
	v, err := w.d.Find(w.Context(), w.id)
	if err != nil {
		w.Fatal(err)
	}
	return v
}

// mustCover fails unless every text that is not posted yet is covered on its day.
func (w *walk) mustCover(v advocacy.Spotlight, at time.Time, when string) {
	for _, variant := range v.Variants {
		if variant.Text != "" && variant.PostedAt.IsZero() && !w.papers.covers(v, variant.Network, at) {
			w.Fatalf("%s: %s on %s is not covered", when, variant.Network, w.papers.day(at))
		}
	}
}

func (w *walk) move() {
	before, by := w.now(), w.actor()
	to := rapid.SampledFrom(advocacy.Stages()).Draw(w.T, "stage")
	if err := w.d.Move(w.Context(), w.id, to, by); err != nil || to != advocacy.Scheduled {
		return
	}
	if by.ID != w.d.owner.ID || before.Stage != advocacy.ReviewStage {
		w.Fatalf("%q scheduled it from %q", by.Name, before.Stage)
	}
	w.mustCover(before, before.Schedule, "scheduled")
	w.reached["scheduled"]++
}

func (w *walk) write() {
	text := rapid.SampledFrom(drawnTexts).Draw(w.T, "text").text
	_, _, _ = w.d.SaveVariant(w.Context(), w.id, advocacy.Variant{Network: w.network(), Text: text, Disclosure: true}, w.actor())
}

func (w *walk) schedule() {
	at := w.d.now.AddDate(0, 0, rapid.IntRange(-1, 20).Draw(w.T, "days"))
	err := w.d.Schedule(w.Context(), w.id, at, w.actor())
	w.planned(at, err, "planned")
}

// drag moves the spotlight in the calendar, where it stands on a day.
func (w *walk) drag() {
	v := w.now()
	to := w.d.now.AddDate(0, 0, rapid.IntRange(-1, 20).Draw(w.T, "days"))
	e := advocacy.Entry{Kind: advocacy.EntrySpotlight, SpotlightID: w.id, Stage: v.Stage}
	if v.Schedule.IsZero() || !e.Movable() {
		return
	}
	err := w.d.Reschedule(w.Context(), e, w.papers.day(to), w.actor())
	w.planned(w.now().Schedule, err, "dragged")
}

// planned fails if a day was taken that the papers do not allow.
func (w *walk) planned(at time.Time, err error, how string) {
	v := w.now()
	if err != nil {
		return
	}
	w.reached[how]++
	named := w.papers.consent(v.PersonID, []string{"name"}, "", w.papers.day(at))
	switch i := slices.Index(advocacy.Stages(), v.Stage); {
	case i >= slices.Index(advocacy.Stages(), advocacy.ReviewStage):
		w.mustCover(v, at, how)
	case !named && i >= slices.Index(advocacy.Stages(), advocacy.StoryStage):
		w.Fatalf("%s for %s at %q without a consent for the name", how, w.papers.day(at), v.Stage)
	case !named && w.papers.live(v.PersonID, w.papers.day(w.d.now)):
		w.Fatalf("%s for %s, outside the consents that are on record", how, w.papers.day(at))
	}
}

func (w *walk) consent() {
	c := advocacy.Consent{PersonID: rapid.SampledFrom([]int64{w.d.hygienist.ID, w.d.hygienist.ID, w.d.staff.ID}).Draw(w.T, "person"),
		Uses: rapid.SampledFrom([][]string{{"name"}, {"name", "story"}, {"photo"}, {"name", "photo", "story", "quote"}, advocacy.ConsentUses()}).Draw(w.T, "uses")}
	if rapid.Bool().Draw(w.T, "narrow") {
		c.Networks = []string{w.network()}
	}
	if rapid.Bool().Draw(w.T, "later") {
		c.From = w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(1, 4).Draw(w.T, "from")))
	}
	if rapid.Bool().Draw(w.T, "ends") {
		c.Until = w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(1, 15).Draw(w.T, "until")))
	}
	if rapid.IntRange(0, 4).Draw(w.T, "minor") == 0 {
		c.Guardian, c.AdultOn = "Astrid Lindqvist", w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(-5, 12).Draw(w.T, "adult")))
	}
	w.record(c)
}

func (w *walk) record(c advocacy.Consent) {
	if c, err := w.d.Record(w.Context(), c, w.d.hr.Actor()); err == nil {
		w.papers.consents[c.ID] = c
	}
}

func (w *walk) withdraw() {
	if len(w.papers.consents) == 0 {
		return
	}
	var ids []int64
	for id := range w.papers.consents {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	id := rapid.SampledFrom(ids).Draw(w.T, "consent")
	if _, err := w.d.Withdraw(w.Context(), id, w.d.hr.Actor()); err == nil {
		w.papers.gone[id] = true
		if v, who := w.now(), w.papers.consents[id].PersonID; who == v.PersonID || slices.Contains(v.Picture.People, who) {
			w.mustBeListed() // whose consent ended by itself is not withdrawn
		}
	}
}

// mustBeListed fails unless what is posted and not covered any more stands on the take-down list.
func (w *walk) mustBeListed() {
	open, err := w.d.TakeDowns(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	now := w.now()
	for _, v := range now.Variants {
		on := slices.ContainsFunc(open, func(l advocacy.TakeDown) bool { return l.SpotlightID == w.id && l.Network == v.Network })
		if !v.PostedAt.IsZero() && v.TakenDown.IsZero() && !w.papers.covers(now, v.Network, w.d.now) && !on {
			w.Fatalf("the post on %s is not on the take-down list", v.Network)
		}
	}
}

// lapse looks for papers that ran out, as the program does each day.
func (w *walk) lapse() {
	if err := w.d.Lapse(w.Context()); err != nil {
		w.Fatal(err)
	}
	w.mustBeListed()
	w.reached["looked for what ran out"]++
}

func (w *walk) shoot() {
	if rapid.IntRange(0, 3).Draw(w.T, "remove") == 0 {
		_ = w.d.RemovePicture(w.Context(), w.id, w.actor())
		return
	}
	_, _ = w.d.SavePicture(w.Context(), w.id, bytes.NewReader(w.picture), "Mara beside the window", w.actor())
	w.check()
}

func (w *walk) check() {
	var all []string
	checks, _ := advocacy.PictureChecks()
	for _, c := range checks {
		all = append(all, c.ID)
	}
	_ = w.d.CheckPicture(w.Context(), w.id, all, w.actor())
}

func (w *walk) name() {
	people := rapid.SampledFrom([][]int64{nil, {w.d.staff.ID}, {w.d.staff.ID, w.d.hr.ID}, {w.d.hygienist.ID}}).Draw(w.T, "people")
	_ = w.d.NamePeople(w.Context(), w.id, people, w.actor())
	w.check()
}

func (w *walk) patients() {
	_ = w.d.ShowPatients(w.Context(), w.id, rapid.IntRange(0, 2).Draw(w.T, "patients"), w.actor())
}

func (w *walk) authorize() {
	a := signedPaper(w.id, rapid.SampledFrom([]string{"Vera Holm", "Jon Aas"}).Draw(w.T, "patient"), w.papers.day(w.d.now))
	a.Networks = rapid.SampledFrom([][]string{{"bluesky"}, walkNetworks}).Draw(w.T, "networks")
	a.Until = w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(1, 12).Draw(w.T, "until")))
	a, err := w.d.Authorize(w.Context(), a, w.actor())
	if err != nil {
		return
	}
	if rapid.IntRange(0, 3).Draw(w.T, "signed") > 0 {
		if a, err = w.d.AttachAuthorization(w.Context(), a.ID, strings.NewReader("%PDF-1.4 signed"), w.d.hr.Actor()); err != nil {
			w.Fatal(err)
		}
	}
	w.papers.allowed[a.ID] = a
}

func (w *walk) revoke() {
	for id := range w.papers.allowed {
		if !w.papers.revoked[id] {
			if _, err := w.d.Revoke(w.Context(), id, w.d.hr.Actor()); err != nil {
				w.Fatal(err)
			}
			w.papers.revoked[id] = true
			w.mustBeListed()
			return
		}
	}
}

func (w *walk) mayLeave(v advocacy.Spotlight, network, what string) {
	if !w.papers.covers(v, network, w.d.now) {
		w.Fatalf("%s on %s without consent", what, network)
	}
	if v.Stage != advocacy.Scheduled && v.Stage != advocacy.Published {
		w.Fatalf("%s at %q", what, v.Stage)
	}
	text, _ := v.Variant(network)
	if d := told(text.Text); d.unfit || d.text == "" || advocacy.Fits(network, text.Whole(w.p)) != nil {
		w.Fatalf("%s although the text is unfit: %q", what, text.Text)
	}
	w.reached[what]++
}

func (w *walk) copy() {
	n, v := w.network(), w.now()
	text, err := w.d.CopyVariant(w.Context(), w.id, n, w.actor())
	if err != nil {
		return
	}
	w.mayLeave(v, n, "copied")
	w.left[n] = true
	if stored, _ := v.Variant(n); text != stored.Whole(w.p) {
		w.Fatalf("copied %q, stored %q", text, stored.Whole(w.p))
	}
}

func (w *walk) copyPicture() {
	n, v := w.network(), w.now()
	if _, err := w.d.CopyPicture(w.Context(), w.id, n, w.actor()); err == nil {
		w.mayLeave(v, n, "picture copied")
	}
}

func (w *walk) post() { w.posting(w.network(), w.actor()) }

func (w *walk) posting(n string, by audit.Actor) {
	v := w.now()
	if err := w.d.MarkPosted(w.Context(), w.id, n, "https://example.org/1", by); err != nil {
		return
	}
	if w.left[n] && !w.papers.covers(v, n, w.d.now) { // it left while it might, so it is up: then it is on the list at once
		downs, err := w.d.TakeDowns(w.Context())
		if err != nil || !slices.ContainsFunc(downs, func(t advocacy.TakeDown) bool { return t.SpotlightID == w.id && t.Network == n && !t.Perhaps }) {
			w.Fatalf("posted on %s without consent, and not on the list: %+v, %v", n, downs, err)
		}
		w.reached["posted after the end"]++
		w.papers.posts[n] = w.d.now.Truncate(time.Second)
		return
	}
	w.mayLeave(v, n, "posted")
	w.papers.posts[n] = w.d.now.Truncate(time.Second)
	if v.Picture.File != "" {
		w.reached["posted with a picture"]++
	}
	if len(v.Picture.People) > 0 {
		w.reached["posted with a colleague"]++
	}
	if v.Patients > 0 {
		w.reached["posted with a patient"]++
	}
}

func (w *walk) tick() {
	downs, err := w.d.TakeDownsOf(w.Context(), w.id)
	if err != nil {
		w.Fatal(err)
	}
	if len(downs) > 0 {
		line := rapid.SampledFrom(downs).Draw(w.T, "line")
		done := rapid.IntRange(0, 3).Draw(w.T, "done") > 0
		if err := w.d.TickTakeDown(w.Context(), line.ID, done, w.actor()); err != nil {
			w.Fatal(err)
		}
		w.reached["taken down"]++
	}
}

// holds is what must be true after every step.
func (w *walk) holds() {
	v := w.now()
	if v.Stage == advocacy.Scheduled {
		w.mustCover(v, v.Schedule, "stands as scheduled")
	}
	one := false
	for _, variant := range v.Variants {
		if variant.PostedAt.IsZero() {
			continue
		}
		one = true
		seen, ok := w.papers.posts[variant.Network]
		if !ok || !seen.Equal(variant.PostedAt) {
			w.Fatalf("%s stands as posted at %s, and no step posted it then", variant.Network, variant.PostedAt)
		}
		if c, ok := w.papers.consents[variant.ConsentID]; !ok || c.PersonID != v.PersonID {
			w.Fatalf("%s is posted under consent %d, which is not the person's", variant.Network, variant.ConsentID)
		}
	}
	if v.Stage == advocacy.Published && !one {
		w.Fatal("published, but nothing was posted")
	}
}

// ahead does what a well-meaning person would do at the stage and then tries the next one, so that the walk gets far.
func (w *walk) ahead() {
	now, ctx := w.now(), w.Context()
	later := w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(2, 12).Draw(w.T, "until")))
	switch now.Stage {
	case advocacy.ConsentAsked:
		w.agree(later)
		w.record(advocacy.Consent{PersonID: w.d.staff.ID, Uses: []string{"photo"}, Until: later, AdultOn: "2001-01-01"})
	case advocacy.StoryStage:
		_ = w.d.SaveStory(ctx, w.id, answered("meet the team").Answers, w.d.hygienist.Actor())
	case advocacy.DraftStage:
		for _, n := range []string{"bluesky", "facebook"} {
			text := drawnTexts[rapid.IntRange(0, 2).Draw(w.T, "text")].text
			_, _, _ = w.d.SaveVariant(ctx, w.id, advocacy.Variant{Network: n, Text: text, Disclosure: true}, w.d.hr.Actor())
		}
		_ = w.d.RemoveVariant(ctx, w.id, "instagram", w.d.hr.Actor())
		_ = w.d.ShowPatients(ctx, w.id, rapid.SampledFrom([]int{0, 0, 1}).Draw(w.T, "with a patient"), w.d.hr.Actor())
		if rapid.Bool().Draw(w.T, "with a picture") {
			_, _ = w.d.SavePicture(ctx, w.id, bytes.NewReader(w.picture), "Mara beside the window", w.d.hr.Actor())
			_ = w.d.NamePeople(ctx, w.id, []int64{w.d.staff.ID}, w.d.hr.Actor())
			w.check()
		}
	case advocacy.ReviewStage:
		w.prepare(now, later)
	case advocacy.Scheduled:
		w.d.now = w.d.now.AddDate(0, 0, rapid.IntRange(0, 3).Draw(w.T, "days"))
		if rapid.Bool().Draw(w.T, "post") {
			w.posting("bluesky", w.d.hr.Actor())
		}
		return
	case advocacy.Published:
		w.withdraw()
		w.tick()
		return
	case advocacy.Archived:
		return
	}
	to := advocacy.Stages()[slices.Index(advocacy.Stages(), now.Stage)+1]
	if before := w.now(); w.d.Move(ctx, w.id, to, w.d.owner.Actor()) == nil && to == advocacy.Scheduled {
		w.mustCover(before, before.Schedule, "scheduled")
		w.reached["scheduled"]++
	}
}

// agree records what a colleague may well say yes to: everything, everything but the photo, everything from tomorrow, or with a guardian.
func (w *walk) agree(later string) {
	c := advocacy.Consent{PersonID: w.d.hygienist.ID, Uses: advocacy.ConsentUses(), Until: later, AdultOn: "2001-01-01"}
	switch rapid.IntRange(0, 5).Draw(w.T, "agreed") {
	case 0:
		c.AdultOn, c.Guardian = w.papers.day(w.d.now.AddDate(0, 0, rapid.IntRange(1, 3).Draw(w.T, "adult"))), "Astrid Lindqvist"
	case 1:
		c.Uses = []string{"name", "quote", "story", "credentials"}
	case 2:
		w.record(advocacy.Consent{PersonID: c.PersonID, Uses: []string{"name"}, AdultOn: "2001-01-01"})
		c.From = w.papers.day(w.d.now.AddDate(0, 0, 1))
	}
	w.record(c)
}

// prepare brings what approval asks for: a picture that is checked, the papers of patients, a day.
func (w *walk) prepare(v advocacy.Spotlight, later string) {
	ctx, owner := w.Context(), w.d.owner.Actor()
	if v.Picture.File != "" {
		var all []string
		checks, _ := advocacy.PictureChecks()
		for _, c := range checks {
			all = append(all, c.ID)
		}
		_ = w.d.CheckPicture(ctx, w.id, all, owner)
	}
	for i := range v.Patients {
		a := signedPaper(w.id, []string{"Vera Holm", "Jon Aas"}[i], w.papers.day(w.d.now))
		a.Networks, a.Until = walkNetworks, later
		if a, err := w.d.Authorize(ctx, a, owner); err == nil && rapid.IntRange(0, 3).Draw(w.T, "signed") > 0 {
			if a, err = w.d.AttachAuthorization(ctx, a.ID, strings.NewReader("%PDF-1.4 signed"), owner); err == nil {
				w.papers.allowed[a.ID] = a
			}
		}
	}
	_ = w.d.Schedule(ctx, w.id, w.d.now.AddDate(0, 0, 1), owner)
}

// signedPaper is an authorization with all that the law asks for.
func signedPaper(spotlight int64, patient, day string) advocacy.Authorization {
	a := advocacy.Authorization{SpotlightID: spotlight, Patient: patient, Describes: "One photo that shows my face beside Mara", Discloser: "Lakeside Family Dental",
		Networks: []string{"bluesky", "facebook"}, Purpose: "To show the team on the practice's pages", Until: "2027-11-22", SignedOn: day}
	for _, s := range advocacy.AuthorizationStatements() {
		a.Statements = append(a.Statements, s.ID)
	}
	return a
}
