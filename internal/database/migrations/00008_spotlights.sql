-- +goose Up
-- Spotlights in full (issue 6): releases and scans, posts and results, series and campaigns, education.

-- Consents in full: the language of the paper, who signs for somebody under age, the signed copy. (S1)
ALTER TABLE consents ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE consents ADD COLUMN guardian TEXT NOT NULL DEFAULT '';         -- who signed for somebody under age
ALTER TABLE consents ADD COLUMN adult_on TEXT NOT NULL DEFAULT '';         -- the day from which they decide alone; empty: of age
ALTER TABLE consents ADD COLUMN scan TEXT NOT NULL DEFAULT '';             -- SHA-256 of the signed copy
ALTER TABLE consents ADD COLUMN withdrawn_by INTEGER NOT NULL DEFAULT 0;

-- Signed papers as they were scanned, byte for byte. Nothing here is ever deleted by the program.
CREATE TABLE scans (
    hash  TEXT PRIMARY KEY, -- SHA-256 of data
    kind  TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
    data  BLOB NOT NULL,
    added INTEGER NOT NULL,
    by    INTEGER NOT NULL
) STRICT;

-- What a patient authorized for one spotlight (45 CFR 164.508). Never a consent of staff, and no consent ever stands for one.
CREATE TABLE authorizations (
    id             INTEGER PRIMARY KEY,
    spotlight_id   INTEGER NOT NULL REFERENCES spotlights (id),
    patient        TEXT NOT NULL,
    describes      TEXT NOT NULL,
    discloser      TEXT NOT NULL,
    networks       TEXT NOT NULL, -- JSON list; only these
    purpose        TEXT NOT NULL,
    until_day      TEXT NOT NULL,
    signed_on      TEXT NOT NULL,
    representative TEXT NOT NULL DEFAULT '',
    authority      TEXT NOT NULL DEFAULT '',
    statements     TEXT NOT NULL, -- JSON list
    language       TEXT NOT NULL DEFAULT 'en',
    scan           TEXT NOT NULL DEFAULT '',
    given          INTEGER NOT NULL,
    by             INTEGER NOT NULL,
    withdrawn      INTEGER NOT NULL DEFAULT 0,
    withdrawn_by   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX authorizations_spotlight ON authorizations (spotlight_id);

ALTER TABLE spotlights ADD COLUMN patients INTEGER NOT NULL DEFAULT 0;             -- how many are shown or told of
ALTER TABLE spotlights ADD COLUMN picture_people TEXT NOT NULL DEFAULT '[]';       -- JSON list: colleagues beside the one it is about
ALTER TABLE spotlights ADD COLUMN picture_crops TEXT NOT NULL DEFAULT '{}';        -- JSON: network to the part that is shown there
ALTER TABLE spotlights ADD COLUMN picture_signed INTEGER NOT NULL DEFAULT 0;       -- who made the background checks
ALTER TABLE spotlights ADD COLUMN picture_signed_at INTEGER NOT NULL DEFAULT 0;
UPDATE spotlights SET picture_signed = picture_by, picture_signed_at = changed WHERE picture_checked NOT IN ('', '[]', 'null');

-- A post comes down for a consent or for an authorization that was withdrawn.
CREATE TABLE takedowns_of_both (
    id               INTEGER PRIMARY KEY,
    consent_id       INTEGER REFERENCES consents (id),
    authorization_id INTEGER REFERENCES authorizations (id),
    spotlight_id     INTEGER NOT NULL REFERENCES spotlights (id),
    network          TEXT NOT NULL,
    url              TEXT NOT NULL DEFAULT '',
    opened           INTEGER NOT NULL,
    done             INTEGER NOT NULL DEFAULT 0,
    by               INTEGER NOT NULL DEFAULT 0,
    CHECK ((consent_id IS NULL) <> (authorization_id IS NULL))
) STRICT;
INSERT INTO takedowns_of_both SELECT id, consent_id, NULL, spotlight_id, network, url, opened, done, by FROM takedowns;
DROP TABLE takedowns;
ALTER TABLE takedowns_of_both RENAME TO takedowns;
CREATE INDEX takedowns_open ON takedowns (done, opened);

-- The practice's own accounts, one on a network, and what was posted with them. Passwords are in the keychain. (S2)
CREATE TABLE accounts (
    network TEXT PRIMARY KEY,
    server  TEXT NOT NULL,
    handle  TEXT NOT NULL,
    shows   TEXT NOT NULL DEFAULT '',   -- the name that the network shows
    inside  INTEGER NOT NULL DEFAULT 0, -- the server is in the practice's own network
    added   INTEGER NOT NULL,
    by      INTEGER NOT NULL
) STRICT;

-- Each row is one post, however often it was tried. It is written before anything is sent, so that what became of it can be looked for.
CREATE TABLE posts (
    id           INTEGER PRIMARY KEY,
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id),
    network      TEXT NOT NULL,
    server       TEXT NOT NULL,
    handle       TEXT NOT NULL,
    title        TEXT NOT NULL,
    text         TEXT NOT NULL,
    before       TEXT NOT NULL DEFAULT '', -- the text of an earlier try, where it was another
    picture      TEXT NOT NULL DEFAULT '', -- SHA-256 of the picture as it was taken in
    consent_id   INTEGER REFERENCES consents (id), -- NULL: a public post, which is about nobody
    appears      INTEGER NOT NULL DEFAULT 0, -- when the network is to show it; 0: at once
    began        INTEGER NOT NULL,
    tried        INTEGER NOT NULL,
    tries        INTEGER NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('trying', 'unsure', 'refused', 'made')),
    remote       TEXT NOT NULL DEFAULT '', -- what the network calls it
    url          TEXT NOT NULL DEFAULT '',
    made         INTEGER NOT NULL DEFAULT 0,
    problem      TEXT NOT NULL DEFAULT '',
    by           INTEGER NOT NULL
) STRICT;
CREATE INDEX posts_spotlight ON posts (spotlight_id, network);

