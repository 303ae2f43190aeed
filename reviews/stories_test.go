package reviews_test

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

const longStory = "My daughter chipped a front tooth at hockey on Saturday evening and Dr. Patel opened the surgery just for us. She matched the colour " +
	"so well that nobody can tell which tooth it was. The bill was explained before anything was done, and they rang on Sunday to ask how she was."

// entry is a found entry that can be varied.
type entry reviews.Found

func (e entry) on(day time.Time) entry   { e.Posted = day; return e }
func (e entry) rated(stars int) entry    { e.Stars = stars; return e }
func (e entry) from(author string) entry { e.Author = author; return e }

func told(key, text string) reviews.Found { return reviews.Found(story(key, text)) }

func story(key, text string) entry {
	return entry{Key: key, URL: "https://example.org/" + key, Author: "Sarah Miller", Stars: 5, Posted: monday, Text: text}
}

func TestTheWholeTextTakesThePlaceOfItsExcerpt(t *testing.T) {
	d := open(t)
	mail, google := d.feed(t, "mail"), d.feed(t, "google")
	excerpt := told("m1", longStory[:90]+"…")
	excerpt.Author, excerpt.Payload = "Sarah M.", []byte("excerpt")
	d.visit(t, mail, excerpt)
	id := d.only(t).ID
	must(t, d.Close(ctx, id, "Thanked in person", d.manager))
	whole := told("g1", longStory)
	whole.Payload = []byte("whole")
	d.at = d.at.Add(time.Hour)
	if got, want := d.visit(t, google, whole), (reviews.Outcome{Duplicates: 1}); got != want {
		t.Fatalf("got %v, want %v", got, want)
	}
	m := d.only(t)
	if m.ID != id || m.Text != longStory || m.Author != "Sarah Miller" || m.Site != "google" || string(m.Payload) != "whole" {
		t.Errorf("got %+v, want the whole text", m)
	}
	if m.Revisions != 0 || m.Status != reviews.NoReply {
		t.Errorf("got %d revisions, status %s: nobody edited anything", m.Revisions, m.Status)
	}
	places, err := d.Appearances(ctx, id)
	must(t, err)
	if len(places) != 1 || places[0].Text != excerpt.Text || places[0].Author != "Sarah M." || places[0].Site != "mail" || string(places[0].Payload) != "excerpt" {
		t.Errorf("places: got %+v, want the excerpt", places)
	}
	if got := d.ids(t, "hockey"); len(got) != 1 {
		t.Errorf("search for a word of the whole text: got %v", got)
	}
	// Both visits again, then an edit of the whole text: the mention follows the source that shows all of it.
	if got := d.visit(t, mail, excerpt); got != (reviews.Outcome{Unchanged: 1}) {
		t.Errorf("the excerpt again: got %v", got)
	}
	whole.Text, whole.Payload = longStory+" Update: it broke again after a week and nobody answers the telephone any more, so one star from me.", []byte("edited")
	whole.Stars = 1
	if got := d.visit(t, google, whole); got != (reviews.Outcome{Edited: 1}) {
		t.Errorf("an edit of the whole text: got %v", got)
	}
	old, err := d.Revisions(ctx, id)
	must(t, err)
	if len(old) != 1 || string(old[0].Payload) != "whole" || old[0].Text != longStory {
		t.Errorf("revisions: got %+v, want the old words with the old payload", old)
	}
	// The order in which they come does not matter.
	e := open(t)
	e.visit(t, e.feed(t, "google"), told("g1", longStory))
	if got := e.visit(t, e.feed(t, "mail"), excerpt); got.Duplicates != 1 || e.only(t).Text != longStory {
		t.Errorf("the excerpt second: got %v", got)
	}
}

func TestAStoryEnteredByHandThatIsThereSaysOnlySinceWhen(t *testing.T) {
	for name, first := range map[string]string{"the same words": longStory, "the beginning of them": longStory[:90] + "…"} {
		d := open(t)
		d.visit(t, d.feed(t, "mail"), told("m1", first))
		m, err := d.Add(ctx, reviews.Found{Text: longStory, Site: "word of mouth", Stars: d.only(t).Stars, Author: d.only(t).Author}, d.author)
		wants(t, err, reviews.ErrThere, "This mention is in the inbox already, since "+monday.Format("2 January 2006"))
		if err == nil || strings.Contains(err.Error(), "place") { // whether it got another one, nobody counts here
			t.Errorf("%s: got %v", name, err)
		}
		if m.Text != longStory || m.ID != d.only(t).ID {
			t.Errorf("%s: got %+v", name, m)
		}
	}
}

