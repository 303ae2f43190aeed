package insight_test

import (
	"database/sql"
	"testing"
)

// BenchmarkLookForMoves looks at a million mentions of three years.
func BenchmarkLookForMoves(b *testing.B) {
	d := open(b)
	err := d.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)
			INSERT INTO mentions (source_id, site, key, url, author, title, text, stars, at, posted, seen, about, imported, status, owed, due, language, sentiment,
				score, topics, urgency, signals, content, story, address)
			SELECT 0, 'google', 'k' || i, '', 'writer ' || i, '', 'we came on time and waited word' || (i * 7919 % 5003) || ' and then word' || (i * 104729 % 997) || ' was said by staff' || (i % 40),
				CASE WHEN i % 7 = 0 THEN 1 ELSE 5 END, ?1 - (1000000 - i) * 94, 0, 0, 0, 0, 'read', 0, 0, 'en', CASE WHEN i % 7 = 0 THEN 'negative' ELSE 'positive' END,
				0, CASE i % 4 WHEN 0 THEN '["wait_time"]' WHEN 1 THEN '["billing_insurance","wait_time"]' ELSE '[]' END, '', '[]', i, 0, 0 FROM n`, d.at.Unix())
		if err == nil {
			_, err = tx.Exec(`INSERT INTO mentions_words (mentions_words) VALUES ('rebuild')`)
		}
		return err
	})
	must(b, err)
	for b.Loop() {
		fresh := *d
		fresh.Reader = d.again()
		if _, err := fresh.LookForMoves(ctx); err != nil {
			b.Fatal(err)
		}
	}
}
