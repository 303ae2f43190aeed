package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// Accounts lists the practice's own accounts, in the order of the networks.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	list, err := accounts(ctx, s.db.Reader(), "1 = 1")
	slices.SortFunc(list, func(a, b Account) int { return place(a.Network) - place(b.Network) })
	return list, err
}

func accounts(ctx context.Context, q database.Querier, where string, values ...any) ([]Account, error) {
	rows, err := q.QueryContext(ctx, `SELECT network, server, handle, shows, inside, added, by FROM accounts WHERE `+where, values...)
	return database.List(rows, err, "read the accounts", func(row database.Row) (a Account, err error) {
		var added int64
		err = row.Scan(&a.Network, &a.Server, &a.Handle, &a.Shows, &a.Inside, &added, &a.By)
		a.Added = clock.Unix(added)
		return a, err
	})
}

// Account finds the practice's account on a network, or returns ErrNotFound.
func (s *Store) Account(ctx context.Context, network string) (Account, error) {
	return account(ctx, s.db.Reader(), network)
}

func account(ctx context.Context, q database.Querier, network string) (Account, error) {
	list, err := accounts(ctx, q, "network = ?", network)
	if err == nil && len(list) == 0 {
		n, _ := NetworkByID(network)
		err = refusal.Because(ErrNotFound, "There is no account for %s yet. Add it under Settings, Accounts", n.Name)
	}
	if err != nil {
		return Account{}, err
	}
	return list[0], nil
}

// SaveAccount stores the account on a network in place of the one before. Its password is the caller's to keep.
func (s *Store) SaveAccount(ctx context.Context, a Account, by audit.Actor) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO accounts (network, server, handle, shows, inside, added, by) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (network) DO UPDATE SET server = excluded.server, handle = excluded.handle, shows = excluded.shows,
			inside = excluded.inside, added = excluded.added, by = excluded.by`, a.Network, a.Server, a.Handle, a.Shows, a.Inside, clock.Seconds(s.now()), by.ID)
		if err != nil {
			return fmt.Errorf("save the account: %w", err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "connected an account", Subject: "account/" + a.Network, After: a.Handle + " at " + a.Server})
	})
	if err == nil {
		s.tell()
	}
	return err
}

// RemoveAccount forgets the account on a network. What was posted with it stays on record.
func (s *Store) RemoveAccount(ctx context.Context, network string, by audit.Actor) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		a, err := account(ctx, tx, network)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM accounts WHERE network = ?`, network); err != nil {
			return fmt.Errorf("forget the account: %w", err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "disconnected an account", Subject: "account/" + network, Before: a.Handle + " at " + a.Server})
	})
	if err == nil {
		s.tell()
	}
	return err
}

// BeginPost writes down that the text for a network is about to be posted with the practice's account, and returns it with the picture exactly
// as the rules let them out now. A try that was never settled is taken up again as the same post, so that it can be looked for.
func (s *Store) BeginPost(ctx context.Context, id int64, network string, appears time.Time, by audit.Actor) (Post, error) {
	v, err := s.Find(ctx, id)
	if err != nil {
		return Post{}, err
	}
	var picture Rendition
	if v.Picture.File != "" {
		if picture, err = s.Render(ctx, v.Picture, network); err != nil {
			return Post{}, err
		}
	}
	var p Post
	err = s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		consent, err := step.mayPostAs(network, appears)
		if err != nil {
			return err
		}
		if now := step.Spotlight.Picture; now.Hash != v.Picture.Hash || now.Crops[network] != v.Picture.Crops[network] || now.Alt != v.Picture.Alt {
			return refusal.Because(ErrStep, "The picture was changed meanwhile. Try again")
		}
		a, err := account(ctx, tx, network)
		if err != nil {
			return err
		}
		p, err = s.takeUp(ctx, tx, step, a)
		if err != nil {
			return err
		}
		p.Picture, p.ConsentID, p.Appears, p.By = picture, consent.ID, appears, by.ID
		if err := s.writeTry(ctx, tx, &p, step.Spotlight.Picture.Hash); err != nil {
			return err
		}
		return s.log(ctx, tx, id, by, "sent the text to "+network, "", p.Text)
	})
	return p, err
}

