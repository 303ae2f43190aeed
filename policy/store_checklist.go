package policy

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// settingPlaces is the name of the setting in which the practice says under which rules it counts itself.
const settingPlaces = "checklist places"

// Checklist returns the checklist as it holds where the practice is, own items included, with the practice's answers.
func (s *Store) Checklist(ctx context.Context) ([]Group, error) {
	groups := List()
	own, err := s.ownItems(ctx)
	if err != nil {
		return nil, err
	}
	choice, err := s.PlaceChoice(ctx)
	if err != nil {
		return nil, err
	}
	at := map[string]*Item{}
	for g := range groups {
		for _, o := range own {
			if o.GroupID == groups[g].ID {
				groups[g].Items = append(groups[g].Items, o.item(groups[g].Title))
			}
		}
	}
	groups = In(groups, choice.Places())
	for g := range groups {
		for i := range groups[g].Items {
			at[groups[g].Items[i].ID] = &groups[g].Items[i]
		}
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT item_id, answer, note, link, file, file_hash, COALESCE(owner_id, 0), due, every, answered_at, answered_by
		FROM checklist_answers`)
	if err != nil {
		return nil, fmt.Errorf("read the checklist: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		id, a, when, by, err := scanAnswer(rows)
		if err != nil {
			return nil, fmt.Errorf("read the checklist: %w", err)
		}
		if item := at[id]; item != nil { // an item that a later list no longer has, or that holds elsewhere, keeps its answer in the database
			item.Answered, item.At, item.By = a, clock.Unix(when), by
		}
	}
	return groups, rows.Err()
}

// PlaceChoice returns under which rules the practice counts itself.
func (s *Store) PlaceChoice(ctx context.Context) (PlaceChoice, error) {
	p, err := s.practices.Get(ctx)
	if err != nil && !errors.Is(err, practice.ErrNone) {
		return PlaceChoice{}, err
	}
	c := PlaceChoice{ByAddress: PlacesOf(p)}
	text, err := s.practices.Setting(ctx, settingPlaces)
	if err != nil || text == "" {
		return c, err
	}
	if json.Unmarshal([]byte(text), &c.Chosen) != nil {
		c.Chosen = nil // a setting that makes no sense counts as none: the address decides
	}
	return c, nil
}

// ChoosePlaces sets under which rules the practice counts itself; nil leaves it to the address again.
func (s *Store) ChoosePlaces(ctx context.Context, places []string, by audit.Actor) error {
	if err := s.mustLead(ctx, by, "By which rules the practice goes is decided"); err != nil {
		return err
	}
	text := ""
	if places != nil {
		for _, id := range places {
			if !slices.ContainsFunc(Places(), func(p Place) bool { return p.ID == id }) {
				return refusal.Because(ErrNotFound, "There are no rules for %q", id)
			}
		}
		text = database.Pack(places)
	}
	if err := s.practices.SetSetting(ctx, settingPlaces, text, by); err != nil {
		return err
	}
	s.tell(ChangedChecklist, 0)
	return nil
}

func scanAnswer(row interface{ Scan(...any) error }) (id string, a Answered, at int64, by string, err error) {
	err = row.Scan(&id, &a.Answer, &a.Note, &a.Link, &a.File.Name, &a.File.Hash, &a.OwnerID, &a.Due, &a.Every, &at, &by)
	return id, a, at, by, err
}

// Item returns one item of the checklist with its answer, wherever it holds.
func (s *Store) Item(ctx context.Context, id string) (Item, error) {
	item, err := s.findItem(ctx, id)
	if err != nil {
		return item, err
	}
	a, at, by, err := answered(ctx, s.db.Reader(), id)
	item.Answered, item.At, item.By = a, clock.Unix(at), by
	return item, err
}

func (s *Store) findItem(ctx context.Context, id string) (Item, error) {
	if item, err := findItem(id); err == nil || !strings.HasPrefix(id, "own-") {
		return item, err
	}
	own, err := s.ownItems(ctx)
	if err != nil {
		return Item{}, err
	}
	for _, o := range own {
		if o.ItemID() == id {
			return o.item(groupTitle(o.GroupID)), nil
		}
	}
	return findItem(id)
}

func groupTitle(id string) string {
	for _, g := range checklist() {
		if g.ID == id {
			return g.Title
		}
	}
	return ""
}

func answered(ctx context.Context, q database.Querier, id string) (Answered, int64, string, error) {
	_, a, at, by, err := scanAnswer(q.QueryRowContext(ctx, `SELECT item_id, answer, note, link, file, file_hash, COALESCE(owner_id, 0), due, every,
		answered_at, answered_by FROM checklist_answers WHERE item_id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return Answered{}, 0, "", nil
	}
	if err != nil {
		return Answered{}, 0, "", fmt.Errorf("read the answer to %s: %w", id, err)
	}
	return a, at, by, nil
}

