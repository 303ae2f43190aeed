package database

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
)

// Pack writes a list or a struct for a text column, or for a line of the audit log.
func Pack(v any) string {
	text, err := json.Marshal(v)
	if err != nil { // never, for what the domains store
		return "null"
	}
	return string(text)
}

// Unpack reads what Pack wrote; an empty text leaves into as it is.
func Unpack(text string, into any) error {
	if text == "" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}

// Save updates the row of an id, or inserts a row where the id is 0, and returns its id. The id is the last parameter of update.
func Save(ctx context.Context, tx *sql.Tx, id int64, insert, update string, values ...any) (int64, error) {
	if id != 0 {
		_, err := tx.ExecContext(ctx, update, append(values, id)...)
		return id, err
	}
	result, err := tx.ExecContext(ctx, insert, values...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// Row is one row of an answer.
type Row interface{ Scan(into ...any) error }

// List reads every row of a query, each by scan. It takes what the query returned, and what was to be done, as "read the incidents", for its error.
func List[T any](rows *sql.Rows, err error, doing string, scan func(Row) (T, error)) ([]T, error) {
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", doing, err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	return all, nil
}

// Value is the scan of a row of one column.
func Value[T any](row Row) (v T, err error) {
	err = row.Scan(&v)
	return v, err
}
