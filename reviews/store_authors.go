package reviews

import (
	"context"
	"strings"

	"goodword/internal/database"
)

// Wrote returns those of the names under which somebody wrote about the practice, as the site shows them, so that no post says who was here.
func (s *Store) Wrote(ctx context.Context, names []string) ([]string, error) {
	phrases := make([]string, 0, len(names))
	asked := map[string]bool{}
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			phrases = append(phrases, `"`+strings.ReplaceAll(name, `"`, " ")+`"`)
			asked[strings.ToLower(name)] = true
		}
	}
	if len(phrases) == 0 {
		return nil, nil
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT DISTINCT author FROM mentions WHERE id IN (`+hitsOf+`)`, "author : ("+strings.Join(phrases, " OR ")+")")
	shown, err := database.List(rows, err, "read who wrote", database.Value[string])
	if err != nil {
		return nil, err
	}
	var wrote []string
	for _, author := range shown {
		if asked[strings.ToLower(strings.Join(strings.Fields(author), " "))] {
			wrote = append(wrote, author)
		}
	}
	return wrote, nil
}
