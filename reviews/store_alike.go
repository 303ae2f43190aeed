package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
)

// twin is a mention that may tell the same story as an entry.
type twin struct {
	*studied
	id, source      int64
	key             string
	about, gone     bool
	elsewhere       bool // it stands there as another place of a mention
	content, answer int64
	story           int64
}

// kin are the mentions that entries of this transaction may repeat, by the fingerprints they share. What was looked for once is not looked for
// again: many visits are stored together, and most of what they bring is new.
type kin struct{ stories, addresses, openings, likenesses map[int64][]twin }

func newKin() kin {
	return kin{map[int64][]twin{}, map[int64][]twin{}, map[int64][]twin{}, map[int64][]twin{}}
}

// relatives looks for the mentions that share a fingerprint with an entry.
func (r *recording) relatives(ctx context.Context, list []entry) error {
	for _, look := range []struct {
		by   *sql.Stmt
		of   func(entry) int64
		into map[int64][]twin
	}{
		{r.byStory, func(e entry) int64 { return e.story }, r.kin.stories},
		{r.byAddress, func(e entry) int64 { return e.address }, r.kin.addresses},
		{r.byOpening, func(e entry) int64 { return e.opening }, r.kin.openings},
		{r.byLikeness, func(e entry) int64 { return e.likeness }, r.kin.likenesses},
	} {
		var prints []int64
		for _, e := range list {
			if e.stored != nil || look.of(e) == 0 {
				continue
			}
			if _, ok := look.into[look.of(e)]; !ok {
				look.into[look.of(e)] = nil
				prints = append(prints, look.of(e))
			}
		}
		if err := twins(ctx, look.by, prints, look.into); err != nil {
			return err
		}
	}
	return nil
}

// learn adds a mention that was stored in this transaction.
func (k kin) learn(t twin, e entry) {
	add := func(to map[int64][]twin, print int64) {
		// A fingerprint of too many has no list; one more makes no difference.
		if list, ok := to[print]; ok && print != 0 && len(list) <= mostAlike {
			to[print] = append(list, t)
		}
	}
	add(k.stories, e.story)
	add(k.addresses, e.address)
	add(k.openings, e.opening)
	add(k.likenesses, e.likeness)
}

// of are the mentions that share a fingerprint, unless they are so many that it tells nothing.
func of(by map[int64][]twin, print int64) []twin {
	if list := by[print]; len(list) <= mostAlike {
		return list
	}
	return nil
}

// alike is what an entry of one answer may repeat.
type alike struct {
	kin       *kin
	places    map[int64][]twin // of this source, by their content
	claimed   map[int64]bool   // mentions that another entry of the same answer is
	addressed map[int64]int    // how many entries of the answer have an address
}

func (r *recording) alike(ctx context.Context, source int64, list []entry, known map[string]seen) (*alike, error) {
	a := &alike{&r.kin, map[int64][]twin{}, make(map[int64]bool, len(known)), map[int64]int{}}
	for _, k := range known {
		a.claimed[k.id] = true
	}
	var contents []int64
	var fresh []entry
	for _, e := range list {
		if _, ok := known[e.key]; ok {
			continue
		}
		fresh = append(fresh, e)
		contents = append(contents, e.content)
		if e.address != 0 {
			a.addressed[e.address]++
		}
	}
	if err := r.placesOf(ctx, source, contents, a.places); err != nil {
		return nil, err
	}
	return a, r.relatives(ctx, fresh)
}

// mostAlike is how many mentions may share a fingerprint that still tells something: some feeds begin each entry with the same words.
const mostAlike = 10

