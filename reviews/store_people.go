package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/reviews/classify"
)

// teamOf prepares the list of the practice for finding its people and places in texts. Who left is on it too: old mentions speak of them.
func teamOf(people []practice.Person, places []practice.Place) *classify.Team {
	members := make([]classify.Member, len(people))
	for i, p := range people {
		members[i] = classify.Member{ID: p.ID, Name: p.Name, Job: p.Job, Clinician: treats(p)}
	}
	spots := make([]classify.Spot, len(places))
	for i, p := range places {
		spots[i] = classify.Spot{ID: p.ID, Name: p.Name, City: p.City}
	}
	return classify.NewTeam(members, spots)
}

// treats tells whether patients call the person doctor.
func treats(p practice.Person) bool {
	if p.Role == practice.Clinician {
		return true
	}
	what := strings.ToLower(p.Job + " " + p.Credentials)
	for _, word := range []string{"doctor", "dentist", "physician", "orthodontist", "surgeon", "dds", "dmd", "m.d.", "md", "d.o.", "dpm", "od ", "optometrist"} {
		if strings.Contains(what, word) && !strings.Contains(what, "assistant") {
			return true
		}
	}
	return false
}

// Team is the list of the practice, ready to find its people and places in texts.
func (s *Store) Team(ctx context.Context) (*classify.Team, error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	places, err := s.practices.Places(ctx)
	if err != nil {
		return nil, err
	}
	return teamOf(people, places), nil
}

// About lists the people of the practice whom a mention speaks of. It is for the practice alone.
func (s *Store) About(ctx context.Context, mention int64) ([]int64, error) {
	ids, err := s.ids(ctx, `SELECT person_id FROM mention_people WHERE mention_id = ? ORDER BY person_id`, mention)
	if err != nil {
		return nil, fmt.Errorf("read whom the mention speaks of: %w", err)
	}
	return ids, nil
}

// partPeople and partPlace mark a mention of which a person said whom or which place it means.
const (
	partPeople = "people"
	partPlace  = "place"
)

// lookAgain keeps whom a mention speaks of by the list of the practice as it is now, and says which place it means and whether it is about others
// than before: mentions from before the practice had its list know of nobody yet. What a person or the source said stays.
func lookAgain(ctx context.Context, tx *sql.Tx, m Mention, team *classify.Team) (place int64, others bool, err error) {
	meant := team.Meant(m.Words())
	place = m.PlaceID
	if place == 0 && !slices.Contains(m.Corrected, partPlace) {
		place = meant.Place
	}
	if slices.Contains(m.Corrected, partPeople) {
		return place, false, nil
	}
	before, err := column[int64](tx.QueryContext(ctx, `SELECT person_id FROM mention_people WHERE mention_id = ? ORDER BY person_id`, m.ID))
	if err != nil {
		return place, false, fmt.Errorf("read whom the mention speaks of: %w", err)
	}
	if slices.Equal(before, slices.Sorted(slices.Values(meant.People))) {
		return place, false, nil
	}
	return place, true, speaksOf(ctx, tx, m.ID, meant.People, true)
}

// speaksOf keeps whom a mention speaks of, in place of what was kept before.
func speaksOf(ctx context.Context, tx *sql.Tx, mention int64, people []int64, anew bool) error {
	if anew {
		if _, err := tx.ExecContext(ctx, `DELETE FROM mention_people WHERE mention_id = ?`, mention); err != nil {
			return fmt.Errorf("keep whom the mention speaks of: %w", err)
		}
	}
	for _, id := range people {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO mention_people (mention_id, person_id) VALUES (?, ?)`, mention, id); err != nil {
			return fmt.Errorf("keep whom the mention speaks of: %w", err)
		}
	}
	return nil
}
