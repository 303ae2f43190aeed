-- +goose Up

-- A module that the compliance officer gives to one person, beside what their role asks for. It stands until it is passed or taken back.
CREATE TABLE assignments (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES people (id),
    module_id  TEXT NOT NULL,
    due        TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    by         TEXT NOT NULL,
    removed    INTEGER NOT NULL DEFAULT 0,
    removed_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX assignments_person ON assignments (person_id, module_id);

-- +goose Down
DROP TABLE assignments;