// Answer stores what the practice says about an item, evidence, owner and due day included. An equal answer is stored again: it says that
// somebody looked today.
func (s *Store) Answer(ctx context.Context, id string, a Answered, by audit.Actor) error {
	item, err := s.findItem(ctx, id)
	if err != nil {
		return err
	}
	a.Note, a.Link = strings.TrimSpace(a.Note), strings.TrimSpace(a.Link)
	if err := s.mayAnswer(ctx, id, a, by); err != nil {
		return err
	}
	if err := a.check(); err != nil {
		return err
	}
	_, err = s.write(ctx, ChangedChecklist, func(tx *sql.Tx) (int64, audit.Line, error) {
		before, _, _, err := answered(ctx, tx, id)
		if err != nil {
			return 0, audit.Line{}, err
		}
		if err := s.keepFile(ctx, tx, a.File); err != nil {
			return 0, audit.Line{}, err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO checklist_answers (item_id, answer, note, link, file, file_hash, owner_id, due, every, answered_at, answered_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (item_id) DO UPDATE SET answer = excluded.answer, note = excluded.note, link = excluded.link, file = excluded.file,
			file_hash = excluded.file_hash, owner_id = excluded.owner_id, due = excluded.due, every = excluded.every,
			answered_at = excluded.answered_at, answered_by = excluded.answered_by`,
			item.ID, a.Answer, a.Note, a.Link, a.File.Name, a.File.Hash, known(a.OwnerID), a.Due, a.Every, clock.Seconds(s.now()), by.Name)
		if err != nil {
			return 0, audit.Line{}, fmt.Errorf("save the answer to %q: %w", item.Text, err)
		}
		return 0, audit.Line{Who: by, Did: "answered the checklist", Subject: "checklist/" + id, Before: database.Pack(before), After: database.Pack(a)}, nil
	})
	return err
}

// mayAnswer refuses an answer by somebody who does not decide for the practice. HR, who keeps the staff list, may hand an item to somebody else.
func (s *Store) mayAnswer(ctx context.Context, id string, a Answered, by audit.Actor) error {
	refused := s.mustLead(ctx, by, "The checklist is answered")
	if !errors.Is(refused, ErrRights) {
		return refused
	}
	person, err := s.practices.Person(ctx, by.ID)
	if err != nil || person.Role != practice.HR {
		return refused
	}
	before, _, _, err := answered(ctx, s.db.Reader(), id)
	if before.OwnerID = a.OwnerID; err == nil && before != a {
		err = refused
	}
	return err
}

// keepFile stores the content of a file that was just read. A second look at the same file is the same evidence.
func (s *Store) keepFile(ctx context.Context, tx *sql.Tx, f File) error {
	if f.data == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO evidence_files (hash, name, data, added) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
		f.Hash, f.Name, []byte(f.data), clock.Seconds(s.now()))
	if err != nil {
		return fmt.Errorf("The file %s cannot be kept: %w", f.Name, err)
	}
	return nil
}

// KeptFile returns the content of evidence by its hash; ErrNotFound if it was too large to keep.
func (s *Store) KeptFile(ctx context.Context, hash string) ([]byte, error) {
	var data []byte
	err := s.db.Reader().QueryRowContext(ctx, `SELECT data FROM evidence_files WHERE hash = ?`, hash).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refusal.Because(ErrNotFound, "The file itself is not kept here, only its name and its fingerprint")
	}
	return data, err
}

// Progress is how far the checklist is today.
func (s *Store) Progress(ctx context.Context) (Progress, error) {
	groups, err := s.Checklist(ctx)
	if err != nil {
		return Progress{}, err
	}
	today, err := s.today(ctx)
	if err != nil {
		return Progress{}, err
	}
	return Measure(groups, today), nil
}

// ItemHistory returns who answered the item what and when, newest first.
func (s *Store) ItemHistory(ctx context.Context, id string) ([]audit.Line, error) {
	return s.history(ctx, "checklist/"+id)
}
