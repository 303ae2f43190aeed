-- +goose Up
-- Answering (issue 5): the ladder and its clocks, the practice's own templates and rules, private notes, the outbox.

-- The ladder and the clocks: who takes over what, and since when it stands there; what is put off until a day; a target for a site and a rating.
ALTER TABLE practice ADD COLUMN target_rows TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mentions ADD COLUMN snoozed INTEGER NOT NULL DEFAULT 0;  -- when it comes back; 0: it is here
ALTER TABLE mentions ADD COLUMN pauses TEXT NOT NULL DEFAULT '';     -- when the clock of its target stood still, and why
CREATE INDEX mentions_paused ON mentions (id) WHERE pauses <> '';
CREATE INDEX mentions_snoozed ON mentions (snoozed) WHERE snoozed <> 0;

CREATE TABLE ladder (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    rungs TEXT NOT NULL,
    lifts TEXT NOT NULL,
    clock TEXT NOT NULL DEFAULT '' -- fingerprint of the hours and targets that the stored due times are of
) STRICT;

CREATE TABLE escalations (
    mention_id INTEGER PRIMARY KEY REFERENCES mentions (id) ON DELETE CASCADE,
    rung       TEXT NOT NULL,
    person     INTEGER NOT NULL DEFAULT 0,
    began      INTEGER NOT NULL,
    since      INTEGER NOT NULL, -- on this rung
    due        INTEGER NOT NULL, -- when it climbs, if nobody takes it up
    taken      INTEGER NOT NULL DEFAULT 0,
    taker      INTEGER NOT NULL DEFAULT 0,
    climbs     INTEGER NOT NULL DEFAULT 0,
    reason     TEXT NOT NULL DEFAULT '',
    tried      TEXT NOT NULL DEFAULT '',
    avoid      TEXT NOT NULL DEFAULT '',
    ended      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX escalations_waiting ON escalations (due) WHERE ended = 0 AND taken = 0;

-- What stands on the site. A reply that a person posted is looked for at the visits that follow.
CREATE TABLE sightings (
    reply_id INTEGER PRIMARY KEY REFERENCES replies (id) ON DELETE CASCADE,
    posted   INTEGER NOT NULL DEFAULT 0, -- when a person said that it is posted
    seen     INTEGER NOT NULL DEFAULT 0, -- when a visit first showed an answer of the practice
    words    TEXT NOT NULL DEFAULT ''    -- as the site shows them, where they are other words than those that were posted
) STRICT;
-- Up to where texts were stored before the audit log carried their hashes. What came later has to be in the log.
CREATE TABLE unhashed (
    draft    INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    changed  INTEGER NOT NULL -- of a reply
) STRICT;
INSERT INTO unhashed SELECT IFNULL((SELECT MAX(id) FROM reply_drafts), 0), IFNULL((SELECT MAX(id) FROM revisions), 0), IFNULL((SELECT MAX(changed) FROM replies), 0);

-- The practice's own templates: each version stays, and own_templates says which are switched off.
CREATE TABLE own_templates (
    id  TEXT PRIMARY KEY,
    off INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE own_template_versions (
    template TEXT NOT NULL REFERENCES own_templates (id),
    version  INTEGER NOT NULL,
    state    TEXT NOT NULL,
    body     TEXT NOT NULL, -- JSON
    author   INTEGER NOT NULL,
    approver INTEGER NOT NULL DEFAULT 0,
    at       INTEGER NOT NULL,
    agreed   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (template, version)
) STRICT;
-- Which statements about health the practice's own clinicians stand behind, and in which words.
CREATE TABLE myth_approvals (
    myth  TEXT PRIMARY KEY,
    words TEXT NOT NULL, -- hash of the statement as it read then
    by    INTEGER NOT NULL,
    at    INTEGER NOT NULL
) STRICT;
-- What a wording began as: the id of a template, or "model/" and the name of a language model.
ALTER TABLE reply_drafts ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- Replies that rest before they may be copied. A reply is in here exactly while its state is 'in the outbox'.
CREATE TABLE outbox (
    reply_id INTEGER PRIMARY KEY REFERENCES replies (id) ON DELETE CASCADE,
    since    INTEGER NOT NULL,
    seconds  INTEGER NOT NULL,
    words    TEXT NOT NULL -- SHA-256 of the text that rests
) STRICT;

-- Private notes, sealed. The key is never in this file.
CREATE TABLE notes (
    id         INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    author     INTEGER NOT NULL,
    sealed     BLOB NOT NULL
) STRICT;
CREATE INDEX notes_mention ON notes (mention_id);

CREATE TABLE vault (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    name    TEXT NOT NULL, -- under which the keychain holds the key
    proof   BLOB NOT NULL, -- a known word sealed with the key, to tell the right key from a wrong one
    wrapped BLOB NOT NULL, -- the key sealed with a passphrase; empty where a keychain holds it
    salt    BLOB NOT NULL,
    made    INTEGER NOT NULL
) STRICT;

-- The practice's own copy of the gate's rules: what it softened, switched off or added, with a reason. Nothing is removed: what no longer holds has ended.
CREATE TABLE gate_rules (
    id        INTEGER PRIMARY KEY,
    what      TEXT NOT NULL, -- soften, off, add, word
    rule      TEXT NOT NULL DEFAULT '',
    code      TEXT NOT NULL DEFAULT '',
    severity  TEXT NOT NULL DEFAULT '',
    words     TEXT NOT NULL DEFAULT '',
    reason    TEXT NOT NULL,
    person    INTEGER NOT NULL DEFAULT 0,
    by        TEXT NOT NULL,
    since     INTEGER NOT NULL,
    review_on TEXT NOT NULL,
    ended     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- +goose Down
DROP TABLE gate_rules;
DROP TABLE vault;
DROP TABLE notes;
DROP TABLE outbox;
ALTER TABLE reply_drafts DROP COLUMN origin;
DROP TABLE myth_approvals;
DROP TABLE own_template_versions;
DROP TABLE own_templates;

DROP TABLE escalations;
DROP TABLE ladder;
DROP INDEX mentions_snoozed;
DROP INDEX mentions_paused;
ALTER TABLE mentions DROP COLUMN pauses;
ALTER TABLE mentions DROP COLUMN snoozed;
ALTER TABLE practice DROP COLUMN target_rows;
DROP TABLE unhashed;
DROP TABLE sightings;