// mayPostAs are the rules of a post with an account: those of any post, and a person who presses.
func (s Step) mayPostAs(network string, appears time.Time) (Consent, error) {
	if s.Actor.ID == 0 {
		return Consent{}, refusal.Because(ErrRights, "Choose who is working first: a post carries a name")
	}
	consent, err := s.MayPost(network)
	if err != nil {
		return consent, err
	}
	if n, _ := NetworkByID(network); n.Practice {
		if err := s.titleClear(consent, n); err != nil {
			return consent, err
		}
	}
	if v, _ := s.Spotlight.Variant(network); !v.PostedAt.IsZero() && v.TakenDown.IsZero() {
		n, _ := NetworkByID(network)
		return consent, refusal.Because(ErrStep, "It is posted on %s already", n.Name)
	}
	if appears.IsZero() {
		return consent, nil
	}
	if err := s.ahead(appears); err != nil {
		return consent, err
	}
	return s.covered(network, appears)
}

// titleClear asks of the title, which stands above the text on the practice's own pages, what is asked of the text.
func (s Step) titleClear(consent Consent, n Network) error {
	title := s.Spotlight.Title
	if tells(title, s.Person.Credentials) && !slices.Contains(consent.Uses, UseCredentials) {
		return refusal.Because(ErrConsent, "The title gives the credentials of %s, which the consent does not cover. Change the title", s.Person.Name)
	}
	result := s.gate(title)
	for _, f := range result.Findings {
		if f.Severity == guard.Block && f.Rule != "consent-missing" { // the text below says it
			return refusal.Because(ErrGate, "The title cannot be published on %s: \"%s\". %s", n.Name, f.Quote, f.Why)
		}
	}
	return nil
}

// takeUp is the post that was begun and never settled, or a new one.
func (s *Store) takeUp(ctx context.Context, tx *sql.Tx, step Step, a Account) (Post, error) {
	v, _ := step.Spotlight.Variant(a.Network)
	fresh := Post{SpotlightID: step.Spotlight.ID, Network: a.Network, Server: a.Server, Handle: a.Handle, Title: step.Spotlight.Title, Text: v.Whole(step.Practice), Began: s.now()}
	list, err := posts(ctx, tx, "network = ? ORDER BY id DESC", a.Network)
	if err != nil {
		return fresh, err
	}
	var known []string
	for _, p := range list {
		if p.State == PostMade {
			known = append(known, p.Remote)
		}
	}
	for _, p := range list {
		switch {
		case p.SpotlightID != fresh.SpotlightID || p.State == PostMade || p.State == PostRefused || p.Server != a.Server || p.Handle != a.Handle:
			continue
		case p.underWay(s.now()):
			return p, refusal.Because(ErrStep, "It is being posted just now. Give it a moment")
		case p.Text != fresh.Text:
			p.Before, p.Text = p.Text, fresh.Text // what may be up already is looked for by the words it was sent with
		}
		p.Known = known
		return p, nil // under the title of the first try, by which it is looked for
	}
	fresh.Known = known
	return fresh, nil
}

// writeTry notes a try before anything is sent.
func (s *Store) writeTry(ctx context.Context, tx *sql.Tx, p *Post, picture string) error {
	p.Tried, p.Tries, p.State, p.Problem = s.now(), p.Tries+1, PostTrying, ""
	var err error
	if p.ID != 0 {
		_, err = tx.ExecContext(ctx, `UPDATE posts SET title = ?, text = ?, before = ?, picture = ?, consent_id = NULLIF(?, 0), appears = ?, tried = ?, tries = ?, state = ?, problem = '', by = ? WHERE id = ?`,
			p.Title, p.Text, p.Before, picture, p.ConsentID, clock.Seconds(p.Appears), clock.Seconds(p.Tried), p.Tries, p.State, p.By, p.ID)
	} else {
		var result sql.Result
		result, err = tx.ExecContext(ctx, `INSERT INTO posts (spotlight_id, network, server, handle, title, text, picture, consent_id, appears, began, tried, tries, state, by)
			VALUES (?, ?, ?, ?, ?, ?, ?, NULLIF(?, 0), ?, ?, ?, ?, ?, ?)`, p.SpotlightID, p.Network, p.Server, p.Handle, p.Title, p.Text, picture, p.ConsentID,
			clock.Seconds(p.Appears), clock.Seconds(p.Began), clock.Seconds(p.Tried), p.Tries, p.State, p.By)
		if err == nil {
			p.ID, err = result.LastInsertId()
		}
	}
	if err != nil {
		return fmt.Errorf("note the try: %w", err)
	}
	return nil
}

