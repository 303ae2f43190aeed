package advocacy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Campaigns lists the campaigns, the latest period first.
func (s *Store) Campaigns(ctx context.Context) ([]Campaign, error) {
	return campaigns(ctx, s.db.Reader(), "1 = 1 ORDER BY from_day DESC, id DESC")
}

func campaigns(ctx context.Context, q database.Querier, where string, values ...any) ([]Campaign, error) {
	rows, err := q.QueryContext(ctx, `SELECT id, name, goal, aim, wanted, from_day, until_day, learned, created, by FROM campaigns WHERE `+where, values...)
	return database.List(rows, err, "read the campaigns", func(row database.Row) (c Campaign, err error) {
		var created int64
		err = row.Scan(&c.ID, &c.Name, &c.Goal, &c.Aim, &c.Wanted, &c.From, &c.Until, &c.Learned, &created, &c.By)
		c.Created = clock.Unix(created)
		return c, err
	})
}

// SaveCampaign adds a campaign or changes one; a number that is not there any more brings a removed one back.
func (s *Store) SaveCampaign(ctx context.Context, c Campaign, by audit.Actor) (Campaign, error) {
	c.Name, c.Aim, c.Learned = strings.TrimSpace(c.Name), strings.TrimSpace(c.Aim), strings.TrimSpace(c.Learned)
	if err := c.check(); err != nil {
		return c, err
	}
	if err := s.mayArrange(ctx, by); err != nil {
		return c, err
	}
	if c.Created.IsZero() {
		c.Created, c.By = s.now(), by.ID
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO campaigns (id, name, goal, aim, wanted, from_day, until_day, learned, created, by) VALUES (NULLIF(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, goal = excluded.goal, aim = excluded.aim, wanted = excluded.wanted, from_day = excluded.from_day,
			until_day = excluded.until_day, learned = excluded.learned`, c.ID, c.Name, c.Goal, c.Aim, c.Wanted, c.From, c.Until, c.Learned, clock.Seconds(c.Created), c.By)
		if err != nil {
			return fmt.Errorf("save the campaign: %w", err)
		}
		if c.ID == 0 {
			if c.ID, err = result.LastInsertId(); err != nil {
				return err
			}
		}
		return s.logCampaign(ctx, tx, c.ID, by, "saved a campaign", "", c.Name)
	})
	if err == nil {
		s.tell()
	}
	return c, err
}

func (s *Store) logCampaign(ctx context.Context, tx *sql.Tx, id int64, by audit.Actor, did, before, after string) error {
	return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: did, Subject: fmt.Sprintf("campaign/%d", id), Before: before, After: after})
}

// RemoveCampaign takes a campaign away and returns it, so that SaveCampaign can bring it back. Its posts stay and remember it.
func (s *Store) RemoveCampaign(ctx context.Context, id int64, by audit.Actor) (Campaign, error) {
	var gone Campaign
	if err := s.mayArrange(ctx, by); err != nil {
		return gone, err
	}
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		list, err := campaigns(ctx, tx, "id = ?", id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return refusal.Because(ErrNotFound, "There is no campaign with number %d", id)
		}
		gone = list[0]
		if _, err := tx.ExecContext(ctx, `DELETE FROM campaigns WHERE id = ?`, id); err != nil {
			return fmt.Errorf("remove the campaign: %w", err)
		}
		return s.logCampaign(ctx, tx, id, by, "removed a campaign", gone.Name, "")
	})
	if err == nil {
		s.tell()
	}
	return gone, err
}

// JoinCampaign puts a post into a campaign; 0 takes it out of any.
func (s *Store) JoinCampaign(ctx context.Context, spotlightID, campaignID int64, by audit.Actor) error {
	return s.change(ctx, spotlightID, by, func(tx *sql.Tx, step Step) error {
		name := ""
		if campaignID != 0 {
			list, err := campaigns(ctx, tx, "id = ?", campaignID)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				return refusal.Because(ErrNotFound, "There is no campaign with number %d", campaignID)
			}
			name = list[0].Name
		}
		if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET campaign_id = ? WHERE id = ?`, campaignID, spotlightID); err != nil {
			return fmt.Errorf("put the post into the campaign: %w", err)
		}
		return s.log(ctx, tx, spotlightID, by, "put the post into a campaign", "", name)
	})
}

// Reports gives every campaign with its posts and what came of them.
func (s *Store) Reports(ctx context.Context) ([]Report, error) {
	list, err := s.Campaigns(ctx)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	p, err := s.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	posts, err := s.List(ctx, Filter{Archived: true})
	if err != nil {
		return nil, err
	}
	effects, err := s.effects(ctx)
	if err != nil {
		return nil, err
	}
	reports := make([]Report, len(list))
	for i, c := range list {
		reports[i] = Report{Campaign: c, Effects: effects, Today: day(p, s.now()), Home: p.Location(), Practice: p.Name}
		for _, v := range posts {
			if v.CampaignID == c.ID {
				reports[i].Posts = append(reports[i].Posts, v)
			}
		}
	}
	return reports, nil
}

// effects reads what came of each post: the newest look on each network, and all applications and bookings that named it.
func (s *Store) effects(ctx context.Context) (effects map[int64]Effect, err error) {
	effects = map[int64]Effect{}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT spotlight_id, reach, COALESCE(likes, shares, comments), COALESCE(likes, 0) + COALESCE(shares, 0) + COALESCE(comments, 0), 0, 0
		FROM results r WHERE NOT EXISTS (SELECT 1 FROM results n WHERE n.spotlight_id = r.spotlight_id AND n.network = r.network AND (n.seen, n.id) > (r.seen, r.id))
		UNION ALL SELECT spotlight_id, NULL, NULL, 0, CASE WHEN kind = 'application' THEN many ELSE 0 END, CASE WHEN kind = 'booking' THEN many ELSE 0 END FROM outcomes`)
	if err != nil {
		return nil, fmt.Errorf("read what came of the posts: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var id int64
		var reach, known sql.NullInt64
		var reactions, applications, bookings int
		if err := rows.Scan(&id, &reach, &known, &reactions, &applications, &bookings); err != nil {
			return nil, fmt.Errorf("read what came of the posts: %w", err)
		}
		e := effects[id]
		e.Reach, e.ReachKnown = e.Reach+int(reach.Int64), e.ReachKnown || reach.Valid
		e.Reactions, e.ReactKnown = e.Reactions+reactions, e.ReactKnown || known.Valid
		e.Applications, e.Bookings = e.Applications+applications, e.Bookings+bookings
		effects[id] = e
	}
	return effects, rows.Err()
}