-- How a post was received: each row is one look, by hand or at what the network shows to everybody. NULL: not known.
CREATE TABLE results (
    id           INTEGER PRIMARY KEY,
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id),
    network      TEXT NOT NULL,
    seen         INTEGER NOT NULL,
    reach        INTEGER,
    likes        INTEGER,
    shares       INTEGER,
    comments     INTEGER,
    counted      TEXT NOT NULL CHECK (counted IN ('hand', 'network')),
    by           INTEGER NOT NULL
) STRICT;
CREATE INDEX results_spotlight ON results (spotlight_id, network, seen);

-- Applications and bookings that named a spotlight: how many, never who.
CREATE TABLE outcomes (
    id           INTEGER PRIMARY KEY,
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id),
    kind         TEXT NOT NULL CHECK (kind IN ('application', 'hire', 'booking')),
    many         INTEGER NOT NULL,
    day          TEXT NOT NULL,
    noted        INTEGER NOT NULL,
    by           INTEGER NOT NULL
) STRICT;
CREATE INDEX outcomes_spotlight ON outcomes (spotlight_id);

-- Who of the staff wants to share posts, and the thanks that were said.
CREATE TABLE sharers (
    person_id INTEGER PRIMARY KEY REFERENCES people (id),
    since     INTEGER NOT NULL,
    by        INTEGER NOT NULL
) STRICT;
CREATE TABLE thanks (
    id           INTEGER PRIMARY KEY,
    person_id    INTEGER NOT NULL REFERENCES people (id),
    spotlight_id INTEGER NOT NULL DEFAULT 0, -- 0: for none in particular
    words        TEXT NOT NULL,
    said         INTEGER NOT NULL,
    by           INTEGER NOT NULL
) STRICT;

-- Influencers and partners who speak for the practice.
CREATE TABLE partners (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    link       TEXT NOT NULL DEFAULT '',
    checks     TEXT NOT NULL DEFAULT '[]', -- JSON list of the checks of values that somebody made
    checked_by INTEGER NOT NULL DEFAULT 0,
    checked_at INTEGER NOT NULL DEFAULT 0,
    disclosure TEXT NOT NULL DEFAULT '',
    gets       TEXT NOT NULL DEFAULT '',
    from_day   TEXT NOT NULL DEFAULT '',
    until_day  TEXT NOT NULL DEFAULT '',
    note       TEXT NOT NULL DEFAULT '',
    ended      INTEGER NOT NULL DEFAULT 0,
    added      INTEGER NOT NULL,
    by         INTEGER NOT NULL
) STRICT;