// EndPost notes that the network has the post. It is up whatever happened meanwhile: should the consent under it be gone, it stands on the
// take-down list at once.
func (s *Store) EndPost(ctx context.Context, p Post, made Made, by audit.Actor) error {
	return s.change(ctx, p.SpotlightID, by, func(tx *sql.Tx, step Step) error {
		at := s.now()
		if _, err := tx.ExecContext(ctx, `UPDATE posts SET state = ?, remote = ?, url = ?, made = ?, problem = '' WHERE id = ?`, PostMade, made.Remote, made.URL, clock.Seconds(at), p.ID); err != nil {
			return fmt.Errorf("note the post: %w", err)
		}
		_, err := tx.ExecContext(ctx, `UPDATE variants SET posted_at = ?, posted_url = ?, posted_by = ?, consent_id = NULLIF(?, 0), taken_down = 0 WHERE spotlight_id = ? AND network = ?`,
			clock.Seconds(at), made.URL, by.ID, p.ConsentID, p.SpotlightID, p.Network)
		if err != nil {
			return fmt.Errorf("note the post: %w", err)
		}
		if err := s.log(ctx, tx, p.SpotlightID, by, "posted on "+p.Network, "", made.URL); err != nil {
			return err
		}
		now, err := find(ctx, tx, p.SpotlightID)
		if err != nil {
			return err
		}
		step.Spotlight = now
		if _, err := s.openTakeDowns(ctx, tx, step, ground{consent: p.ConsentID}, by); err != nil {
			return err
		}
		if order(now.Stage) >= order(Published) || !allPosted(now) {
			return nil
		}
		return s.moveTo(ctx, tx, now, Published, "", by)
	})
}

// FailPost notes what became of a try that did not succeed: refused, or unsure when no answer came.
func (s *Store) FailPost(ctx context.Context, p Post, state PostState, problem string, by audit.Actor) error {
	return s.change(ctx, p.SpotlightID, by, func(tx *sql.Tx, _ Step) error {
		if _, err := tx.ExecContext(ctx, `UPDATE posts SET state = ?, problem = ? WHERE id = ? AND state <> ?`, state, problem, p.ID, PostMade); err != nil {
			return fmt.Errorf("note the try: %w", err)
		}
		return s.log(ctx, tx, p.SpotlightID, by, "could not post on "+p.Network, "", problem)
	})
}

// Posts lists what was posted, or tried, with the practice's accounts for a spotlight, newest first; 0 means for all.
func (s *Store) Posts(ctx context.Context, spotlight int64) ([]Post, error) {
	return posts(ctx, s.db.Reader(), "?1 = 0 OR spotlight_id = ?1 ORDER BY id DESC", spotlight)
}

func posts(ctx context.Context, q database.Querier, where string, values ...any) ([]Post, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, spotlight_id, network, server, handle, title, text, before, COALESCE(consent_id, 0), appears, began, tried, tries, state, remote, url, made, problem, by
		FROM posts WHERE `+where, values...)
	return database.List(rows, err, "read the posts", func(row database.Row) (p Post, err error) {
		var appears, began, tried, made int64
		err = row.Scan(&p.ID, &p.SpotlightID, &p.Network, &p.Server, &p.Handle, &p.Title, &p.Text, &p.Before, &p.ConsentID, &appears, &began, &tried, &p.Tries, &p.State,
			&p.Remote, &p.URL, &made, &p.Problem, &p.By)
		p.Appears, p.Began, p.Tried, p.Made = clock.Unix(appears), clock.Unix(began), clock.Unix(tried), clock.Unix(made)
		return p, err
	})
}