func TestAPlaceThatTurnsBadIsAMentionOfItsOwn(t *testing.T) {
	d := open(t)
	google, yelp := d.feed(t, "google"), d.feed(t, "yelp")
	d.visit(t, google, told("g1", longStory))
	there := told("y1", longStory)
	d.visit(t, yelp, there)
	there.Stars, there.Text = 1, "They lost my records and nobody rang back. I take back what I wrote here before."
	if got := d.visit(t, yelp, there); got != (reviews.Outcome{Edited: 1}) {
		t.Errorf("got %v", got)
	}
	if got := d.ids(t, "stars:1"); len(got) != 1 || len(d.ids(t, "")) != 2 {
		t.Errorf("got %v with one star of %v", got, d.ids(t, ""))
	}
	if got := d.visit(t, yelp, there); got != (reviews.Outcome{Unchanged: 1}) {
		t.Errorf("again: got %v", got)
	}
}

func TestIdsThatChangeRepeatNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of visits, one after the other: the race detector makes minutes of them")
	}
	short := func(author string, posted time.Time) entry {
		return entry{Author: author, Text: "Great!", Stars: 5, Posted: posted}
	}
	clock := monday.Add(-37*time.Hour - 11*time.Second)
	for name, c := range map[string]struct {
		first, second entry
		want          int
	}{
		"long text, other date":           {story("a", longStory), story("b", longStory).on(monday.AddDate(0, 0, 9)), 1},
		"short, named, same day":          {short("Maria", monday.Truncate(24*time.Hour)), short("Maria", monday.Truncate(24*time.Hour)), 1},
		"short, named, no date":           {short("Maria", time.Time{}), short("Maria", time.Time{}), 1},
		"short, another name":             {short("Maria", monday), short("Marta", monday), 2},
		"short, named, other days":        {short("Maria", monday), short("Maria", monday.AddDate(0, 0, -9)), 2},
		"short, nobody, same second":      {short("", clock), short("", clock), 1},
		"short, nobody, same day":         {short("", monday.Truncate(24*time.Hour)), short("A Google User", monday.Truncate(24*time.Hour)), 2},
		"short, nobody, no date":          {short("", time.Time{}), short("", time.Time{}), 2},
		"the same words, another rating":  {story("a", longStory), story("b", longStory).rated(4), 2},
		"the same words, another patient": {story("a", longStory), story("b", longStory).from("Robert Hale"), 2},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			s := d.feed(t, "google")
			for i, f := range []reviews.Found{reviews.Found(c.first), reviews.Found(c.second)} {
				f.Key = string(rune('k' + i))
				d.visit(t, s, f)
				d.at = d.at.Add(time.Hour)
			}
			if got := len(d.ids(t, "")); got != c.want {
				t.Errorf("got %d mentions, want %d", got, c.want)
			}
			// Both at once are two, whatever they say.
			e := open(t)
			c.first.Key, c.second.Key = "k", "l"
			e.visit(t, e.feed(t, "google"), reviews.Found(c.first), reviews.Found(c.second))
			if got := len(e.ids(t, "")); got != 2 {
				t.Errorf("side by side: got %d mentions, want 2", got)
			}
		})
	}
}

func TestAnIdThatChangesAtEachVisitLeavesOnePlace(t *testing.T) {
	d := open(t)
	google, yelp := d.feed(t, "google"), d.feed(t, "yelp")
	d.visit(t, google, told("g1", longStory))
	for i := range 5 {
		d.visit(t, yelp, told(string(rune('a'+i)), longStory))
		d.visit(t, google, told(string(rune('p'+i)), longStory))
	}
	m := d.only(t)
	places, err := d.Appearances(ctx, m.ID)
	must(t, err)
	if len(places) != 1 || m.Key != "t" {
		t.Errorf("got key %s and places %+v", m.Key, places)
	}
	// What was marked as gone and is shown again under another id is not new.
	must(t, d.MarkGone(ctx, m.ID, true, audit.Program))
	d.visit(t, google, told("z", longStory))
	if m := d.only(t); !m.Gone.IsZero() || m.Key != "z" {
		t.Errorf("got %+v", m)
	}
}

func TestTwoOfOneSourceNeverShareAMention(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), told("g1", longStory))
	yelp := d.feed(t, "yelp")
	if got, want := d.visit(t, yelp, told("y1", longStory), told("y2", longStory)), (reviews.Outcome{New: 1, Duplicates: 1}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := d.visit(t, yelp, told("y2", longStory), told("y1", longStory)), (reviews.Outcome{Unchanged: 2}); got != want {
		t.Errorf("again: got %v, want %v", got, want)
	}
}

