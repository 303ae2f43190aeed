-- +goose Up
-- The social media policy: answers to the checklist, versions and signatures, training, vendors, incidents.
CREATE TABLE checklist_answers (
    item_id     TEXT PRIMARY KEY,
    answer      TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'yes', 'partly', 'no', 'not applicable')),
    note        TEXT NOT NULL DEFAULT '',
    link        TEXT NOT NULL DEFAULT '',
    file        TEXT NOT NULL DEFAULT '',
    file_hash   TEXT NOT NULL DEFAULT '',
    owner_id    INTEGER REFERENCES people (id),
    due         TEXT NOT NULL DEFAULT '',
    every       INTEGER NOT NULL DEFAULT 0,
    answered_at INTEGER NOT NULL,
    answered_by TEXT NOT NULL
) STRICT;

-- Whether a version is in force or superseded follows from the days and is never stored; an empty day means draft.
CREATE TABLE policy_versions (
    id            INTEGER PRIMARY KEY,
    number        INTEGER NOT NULL UNIQUE,
    text          TEXT NOT NULL,
    hash          TEXT NOT NULL,
    summary       TEXT NOT NULL DEFAULT '',
    material      INTEGER NOT NULL,
    in_force_from TEXT NOT NULL DEFAULT '',
    created       INTEGER NOT NULL,
    created_by    TEXT NOT NULL,
    put_at        INTEGER NOT NULL DEFAULT 0,
    put_by        TEXT NOT NULL DEFAULT ''
) STRICT;
-- +goose StatementBegin
CREATE TRIGGER policy_versions_keep BEFORE UPDATE ON policy_versions WHEN OLD.in_force_from <> ''
BEGIN
    SELECT RAISE(ABORT, 'a policy version that was put in force never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER policy_versions_stay BEFORE DELETE ON policy_versions WHEN OLD.in_force_from <> ''
BEGIN
    SELECT RAISE(ABORT, 'a policy version that was put in force is never removed');
END;
-- +goose StatementEnd

CREATE TABLE signatures (
    id         INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES policy_versions (id),
    person_id  INTEGER NOT NULL REFERENCES people (id),
    text_hash  TEXT NOT NULL,
    statement  TEXT NOT NULL,
    way        TEXT NOT NULL CHECK (way IN ('on screen', 'on paper')),
    at         INTEGER NOT NULL,
    witness    TEXT NOT NULL DEFAULT '',
    UNIQUE (version_id, person_id)
) STRICT;

CREATE TABLE training_attempts (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES people (id),
    module_id  TEXT NOT NULL,
    seed       INTEGER NOT NULL,
    answers    TEXT NOT NULL DEFAULT '{}',
    started    INTEGER NOT NULL,
    finished   INTEGER NOT NULL DEFAULT 0,
    asked      INTEGER NOT NULL DEFAULT 0,
    right      INTEGER NOT NULL DEFAULT 0,
    missed     TEXT NOT NULL DEFAULT '[]',
    passed     INTEGER NOT NULL DEFAULT 0,
    version_id INTEGER REFERENCES policy_versions (id)
) STRICT;
CREATE UNIQUE INDEX training_open ON training_attempts (person_id, module_id) WHERE finished = 0;
CREATE INDEX training_person ON training_attempts (person_id, module_id, finished);

CREATE TABLE vendors (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    service    TEXT NOT NULL DEFAULT '',
    sees       TEXT NOT NULL DEFAULT '',
    patients   INTEGER NOT NULL DEFAULT 0,
    assistant  INTEGER NOT NULL DEFAULT 0,
    agreement  TEXT NOT NULL DEFAULT 'none' CHECK (agreement IN ('none', 'asked', 'signed', 'not needed')),
    signed_on  TEXT NOT NULL DEFAULT '',
    expires_on TEXT NOT NULL DEFAULT '',
    review_on  TEXT NOT NULL DEFAULT '',
    contact    TEXT NOT NULL DEFAULT '',
    file       TEXT NOT NULL DEFAULT '',
    file_hash  TEXT NOT NULL DEFAULT '',
    note       TEXT NOT NULL DEFAULT '',
    ended_on   TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE incidents (
    id           INTEGER PRIMARY KEY,
    title        TEXT NOT NULL,
    what         TEXT NOT NULL DEFAULT '',
    place        TEXT NOT NULL DEFAULT '',
    noticed      INTEGER NOT NULL,
    reported_by  TEXT NOT NULL DEFAULT '',
    mention_id   INTEGER NOT NULL DEFAULT 0,
    spotlight_id INTEGER NOT NULL DEFAULT 0,
    steps        TEXT NOT NULL DEFAULT '{}',
    decision     TEXT NOT NULL DEFAULT '',
    lesson       TEXT NOT NULL DEFAULT '',
    closed       INTEGER NOT NULL DEFAULT 0
) STRICT;

-- +goose Down
DROP TABLE incidents;
DROP TABLE vendors;
DROP TABLE training_attempts;
DROP TABLE signatures;
DROP TABLE policy_versions;
DROP TABLE checklist_answers;
