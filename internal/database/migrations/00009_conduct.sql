-- +goose Up
-- Conduct in full (issue 7): evidence, clauses, signatures, doors, PINs, proof.

-- The policy document and its signatures in full. (L2)
-- What the text was built from: the answers about the practice, and the text as the clauses gave it, so that a later build knows own wording.
ALTER TABLE policy_versions ADD COLUMN situation TEXT NOT NULL DEFAULT '{}';
ALTER TABLE policy_versions ADD COLUMN composed TEXT NOT NULL DEFAULT '';

-- A signature made by mistake is struck, with a reason, and stays; then the person can sign again.
CREATE TABLE signatures_in_full (
    id           INTEGER PRIMARY KEY,
    version_id   INTEGER NOT NULL REFERENCES policy_versions (id),
    person_id    INTEGER NOT NULL REFERENCES people (id),
    text_hash    TEXT NOT NULL,
    statement    TEXT NOT NULL,
    way          TEXT NOT NULL CHECK (way IN ('on screen', 'on paper')),
    at           INTEGER NOT NULL,
    witness      TEXT NOT NULL DEFAULT '',
    pin          INTEGER NOT NULL DEFAULT 0, -- the person's own PIN was typed
    scan         TEXT NOT NULL DEFAULT '',   -- SHA-256 of the signed sheet
    recorded_by  TEXT NOT NULL DEFAULT '',
    struck       INTEGER NOT NULL DEFAULT 0,
    struck_by    TEXT NOT NULL DEFAULT '',
    struck_why   TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO signatures_in_full (id, version_id, person_id, text_hash, statement, way, at, witness, recorded_by)
    SELECT id, version_id, person_id, text_hash, statement, way, at, witness, witness FROM signatures;
DROP TABLE signatures;
ALTER TABLE signatures_in_full RENAME TO signatures;
CREATE UNIQUE INDEX signatures_once ON signatures (version_id, person_id) WHERE struck = 0;
-- +goose StatementBegin
CREATE TRIGGER signatures_keep BEFORE UPDATE OF version_id, person_id, text_hash, statement, way, at, witness, pin, scan, recorded_by ON signatures
BEGIN
    SELECT RAISE(ABORT, 'a signature never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER signatures_stay BEFORE DELETE ON signatures
BEGIN
    SELECT RAISE(ABORT, 'a signature is never removed');
END;
-- +goose StatementEnd

-- Whoever read a version and would not sign it: a record, not an absence.
CREATE TABLE signature_refusals (
    id          INTEGER PRIMARY KEY,
    version_id  INTEGER NOT NULL REFERENCES policy_versions (id),
    person_id   INTEGER NOT NULL REFERENCES people (id),
    text_hash   TEXT NOT NULL,
    reason      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    witness     TEXT NOT NULL DEFAULT '',
    recorded_by TEXT NOT NULL
) STRICT;
CREATE INDEX signature_refusals_version ON signature_refusals (version_id, person_id);

-- Signed sheets as they were scanned, byte for byte.
CREATE TABLE signature_scans (
    hash  TEXT PRIMARY KEY, -- SHA-256 of data
    name  TEXT NOT NULL,
    kind  TEXT NOT NULL CHECK (kind IN ('pdf', 'png', 'jpeg')),
    data  BLOB NOT NULL,
    added INTEGER NOT NULL
) STRICT;

-- Training, doors, people (L3).
-- A quiz is drawn from a larger bank now, so an attempt keeps what it asks; one that was half done begins anew.
DELETE FROM training_attempts WHERE finished = 0;
ALTER TABLE training_attempts ADD COLUMN questions TEXT NOT NULL DEFAULT '[]';

CREATE TABLE person_roles (
    person_id INTEGER NOT NULL REFERENCES people (id),
    role      TEXT NOT NULL,
    since     TEXT NOT NULL,
    PRIMARY KEY (person_id, since)
) STRICT;

-- tries counts wrong PINs in a row; the last of them is when the wait began.
CREATE TABLE pins (
    person_id INTEGER PRIMARY KEY REFERENCES people (id),
    hash      TEXT NOT NULL,
    set_at    INTEGER NOT NULL,
    tries     INTEGER NOT NULL DEFAULT 0,
    last_try  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE door_overrides (
    id        INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES people (id),
    door      TEXT NOT NULL CHECK (door IN ('draft', 'approve', 'schedule')),
    reason    TEXT NOT NULL,
    until     TEXT NOT NULL,
    given_at  INTEGER NOT NULL,
    given_by  TEXT NOT NULL,
    ended_at  INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX door_overrides_person ON door_overrides (person_id, door);

-- What the gate stopped, retold without anybody in it. The draft itself stays with its mention.
CREATE TABLE near_misses (
    id         INTEGER PRIMARY KEY,
    draft_id   INTEGER NOT NULL UNIQUE,
    rule       TEXT NOT NULL,
    text       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('candidate', 'approved', 'declined', 'withdrawn')),
    made_at    INTEGER NOT NULL,
    made_by    TEXT NOT NULL,
    decided_at INTEGER NOT NULL DEFAULT 0,
    decided_by TEXT NOT NULL DEFAULT '',
    note       TEXT NOT NULL DEFAULT ''
) STRICT;

-- The checklist, vendors and incidents in full (L1).
-- What is asked by the practice itself, beside the list that ships.
CREATE TABLE checklist_own (
    id       INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL,
    text     TEXT NOT NULL,
    level    TEXT NOT NULL CHECK (level IN ('required_by_law', 'expected_by_regulator', 'platform_rule', 'good_practice')),
    evidence TEXT NOT NULL DEFAULT '',
    months   INTEGER NOT NULL,
    basis    TEXT NOT NULL DEFAULT '',
    added_on TEXT NOT NULL,
    added_by TEXT NOT NULL,
    removed  INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Evidence and agreements, byte for byte; a file that is too large for it is known by name and hash alone.
CREATE TABLE evidence_files (
    hash  TEXT PRIMARY KEY, -- SHA-256 of data
    name  TEXT NOT NULL,
    data  BLOB NOT NULL,
    added INTEGER NOT NULL
) STRICT;

-- Other names of the same tool.
ALTER TABLE vendors ADD COLUMN also TEXT NOT NULL DEFAULT '';

-- drill is the story that was rehearsed, empty for what happened. people is how many are concerned.
ALTER TABLE incidents ADD COLUMN drill TEXT NOT NULL DEFAULT '';
ALTER TABLE incidents ADD COLUMN people INTEGER NOT NULL DEFAULT 0;
ALTER TABLE incidents ADD COLUMN where_they_live TEXT NOT NULL DEFAULT '[]';
ALTER TABLE incidents ADD COLUMN weighed TEXT NOT NULL DEFAULT '{}';
ALTER TABLE incidents ADD COLUMN told TEXT NOT NULL DEFAULT '{}';

CREATE TABLE incident_entries (
    id          INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    kind        TEXT NOT NULL CHECK (kind IN ('note', 'decision')),
    at          INTEGER NOT NULL, -- when it happened
    text        TEXT NOT NULL,
    reason      TEXT NOT NULL DEFAULT '',
    written     INTEGER NOT NULL,
    written_by  TEXT NOT NULL
) STRICT;
CREATE INDEX incident_entries_incident ON incident_entries (incident_id, at);
-- +goose StatementBegin
CREATE TRIGGER incident_entries_keep BEFORE UPDATE ON incident_entries
BEGIN
    SELECT RAISE(ABORT, 'an entry in the timeline never changes');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER incident_entries_stay BEFORE DELETE ON incident_entries
BEGIN
    SELECT RAISE(ABORT, 'an entry in the timeline is never removed');
END;
-- +goose StatementEnd

-- The plan for a crisis: who has which duty, who calls whom, what may be said at once. One row a duty or statement.
CREATE TABLE crisis_duties (
    id       TEXT PRIMARY KEY,
    place    INTEGER NOT NULL,
    duty     TEXT NOT NULL,
    person   TEXT NOT NULL DEFAULT '',
    phone    TEXT NOT NULL DEFAULT '',
    deputy   TEXT NOT NULL DEFAULT '',
    second   TEXT NOT NULL DEFAULT '', -- the deputy's telephone
    called   TEXT NOT NULL DEFAULT ''  -- the duty that calls this one
) STRICT;
CREATE TABLE crisis_statements (
    id         TEXT PRIMARY KEY,
    text       TEXT NOT NULL,
    changed    INTEGER NOT NULL,
    changed_by TEXT NOT NULL
) STRICT;

-- Proof, retention, own statements about health. (L4)
-- Nothing that a hold names may go, however old it is. subject is "" for everything, else as in the audit log: "person/3", "policy/2", "incident/1".
CREATE TABLE legal_holds (
    id       INTEGER PRIMARY KEY,
    subject  TEXT NOT NULL,
    reason   TEXT NOT NULL,
    since    INTEGER NOT NULL,
    by       TEXT NOT NULL,
    ended    INTEGER NOT NULL DEFAULT 0,
    ended_by TEXT NOT NULL DEFAULT ''
) STRICT;
-- What the practice itself answers to an error about health. A clinician approves it as any other; nobody removes it, it is put out of use.
CREATE TABLE own_myths (
    id       INTEGER PRIMARY KEY,
    content  TEXT NOT NULL,
    changed  INTEGER NOT NULL,
    by       TEXT NOT NULL,
    ended    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- +goose Down
DROP TABLE own_myths;
DROP TABLE legal_holds;
DROP TABLE signature_scans;
DROP TABLE signature_refusals;
CREATE TABLE signatures_before (
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
INSERT INTO signatures_before (id, version_id, person_id, text_hash, statement, way, at, witness)
    SELECT id, version_id, person_id, text_hash, statement, way, at, witness FROM signatures WHERE struck = 0;
DROP TRIGGER signatures_stay;
DROP TABLE signatures;
ALTER TABLE signatures_before RENAME TO signatures;
ALTER TABLE policy_versions DROP COLUMN composed;
ALTER TABLE policy_versions DROP COLUMN situation;

-- Training, doors, people (L3).
DROP TABLE near_misses;
DROP TABLE door_overrides;
DROP TABLE pins;
DROP TABLE person_roles;
ALTER TABLE training_attempts DROP COLUMN questions;

-- The checklist, vendors and incidents in full (L1).
DROP TABLE crisis_statements;
DROP TABLE crisis_duties;
DROP TABLE incident_entries;
ALTER TABLE incidents DROP COLUMN told;
ALTER TABLE incidents DROP COLUMN weighed;
ALTER TABLE incidents DROP COLUMN where_they_live;
ALTER TABLE incidents DROP COLUMN people;
ALTER TABLE incidents DROP COLUMN drill;
ALTER TABLE vendors DROP COLUMN also;
DROP TABLE evidence_files;
DROP TABLE checklist_own;
