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

-- +goose Down

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