func twinsBy(column string) string {
	return fmt.Sprintf(`SELECT %[1]s, id, source_id, key, author, title, text, stars, IFNULL(place_id, 0), posted, about, gone > 0, content, answer, story
		FROM mentions WHERE id IN (SELECT m.id FROM json_each(?) AS print CROSS JOIN mentions AS m INDEXED BY mentions_%[1]s
			ON m.%[1]s = print.value AND m.%[1]s <> 0 WHERE NOT EXISTS (SELECT 1 FROM mentions AS other INDEXED BY mentions_%[1]s
			WHERE other.%[1]s = print.value AND other.%[1]s <> 0 LIMIT 1 OFFSET %[2]d))
		UNION ALL SELECT value, 0, 0, '', '', '', '', 0, 0, 0, 0, 0, 0, 0, 0 FROM json_each(?) AS print
			WHERE EXISTS (SELECT 1 FROM mentions AS other INDEXED BY mentions_%[1]s WHERE other.%[1]s = print.value AND other.%[1]s <> 0 LIMIT 1 OFFSET %[2]d)
		ORDER BY 2`, column, mostAlike)
}

func twins(ctx context.Context, by *sql.Stmt, prints []int64, into map[int64][]twin) error {
	if len(prints) == 0 {
		return nil
	}
	slices.Sort(prints)
	packed, err := json.Marshal(slices.Compact(prints))
	if err != nil {
		return err
	}
	rows, err := by.QueryContext(ctx, string(packed), string(packed))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var print, posted int64
		t := twin{studied: &studied{}}
		if err := rows.Scan(&print, &t.id, &t.source, &t.key, &t.author, &t.title, &t.text, &t.stars, &t.place, &posted, &t.about, &t.gone, &t.content,
			&t.answer, &t.story); err != nil {
			return err
		}
		if t.id == 0 {
			into[print] = tooMany
			continue
		}
		t.at, t.telling.about = clock.Unix(posted), t.about
		into[print] = append(into[print], t)
	}
	return rows.Err()
}

// tooMany stands for the mentions that share a fingerprint which tells nothing.
var tooMany = make([]twin, mostAlike+1)

