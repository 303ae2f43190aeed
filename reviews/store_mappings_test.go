package reviews_test

import (
	"maps"
	"testing"
	"time"

	"goodword/internal/audit"
)

func TestAMappingIsKeptOncePerColumns(t *testing.T) {
	d := open(t)
	if got, at, err := d.SavedMapping(ctx, "abc"); err != nil || got != nil || !at.IsZero() {
		t.Errorf("got %v, %s, %v; want none", got, at, err)
	}
	first, second := map[string]string{"text": "Said"}, map[string]string{"text": "Heard", "stars": "Marks"}
	must(t, d.SaveMapping(ctx, "abc", first, d.manager))
	d.at = d.at.Add(time.Hour)
	must(t, d.SaveMapping(ctx, "abc", first, d.manager))
	if _, at, err := d.SavedMapping(ctx, "abc"); err != nil || !at.Equal(monday) {
		t.Errorf("got %s, %v; want %s: nothing was changed", at, err, monday)
	}
	must(t, d.SaveMapping(ctx, "abc", second, d.manager))
	if got, at, err := d.SavedMapping(ctx, "abc"); err != nil || !maps.Equal(got, second) || !at.Equal(d.at) {
		t.Errorf("got %v, %s, %v; want %v of %s", got, at, err, second, d.at)
	}
	lines, err := audit.List(ctx, d.db.Reader(), "mapping/abc", 10)
	must(t, err)
	if len(lines) != 2 {
		t.Errorf("got %d lines in the audit log, want 2", len(lines))
	}
}