func TestApartByHandStaysApart(t *testing.T) {
	d := open(t)
	google, yelp := d.feed(t, "google"), d.feed(t, "yelp")
	here, there := told("g1", longStory), told("y1", longStory)
	d.visit(t, google, here)
	d.visit(t, yelp, there)
	m := d.only(t)
	places, err := d.Appearances(ctx, m.ID)
	must(t, err)
	apart, err := d.Split(ctx, m.ID, places[0], reviews.Understood{Sentiment: "positive", Topics: []string{"wait"}}, d.manager)
	must(t, err)
	if n := d.find(t, apart); n.Site != "yelp" || n.Text != longStory || n.Sentiment != "positive" || len(d.ids(t, "hockey")) != 2 {
		t.Errorf("got %+v, found %v", n, d.ids(t, "hockey"))
	}
	for range 2 {
		d.visit(t, yelp, there)
		d.visit(t, google, here)
		there.Key += "'" // an id that changes does not bring them together again
	}
	if got := len(d.ids(t, "")); got != 2 {
		t.Errorf("after the next visits: got %d mentions, want 2", got)
	}
	if _, err := d.Split(ctx, m.ID, places[0], reviews.Understood{}, d.manager); err == nil {
		t.Error("taken apart twice")
	}
}

func TestJoinByHandAndBack(t *testing.T) {
	d := open(t)
	google, mail := d.feed(t, "google"), d.feed(t, "mail")
	d.visit(t, google, waited)
	id := d.only(t).ID
	second := waited
	second.Key, second.Author, second.Text = "m1", "P. Quill", "An hour in that chair. Not one word from anybody."
	d.visit(t, mail, second)
	edited := second
	edited.Text += " Shame."
	d.visit(t, mail, edited)
	other := d.ids(t, "chair")[0]
	must(t, d.Assign(ctx, other, d.author.ID, d.manager))
	_, _, err := d.SaveDraft(ctx, other, "Thank you for telling us. Please call our office so that we can listen.", "", d.author)
	must(t, err)
	before := d.find(t, other)
	likely, err := d.Candidates(ctx, id)
	must(t, err)
	if len(likely) != 1 || likely[0].ID != other {
		t.Errorf("candidates: got %v", likely)
	}

	must(t, d.Join(ctx, id, other, d.manager))
	m := d.only(t)
	if m.ID != id || m.Status != reviews.Answering || m.Assigned != d.author.ID || len(d.ids(t, "chair")) != 0 {
		t.Errorf("joined: got %+v", m)
	}
	if reply, err := d.ReplyTo(ctx, id); err != nil || reply.Text == "" {
		t.Errorf("the reply: got %+v, %v", reply, err)
	}
	if got := d.visit(t, mail, edited); got != (reviews.Outcome{Unchanged: 1}) {
		t.Errorf("the next visit: got %v", got)
	}
	newer := told("g9", longStory)
	d.visit(t, google, waited, newer)
	if got := d.ids(t, "hockey")[0]; got == other {
		t.Errorf("the number %d was used again", other)
	}
	must(t, d.Close(ctx, d.ids(t, "hockey")[0], "Praise", d.manager))

	places, err := d.Appearances(ctx, id)
	must(t, err)
	back, err := d.Split(ctx, id, places[0], reviews.Understood{}, d.manager)
	must(t, err)
	after := d.find(t, back)
	if back != other || after.Text != before.Text || after.Status != before.Status || after.Assigned != before.Assigned || after.Revisions != 1 || !after.Due.Equal(before.Due) {
		t.Errorf("back: got %+v, want %+v", after, before)
	}
	if reply, err := d.ReplyTo(ctx, other); err != nil || reply.Text == "" {
		t.Errorf("the reply back: got %+v, %v", reply, err)
	}
	if m := d.find(t, id); m.Status != reviews.New || m.Assigned != 0 {
		t.Errorf("the kept one: got status %s, assigned %d", m.Status, m.Assigned)
	}
	if old, err := d.Revisions(ctx, other); err != nil || len(old) != 1 || old[0].Text != second.Text {
		t.Errorf("revisions back: got %+v, %v", old, err)
	}
	if len(d.ids(t, "chair")) != 1 {
		t.Error("not found again by its words")
	}
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeJoined(t *testing.T) {
	d := open(t)
	google := d.feed(t, "google")
	d.visit(t, google, waited, told("g2", longStory))
	ids := d.ids(t, "")
	wants(t, d.Join(ctx, ids[0], ids[0], d.manager), reviews.ErrStep, "itself")
	wants(t, d.Join(ctx, ids[0], 99, d.manager), reviews.ErrNotFound, "99")
	must(t, d.Hold(ctx, ids[1], true, d.manager))
	wants(t, d.Join(ctx, ids[0], ids[1], d.manager), reviews.ErrStep, "legal hold")
	must(t, d.Hold(ctx, ids[1], false, d.manager))
	for _, id := range ids {
		_, _, err := d.SaveDraft(ctx, id, "Thank you for your words.", "", d.author)
		must(t, err)
	}
	wants(t, d.Join(ctx, ids[0], ids[1], d.manager), reviews.ErrStep, "Both mentions have a reply")
	if got := len(d.ids(t, "")); got != 2 {
		t.Errorf("got %d mentions, want both", got)
	}
}

func TestRatingsWithoutWordsAndNamesAreNeverOneStory(t *testing.T) {
	d := open(t)
	day := monday.AddDate(0, 0, -1)
	a, b := d.feed(t, "a"), d.feed(t, "b")
	for i, author := range []string{"", "A Google user"} {
		rating := reviews.Found{Key: "r1" + author, Stars: 5 - i, URL: "https://example.com/us", Posted: day, Author: author}
		if got := d.visit(t, a, rating); got.New != 1 {
			t.Errorf("%q: got %v, want it new", author, got)
		}
		rating.Key = "r2" + author
		if got := d.visit(t, b, rating); got.New != 1 || got.Duplicates != 0 {
			t.Errorf("%q: got %v elsewhere, want another rating", author, got)
		}
		if got := d.visit(t, b, rating); got.New != 0 || got.Unchanged != 1 {
			t.Errorf("%q: got %v again, want it known by its key", author, got)
		}
	}
}

func TestAShortReviewOfOneNameIsOneStoryAcrossSources(t *testing.T) {
	for name, c := range map[string]struct {
		author, text string
		stars, days  int
		about, one   bool
	}{
		"the same":              {"Bob Jones", "Great place", 5, 2, false, true},
		"roughly dated":         {"Bob Jones", "Great place!", 5, 6, true, true},
		"too far apart":         {"Bob Jones", "Great place", 5, 6, false, false},
		"roughly dated and far": {"Bob Jones", "Great place", 5, 9, true, false},
		"another rating":        {"Bob Jones", "Great place", 4, 1, false, false},
		"other words":           {"Bob Jones", "Great places", 5, 1, false, false},
		"a first name alone":    {"Bob", "Great place", 5, 1, false, false},
		"another person":        {"Bob Jonas", "Great place", 5, 1, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.visit(t, d.feed(t, "a"), reviews.Found{Key: "x", Author: "Bob Jones", Text: "Great place", Stars: 5, Posted: monday.AddDate(0, 0, -10)})
			got := d.visit(t, d.feed(t, "b"), reviews.Found{Key: "y", Author: c.author, Text: c.text, Stars: c.stars, Posted: monday.AddDate(0, 0, c.days-10), About: c.about})
			if (got.Duplicates == 1) != c.one || got.New+got.Duplicates != 1 {
				t.Errorf("got %v, want one story: %v", got, c.one)
			}
		})
	}
}

