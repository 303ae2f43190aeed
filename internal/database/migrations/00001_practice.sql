-- +goose Up
-- What all three domains stand on: the practice, its places and people, the audit chain, the network ledger.
-- Times are whole seconds since 1970 in UTC; 0 means "not known". Days are texts such as 2026-11-22.
CREATE TABLE practice (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    name          TEXT NOT NULL,
    phone         TEXT NOT NULL DEFAULT '',
    email         TEXT NOT NULL DEFAULT '',
    website       TEXT NOT NULL DEFAULT '',
    city          TEXT NOT NULL DEFAULT '',
    region        TEXT NOT NULL DEFAULT '',
    country       TEXT NOT NULL DEFAULT 'US',
    time_zone     TEXT NOT NULL DEFAULT '',
    contact_name  TEXT NOT NULL DEFAULT '',
    contact_role  TEXT NOT NULL DEFAULT '',
    apology       TEXT NOT NULL DEFAULT 'regret' CHECK (apology IN ('none', 'regret', 'apology')),
    disciplines   TEXT NOT NULL DEFAULT '[]',
    watch_words   TEXT NOT NULL DEFAULT '[]',
    facts         TEXT NOT NULL DEFAULT '{}',
    hours         TEXT NOT NULL DEFAULT '{}',
    targets       TEXT NOT NULL DEFAULT '{}',
    sample        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE places (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    address  TEXT NOT NULL DEFAULT '',
    city     TEXT NOT NULL DEFAULT '',
    phone    TEXT NOT NULL DEFAULT '',
    pages    TEXT NOT NULL DEFAULT '{}'
) STRICT;

CREATE TABLE people (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,
    role        TEXT NOT NULL DEFAULT 'staff',
    job         TEXT NOT NULL DEFAULT '',
    credentials TEXT NOT NULL DEFAULT '',
    email       TEXT NOT NULL DEFAULT '',
    place_id    INTEGER REFERENCES places (id),
    hired_on    TEXT NOT NULL DEFAULT '',
    left_on     TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    person    TEXT NOT NULL,
    did       TEXT NOT NULL,
    subject   TEXT NOT NULL,
    before    TEXT NOT NULL DEFAULT '',
    after     TEXT NOT NULL DEFAULT '',
    previous  TEXT NOT NULL,
    hash      TEXT NOT NULL
) STRICT;
CREATE INDEX audit_subject ON audit (subject, id);

CREATE TABLE ledger (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    host   TEXT NOT NULL,
    why    TEXT NOT NULL,
    status INTEGER NOT NULL,
    sent   INTEGER NOT NULL,
    got    INTEGER NOT NULL,
    error  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX ledger_at ON ledger (at);

-- +goose Down
DROP TABLE ledger;
DROP TABLE audit;
DROP TABLE settings;
DROP TABLE people;
DROP TABLE places;
DROP TABLE practice;
