-- What the practice says of its own people: spotlights, the consents they stand on, and what must be taken down.

-- +goose Up
CREATE TABLE consents (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    uses      TEXT NOT NULL, -- JSON list
    networks  TEXT NOT NULL, -- JSON list; empty means all
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL DEFAULT '',
    form      TEXT NOT NULL DEFAULT '',
    given     INTEGER NOT NULL,
    by        INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX consents_person ON consents (person_id);

CREATE TABLE spotlights (
    id              INTEGER PRIMARY KEY,
    person_id       INTEGER NOT NULL REFERENCES people (id),
    occasion        TEXT NOT NULL,
    title           TEXT NOT NULL,
    reason          TEXT NOT NULL DEFAULT '',
    by              INTEGER NOT NULL,
    stage           TEXT NOT NULL,
    note            TEXT NOT NULL DEFAULT '',
    mention_id      INTEGER NOT NULL DEFAULT 0, -- another domain's record, so no reference
    due             TEXT NOT NULL DEFAULT '',
    schedule        INTEGER NOT NULL DEFAULT 0,
    created         INTEGER NOT NULL,
    changed         INTEGER NOT NULL,
    answers         TEXT NOT NULL DEFAULT '[]',
    picture_file    TEXT NOT NULL DEFAULT '',
    picture_hash    TEXT NOT NULL DEFAULT '',
    picture_alt     TEXT NOT NULL DEFAULT '',
    picture_checked TEXT NOT NULL DEFAULT '[]',
    picture_by      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX spotlights_stage ON spotlights (stage, schedule);
CREATE INDEX spotlights_person ON spotlights (person_id);

-- The copies of pictures, so that one backup file holds all.
CREATE TABLE pictures (
    file TEXT PRIMARY KEY, -- named after the hash
    data BLOB NOT NULL
) STRICT;

CREATE TABLE variants (
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id) ON DELETE CASCADE,
    network      TEXT NOT NULL,
    text         TEXT NOT NULL,
    disclosure   INTEGER NOT NULL DEFAULT 1,
    verdict      TEXT NOT NULL DEFAULT '',
    author       INTEGER NOT NULL DEFAULT 0,
    posted_at    INTEGER NOT NULL DEFAULT 0,
    posted_url   TEXT NOT NULL DEFAULT '',
    posted_by    INTEGER NOT NULL DEFAULT 0,
    consent_id   INTEGER REFERENCES consents (id), -- the consent it was posted under
    taken_down   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (spotlight_id, network)
) STRICT, WITHOUT ROWID;

CREATE TABLE takedowns (
    id           INTEGER PRIMARY KEY,
    consent_id   INTEGER NOT NULL REFERENCES consents (id),
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id),
    network      TEXT NOT NULL,
    url          TEXT NOT NULL DEFAULT '',
    opened       INTEGER NOT NULL,
    done         INTEGER NOT NULL DEFAULT 0,
    by           INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX takedowns_open ON takedowns (done, opened);

-- +goose Down
DROP TABLE takedowns;
DROP TABLE variants;
DROP TABLE pictures;
DROP TABLE spotlights;
DROP TABLE consents;