// reserved is the number for the next mention where the last one was joined to another or taken back: its number stands in the audit log, the
// rules ran up to it, and it is not used again. It is 0 where the next number was never used.
func reserved(ctx context.Context, tx *sql.Tx) (next int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT IFNULL(MAX(n) + 1, 0) FROM (
		SELECT IFNULL((SELECT former FROM appearances WHERE former <> 0 ORDER BY former DESC LIMIT 1), 0) AS n UNION ALL SELECT upto FROM rules_done)
		WHERE n > IFNULL((SELECT MAX(id) FROM mentions), 0)`).Scan(&next)
	return next, err
}

// placesOf reads which other places a source is known to show with the same content, maybe under another id.
func (r *recording) placesOf(ctx context.Context, source int64, contents []int64, into map[int64][]twin) error {
	if len(contents) == 0 {
		return nil
	}
	var any bool
	if err := r.anyPlace.QueryRowContext(ctx, source).Scan(&any); err != nil || !any {
		return err
	}
	packed, err := json.Marshal(contents)
	if err != nil {
		return err
	}
	rows, err := r.byPlace.QueryContext(ctx, source, string(packed))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var posted int64
		t := twin{studied: &studied{}, source: source, elsewhere: true}
		if err := rows.Scan(&t.content, &t.id, &t.key, &t.author, &t.title, &t.text, &t.stars, &posted, &t.about); err != nil {
			return err
		}
		t.at = clock.Unix(posted)
		t.story = storyOf(Found{Author: t.author, Title: t.title, Text: t.text, Stars: t.stars})
		into[t.content] = append(into[t.content], t)
	}
	return rows.Err()
}

const anyPlace = `SELECT EXISTS (SELECT 1 FROM appearances WHERE source_id = ?)`

const byPlace = `SELECT content, mention_id, key, author, title, text, stars, posted, about FROM appearances
	WHERE source_id = ? AND content IN (SELECT value FROM json_each(?))`

// telling is what an entry has to be compared by.
func (r *recording) telling(e entry) telling {
	return telling{e.Author, e.Title, e.Text, e.Stars, r.placeOf(e), e.Posted, e.About}
}

func (m Mention) telling() telling {
	return telling{m.Author, m.Title, m.Text, m.Stars, m.PlaceID, m.Posted, m.About}
}

// match finds the mention that an entry repeats. Two entries that one source shows side by side are two, whatever they say; ratings without words
// and a name are two unless they have the same key.
func (a *alike) match(source int64, e entry, said telling, together map[string]bool) (twin, bool) {
	if said.silent() {
		return twin{}, false
	}
	for _, t := range a.places[e.content] {
		if !together[t.key] && !a.claimed[t.id] && e.moved(t) {
			return t, true
		}
	}
	var candidates []twin
	for _, list := range [][]twin{of(a.kin.stories, e.story), of(a.kin.openings, e.opening), of(a.kin.likenesses, e.likeness)} {
		for _, t := range list {
			if !a.claimed[t.id] && !(t.source == source && together[t.key]) && !slices.ContainsFunc(candidates, func(c twin) bool { return c.id == t.id }) {
				candidates = append(candidates, t)
			}
		}
	}
	for _, t := range candidates {
		if t.source == source && e.moved(t) {
			return t, true
		}
	}
	study := &studied{telling: said}
	for _, t := range candidates {
		if t.source != source && study.same(t.studied) || t.source == source && said.repeats(t.telling) {
			return t, true
		}
	}
	if here := of(a.kin.addresses, e.address); e.address != 0 && len(here) == 1 && a.addressed[e.address] == 1 {
		if t := here[0]; t.source != source && !a.claimed[t.id] && !t.silent() && said.mayShare(t.telling) {
			return t, true
		}
	}
	return twin{}, false
}

// repeats is for two entries of one source, which it does not show together: a reminder of the same review, say. It needs a name.
func (a telling) repeats(b telling) bool {
	return compareAuthors(a.author, b.author) == sameAuthor && len(wordsOf(a.text)) >= longWords && len(wordsOf(b.text)) >= longWords && a.same(b)
}

// mayShare reports whether two entries with the same address may be one story: an address is one only where nothing speaks against it, for some
// pages hold many reviews.
func (a telling) mayShare(b telling) bool {
	if a.stars != 0 && b.stars != 0 && a.stars != b.stars || a.place != 0 && b.place != 0 && a.place != b.place ||
		compareAuthors(a.author, b.author) == otherAuthor {
		return false
	}
	x, y := wordsOf(a.text), wordsOf(b.text)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) >= longWords {
		return holds(y, x) || share(x, y) >= 1-shareKnown-shareKnown/2
	}
	bare := func(t telling) bool { return t.stars == 0 && len(namesOf(t.author)) == 0 } // news of a review, not one itself
	return bare(a) || bare(b) || holds(y, x) || len(x) == 0
}

// moved reports whether an entry is a mention of the same source under a new id: the same words, rating and author, with the same date. Where
// the date is not known or only roughly, or moves along with each visit, the words have to be more than a template.
func (e entry) moved(t twin) bool {
	if e.content != t.content || e.story != t.story {
		return false
	}
	named := len(namesOf(e.Author)) > 0
	n := len(words(e.Title)) + len(words(e.Text))
	switch {
	case e.Posted.IsZero() || t.at.IsZero() || e.About || t.about:
		return within(e.Posted, t.at, weeksApart) && (named || n >= longWords)
	case e.Posted.Equal(t.at):
		return named || n >= longWords || e.Posted.Unix()%int64((15*time.Minute).Seconds()) != 0 // a time of the clock, not a day in some zone
	case within(e.Posted, t.at, daysApart):
		return named && n >= briefWords
	}
	return named && n >= longWords
}

// meet takes an entry to the mention that it repeats.
func (r *recording) meet(ctx context.Context, source Source, e entry, said telling, t twin, together map[string]bool) (seen, error) {
	r.touched = append(r.touched, t.id)
	if t.elsewhere {
		return seen{id: t.id, content: e.content, elsewhere: true}, r.renamePlace(ctx, source, e, t.key)
	}
	if t.source == source.ID && e.moved(t) {
		return r.rename(ctx, source, e, t)
	}
	if said.whole(t.telling) && !t.gone {
		m, err := find(ctx, r.tx, t.id)
		if err != nil {
			return seen{}, err
		}
		return seen{id: t.id, content: e.content, answer: e.answer}, r.complete(ctx, source, e, m)
	}
	return seen{id: t.id, content: e.content, elsewhere: true}, r.appear(ctx, source, e, t.id, together)
}

// rename gives a mention the id that its source now calls it by.
func (r *recording) rename(ctx context.Context, source Source, e entry, t twin) (seen, error) {
	if _, err := r.tx.ExecContext(ctx, `UPDATE mentions SET key = ?, url = ?, address = ?, payload = ?, gone = 0 WHERE id = ?`, e.key, e.URL, e.address,
		e.sent(), t.id); err != nil {
		return seen{}, fmt.Errorf("note the new id: %w", err)
	}
	k := seen{id: t.id, content: t.content, answer: t.answer}
	if t.answer == e.answer {
		return k, nil
	}
	var counted Outcome
	k.answer = e.answer
	return k, r.again(ctx, source, e, seen{id: t.id, content: t.content, answer: t.answer}, &counted)
}

// appear notes another place of a story. A source that names the same entry anew at each visit has one place, not many.
func (r *recording) appear(ctx context.Context, source Source, e entry, mention int64, together map[string]bool) error {
	before, err := column[string](r.tx.QueryContext(ctx, `SELECT key FROM appearances WHERE mention_id = ? AND source_id = ? AND content = ?`, mention, source.ID, e.content))
	if err != nil {
		return fmt.Errorf("note the other place: %w", err)
	}
	if i := slices.IndexFunc(before, func(key string) bool { return !together[key] }); i >= 0 {
		return r.renamePlace(ctx, source, e, before[i])
	}
	_, err = r.tx.ExecContext(ctx, insertAppearance+`VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, key) DO NOTHING`, source.ID, e.key, mention, e.Site, e.URL, seconds(r.at),
		e.Author, e.Title, e.Text, e.Stars, seconds(e.Posted), e.About, e.sent(), e.content)
	if err != nil {
		return fmt.Errorf("note the other place: %w", err)
	}
	return nil
}

// renamePlace gives a place the id by which its source now calls it.
func (r *recording) renamePlace(ctx context.Context, source Source, e entry, before string) error {
	_, err := r.tx.ExecContext(ctx, `UPDATE appearances SET key = ?, url = ?, payload = ? WHERE source_id = ? AND key = ?`, e.key, e.URL, e.sent(), source.ID, before)
	if err != nil {
		return fmt.Errorf("note the new id: %w", err)
	}
	return nil
}

const insertAppearance = `INSERT INTO appearances (source_id, key, mention_id, site, url, seen, author, title, text, stars, posted, about, payload, content) `

// complete puts the whole text where so far an excerpt stood. Nobody edited anything: there is no revision and nothing is owed anew. From now on
// the mention follows the source that shows all of it, and the excerpt is its other place.
func (r *recording) complete(ctx context.Context, source Source, e entry, before Mention) error {
	if err := r.index(ctx); err != nil {
		return err
	}
	_, err := r.tx.ExecContext(ctx, insertAppearance+`SELECT source_id, key, id, site, url, seen, author, title, text, stars, posted, about, payload, content FROM mentions WHERE id = ?`, before.ID)
	if err != nil {
		return fmt.Errorf("keep the excerpt: %w", err)
	}
	m := before
	m.SourceID, m.Key, m.Site, m.Title, m.Text = source.ID, e.key, e.Site, e.Title, e.Text
	if e.URL != "" {
		m.URL = e.URL
	}
	if len(namesOf(e.Author)) > 0 {
		m.Author = e.Author
	}
	if e.Stars != 0 {
		m.Stars = e.Stars
	}
	if !e.Posted.IsZero() && (m.Posted.IsZero() || m.About || !e.About) {
		m.Posted, m.About = e.Posted, e.About
	}
	if m.PlaceID == 0 {
		m.PlaceID = r.placeOf(e)
	}
	m.Understood = e.Understood
	m.guess()
	m.Understood = m.Understood.corrected(before.Understood)
	dated := e
	dated.Posted = m.Posted
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET source_id = ?, key = ?, site = ?, url = ?, author = ?, title = ?, text = ?, stars = ?, place_id = ?,
		at = ?, posted = ?, about = ?, due = ?, language = ?, sentiment = ?, score = ?, topics = ?, urgency = ?, signals = ?, kind = ?, confidence = ?, disagrees = ?, content = ?, answer = ?,
		story = ?, address = ?, opening = ?, likeness = ?, payload = ?, expires = ?, purged = 0, proof = ? WHERE id = ?`,
		m.SourceID, m.Key, m.Site, m.URL, m.Author, m.Title, m.Text, m.Stars, orNull(m.PlaceID), seconds(dated.order(before.Seen)), seconds(m.Posted), m.About,
		seconds(r.deadlines.due(m)), m.Language, m.Sentiment, m.Score, pack(m.Topics), m.Urgency, pack(m.Signals), m.Kind, m.Confidence, m.Disagrees, e.content, e.answer, e.story,
		e.address, e.opening, e.likeness, e.sent(), seconds(source.expires(r.at)), e.Proof, m.ID)
	if err != nil {
		return fmt.Errorf("store the whole text: %w", err)
	}
	if err := r.s.log(ctx, r.tx, audit.Program, "the whole text came", mentionSubject(m.ID), before.Site, m.Site+", "+wordsHash(m)); err != nil {
		return err
	}
	if e.Reply == "" {
		return nil
	}
	if err := r.onSite(ctx, m.ID, m.Revisions, e); err != nil {
		return err
	}
	return r.answeredOnSite(ctx, m)
}