func TestTheSameWordsUnderTheSameNameAreOneStoryAcrossSites(t *testing.T) {
	const brief = "Great place, love it here."
	const long = "The staff is friendly and the doctor listens. I would recommend them to anyone who needs a dentist."
	for name, c := range map[string]struct {
		author, other, text string
		stars, days         int
		one                 bool
	}{
		"brief, a letter for the surname":            {"Maria G.", "Maria G.", brief, 5, 1, true},
		"brief, a letter, far apart":                 {"Maria G.", "Maria G.", brief, 5, 12, false},
		"brief, a whole name, weeks apart":           {"Maria Gomez", "Maria Gomez", brief, 5, 12, true},
		"brief, a first name alone":                  {"Maria", "Maria", brief, 5, 1, false},
		"brief, another surname":                     {"Maria G.", "Maria H.", brief, 5, 1, false},
		"brief, another rating":                      {"Maria G.", "Maria G.", brief, 4, 1, false},
		"long, in words that all use, a letter":      {"Maria G.", "Maria G.", long, 5, 20, true},
		"long, in words that all use, another name":  {"Maria G.", "Nora P.", long, 5, 1, false},
		"long, in words that all use, a season past": {"Maria G.", "Maria G.", long, 5, 60, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			google, yelp := d.feed(t, "google"), d.feed(t, "yelp")
			d.visit(t, google, reviews.Found{Key: "x", Author: c.author, Text: c.text, Stars: 5, Posted: monday.AddDate(0, 0, -80)})
			got := d.visit(t, yelp, reviews.Found{Key: "y", Author: c.other, Text: c.text, Stars: c.stars, Posted: monday.AddDate(0, 0, c.days-80)})
			if (got.Duplicates == 1) != c.one || got.New+got.Duplicates != 1 {
				t.Fatalf("got %v, want one story: %v", got, c.one)
			}
			if !c.one {
				return
			}
			places, err := d.Appearances(ctx, d.only(t).ID)
			must(t, err)
			if len(places) != 1 || places[0].Site != "yelp" {
				t.Errorf("it stands on %+v too, want yelp", places)
			}
		})
	}
}
