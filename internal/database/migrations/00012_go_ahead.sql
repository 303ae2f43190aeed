-- +goose Up

-- Who agreed that a mention may be answered in public, where its signal says that somebody must: counsel to a legal threat. It holds for the review as
-- it read then.
CREATE TABLE go_aheads (
    mention_id INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    agreed_by  TEXT NOT NULL, -- counsel, insurer and so on
    name       TEXT NOT NULL,
    reason     TEXT NOT NULL,
    at         INTEGER NOT NULL,
    recorder   INTEGER NOT NULL,
    revision   INTEGER NOT NULL
) STRICT;

-- +goose Down
DROP TABLE go_aheads;