// againElsewhere meets an entry that stands as another place of a mention. When its words or its rating were changed there, so that it no longer
// tells the same, it is taken out into a mention of its own: a review that turned bad must not hide behind a good one.
func (r *recording) againElsewhere(ctx context.Context, source Source, e entry, k seen, outcome *Outcome) error {
	if k.content == e.content || k.content == 0 {
		outcome.Unchanged++
		return nil
	}
	m, err := find(ctx, r.tx, k.id)
	if err != nil {
		return err
	}
	r.touched = append(r.touched, k.id)
	var joined bool
	if err := r.tx.QueryRowContext(ctx, `SELECT was <> '' FROM appearances WHERE source_id = ? AND key = ?`, source.ID, e.key).Scan(&joined); err != nil {
		return err
	}
	outcome.Edited++
	said := r.telling(e)
	switch {
	case !joined && m.Purged.IsZero() && said.whole(m.telling()) && said.same(m.telling()):
		if err := r.forget(ctx, source.ID, e.key); err != nil {
			return err
		}
		return r.complete(ctx, source, e, m)
	case joined || !m.Purged.IsZero() || said.same(m.telling()):
		_, err = r.tx.ExecContext(ctx, `UPDATE appearances SET url = ?, author = ?, title = ?, text = ?, stars = ?, payload = ?, content = ?
			WHERE source_id = ? AND key = ?`, e.URL, e.Author, e.Title, e.Text, e.Stars, e.sent(), e.content, source.ID, e.key)
		return err
	}
	if err := r.forget(ctx, source.ID, e.key); err != nil {
		return err
	}
	id, err := r.add(ctx, source, e)
	if err != nil {
		return err
	}
	r.touched = append(r.touched, id)
	return r.s.log(ctx, r.tx, audit.Program, "taken apart, because it was changed on the site", mentionSubject(id), mentionSubject(k.id), "")
}
