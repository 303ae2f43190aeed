package advocacy

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Plan adds a post that is about nobody in particular, at the draft: a health tip, a reminder of the season, an event, an open position.
// PersonID is the colleague who looks after it; it need not be set while an actor acts.
func (s *Store) Plan(ctx context.Context, v Spotlight, by audit.Actor) (Spotlight, error) {
	if !v.Kind.Public() {
		return v, refusal.Because(ErrStep, "Nominate a colleague for a spotlight")
	}
	if v.PersonID == 0 {
		v.PersonID = by.ID
	}
	if _, err := s.practices.Person(ctx, v.PersonID); err != nil {
		return v, refusal.Because(ErrRights, "Choose who is working first: somebody looks after the post")
	}
	tip, ready := TipByID(v.Education.Tip)
	if ready {
		v.Kind = KindEducation
		v.Education.Source, v.Education.URL = tip.Source, tip.URL
		if v.Title == "" {
			v.Title = tip.Title
		}
		if tip.Reminder {
			v.Occasion = OccasionReminder
		}
	}
	if v.Kind != KindEducation {
		v.Education = Education{}
	}
	v.Education.By, v.Education.Approved, v.Education.At = 0, "", time.Time{}
	if v.Occasion != OccasionReminder || v.Kind != KindEducation {
		v.Occasion = v.Kind.Occasion()
	}
	if v.Title = strings.TrimSpace(v.Title); v.Title == "" {
		return v, refusal.Because(ErrStep, "Give the post a title")
	}
	v.Reason, v.By, v.Stage, v.Created, v.Changed = strings.TrimSpace(v.Reason), by.ID, DraftStage, s.now(), s.now()
	p, err := s.practices.Get(ctx)
	if err != nil {
		return v, err
	}
	v.Variants = nil
	if ready {
		v.Variants = shortest(writePublic(v), p)
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `INSERT INTO spotlights (person_id, occasion, title, reason, by, stage, due, schedule, created, changed, kind, education, campaign_id, series_id, series_day)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, v.PersonID, v.Occasion, v.Title, v.Reason, v.By, v.Stage, v.Due, clock.Seconds(v.Schedule),
			clock.Seconds(v.Created), clock.Seconds(v.Changed), v.Kind, database.Pack(v.Education), v.CampaignID, v.SeriesID, v.SeriesDay)
		if err != nil {
			return fmt.Errorf("save the post: %w", err)
		}
		if v.ID, err = result.LastInsertId(); err != nil {
			return err
		}
		return s.log(ctx, tx, v.ID, by, "planned a post", "", v.Title)
	})
	if err != nil {
		return v, err
	}
	for _, variant := range v.Variants {
		if _, _, err := s.SaveVariant(ctx, v.ID, variant, by); err != nil {
			return v, err
		}
	}
	s.tell(v.ID)
	return s.Find(ctx, v.ID)
}

// shortest leaves out the texts that do not fit their network.
func shortest(variants []Variant, p practice.Practice) []Variant {
	var fit []Variant
	for _, v := range variants {
		if n, ok := NetworkByID(v.Network); ok && !n.Picture && Fits(v.Network, v.Whole(p)) == nil {
			fit = append(fit, v)
		}
	}
	return fit
}

// SaveEducation says on which trusted page a post about health stands and when somebody read it. An approval holds only as long as the page
// stays the same.
func (s *Store) SaveEducation(ctx context.Context, id int64, e Education, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		v := step.Spotlight
		if v.Kind != KindEducation {
			return refusal.Because(ErrStep, "Only a post about health names a source")
		}
		if err := beforeReview(v); err != nil {
			return err
		}
		e.Source, e.URL, e.Read = strings.TrimSpace(e.Source), strings.TrimSpace(e.URL), strings.TrimSpace(e.Read)
		if err := e.check(step.day(step.Now)); err != nil {
			return err
		}
		e.Tip, e.By, e.At, e.Approved = v.Education.Tip, v.Education.By, v.Education.At, v.Education.Approved
		return s.writeEducation(ctx, tx, id, e, by, "named the source", v.Education.URL, e.URL)
	})
}

// ApproveHealth notes that a clinician of the practice stands behind the texts of a post about health exactly as they are now.
func (s *Store) ApproveHealth(ctx context.Context, id int64, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := step.MayApproveHealth(); err != nil {
			return err
		}
		e := step.Spotlight.Education
		e.By, e.At, e.Approved = by.ID, s.now(), step.healthWords()
		return s.writeEducation(ctx, tx, id, e, by, "approved what it says about health", "", "sha256:"+e.Approved)
	})
}

// WithdrawHealth ends the approval. Any clinician may, and whoever approves posts: it only makes less be said. A scheduled post goes back
// to the draft.
func (s *Store) WithdrawHealth(ctx context.Context, id int64, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		v := step.Spotlight
		if v.Education.By == 0 {
			return refusal.Because(ErrStep, "Nobody has approved it")
		}
		if step.Actor.Role != practice.Clinician && !step.Actor.Role.MayApprove() {
			return refusal.Because(ErrRights, "A clinician takes an approval back, or whoever approves posts")
		}
		e := v.Education
		e.By, e.At, e.Approved = 0, time.Time{}, ""
		if err := s.writeEducation(ctx, tx, id, e, by, "took the approval of what it says about health back", step.nameOf(v.Education.By), ""); err != nil {
			return err
		}
		if v.Stage == Scheduled && !posted(v) {
			return s.moveTo(ctx, tx, v, DraftStage, "The clinician's approval was taken back.", by)
		}
		return nil
	})
}

func (s *Store) writeEducation(ctx context.Context, tx *sql.Tx, id int64, e Education, by audit.Actor, did, before, after string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE spotlights SET education = ? WHERE id = ?`, database.Pack(e), id); err != nil {
		return fmt.Errorf("save what the post stands on: %w", err)
	}
	return s.log(ctx, tx, id, by, did, before, after)
}