-- The calendar: what comes back by a rule, campaigns, calendars that were taken in from elsewhere, and posts that show nobody. (S4)
ALTER TABLE spotlights ADD COLUMN kind TEXT NOT NULL DEFAULT 'spotlight' CHECK (kind IN ('spotlight', 'education', 'event', 'hiring'));
ALTER TABLE spotlights ADD COLUMN education TEXT NOT NULL DEFAULT '{}';    -- JSON: the source, and the clinician who stands behind the text
ALTER TABLE spotlights ADD COLUMN campaign_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spotlights ADD COLUMN series_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spotlights ADD COLUMN series_day TEXT NOT NULL DEFAULT '';     -- the turn of the series, by the day that the rule gives
CREATE TABLE series (
    id        INTEGER PRIMARY KEY,
    title     TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('spotlight', 'education', 'event', 'hiring')),
    note      TEXT NOT NULL DEFAULT '',
    first_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    rule      TEXT NOT NULL,              -- RFC 5545, without its end
    minute    INTEGER NOT NULL,           -- of the day, in the practice's own time
    changes   TEXT NOT NULL DEFAULT '{}', -- JSON: a day of the rule to the day it was moved to, or to nothing
    created   INTEGER NOT NULL,
    by        INTEGER NOT NULL
) STRICT;
CREATE TABLE campaigns (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    goal      TEXT NOT NULL CHECK (goal IN ('hiring', 'morale', 'education')),
    aim       TEXT NOT NULL DEFAULT '',
    wanted    INTEGER NOT NULL DEFAULT 0, -- how many of what the goal counts; 0: no number
    from_day  TEXT NOT NULL,
    until_day TEXT NOT NULL,
    learned   TEXT NOT NULL DEFAULT '',
    created   INTEGER NOT NULL,
    by        INTEGER NOT NULL
) STRICT;
CREATE TABLE calendars (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    meaning   TEXT NOT NULL CHECK (meaning IN ('shown', 'closed', 'away')),
    person_id INTEGER NOT NULL DEFAULT 0, -- who is away
    added     INTEGER NOT NULL,
    by        INTEGER NOT NULL,
    events    TEXT NOT NULL               -- JSON list, as they were read
) STRICT;

-- +goose Down
DROP TABLE calendars;
DROP TABLE campaigns;
DROP TABLE series;
ALTER TABLE spotlights DROP COLUMN series_day;
ALTER TABLE spotlights DROP COLUMN series_id;
ALTER TABLE spotlights DROP COLUMN campaign_id;
ALTER TABLE spotlights DROP COLUMN education;
ALTER TABLE spotlights DROP COLUMN kind;
DROP TABLE partners;
DROP TABLE thanks;
DROP TABLE sharers;
DROP TABLE outcomes;
DROP TABLE results;
DROP TABLE posts;
DROP TABLE accounts;

CREATE TABLE takedowns_of_staff (
    id           INTEGER PRIMARY KEY,
    consent_id   INTEGER NOT NULL REFERENCES consents (id),
    spotlight_id INTEGER NOT NULL REFERENCES spotlights (id),
    network      TEXT NOT NULL,
    url          TEXT NOT NULL DEFAULT '',
    opened       INTEGER NOT NULL,
    done         INTEGER NOT NULL DEFAULT 0,
    by           INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO takedowns_of_staff SELECT id, consent_id, spotlight_id, network, url, opened, done, by FROM takedowns WHERE consent_id IS NOT NULL;
DROP TABLE takedowns;
ALTER TABLE takedowns_of_staff RENAME TO takedowns;
CREATE INDEX takedowns_open ON takedowns (done, opened);
ALTER TABLE spotlights DROP COLUMN picture_signed_at;
ALTER TABLE spotlights DROP COLUMN picture_signed;
ALTER TABLE spotlights DROP COLUMN picture_crops;
ALTER TABLE spotlights DROP COLUMN picture_people;
ALTER TABLE spotlights DROP COLUMN patients;
DROP TABLE authorizations;
DROP TABLE scans;
ALTER TABLE consents DROP COLUMN withdrawn_by;
ALTER TABLE consents DROP COLUMN scan;
ALTER TABLE consents DROP COLUMN adult_on;
ALTER TABLE consents DROP COLUMN guardian;
ALTER TABLE consents DROP COLUMN language;
