-- +goose Up
-- Every kind of source, evidence for what was seen, one story with several places, how long it may be kept.
ALTER TABLE sources ADD COLUMN options TEXT NOT NULL DEFAULT '{}';      -- what its kind asked for
ALTER TABLE sources ADD COLUMN state TEXT NOT NULL DEFAULT '{}';        -- where the last visit ended, in the words of its kind
ALTER TABLE sources ADD COLUMN secret TEXT NOT NULL DEFAULT '';         -- under which name the keychain holds its password or secret address
ALTER TABLE sources ADD COLUMN retention TEXT NOT NULL DEFAULT 'own' CHECK (retention IN ('own', 'restricted', 'no-store'));
ALTER TABLE sources ADD COLUMN keeps INTEGER NOT NULL DEFAULT 0;        -- hours that a restricted source lets its words be kept
ALTER TABLE sources ADD COLUMN rhythm INTEGER NOT NULL DEFAULT 0;       -- learned minutes between visits, where every is 0
ALTER TABLE sources ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;       -- when it last brought something new
ALTER TABLE sources ADD COLUMN most INTEGER NOT NULL DEFAULT 0;         -- entries in its fullest answer
ALTER TABLE sources ADD COLUMN gap INTEGER NOT NULL DEFAULT 0;          -- minutes; nine of ten times it brought something new sooner than this
UPDATE sources SET most = entries, newest = IFNULL((SELECT MAX(seen) FROM mentions WHERE source_id = sources.id), 0);
UPDATE sources SET every = 0, rhythm = 60 WHERE every = 60;             -- the hour was what every source got; from now on it is learned

ALTER TABLE mentions ADD COLUMN payload BLOB NOT NULL DEFAULT x'';      -- SHA-256 of what the source sent
ALTER TABLE mentions ADD COLUMN opening INTEGER NOT NULL DEFAULT 0;     -- fingerprint of the first words, to know an excerpt; 0: too short to tell
ALTER TABLE mentions ADD COLUMN likeness INTEGER NOT NULL DEFAULT 0;    -- fingerprint that texts with nearly the same words share; 0: too short to tell
ALTER TABLE mentions ADD COLUMN expires INTEGER NOT NULL DEFAULT 0;     -- when its words have to go; 0: never
ALTER TABLE mentions ADD COLUMN purged INTEGER NOT NULL DEFAULT 0;      -- when its words went
ALTER TABLE mentions ADD COLUMN hold INTEGER NOT NULL DEFAULT 0;        -- legal hold since: nothing of it is deleted
ALTER TABLE mentions ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE mentions ADD COLUMN target INTEGER NOT NULL DEFAULT 0;      -- office hours that a rule allows for the answer; 0: those of the practice
ALTER TABLE mentions ADD COLUMN proof TEXT NOT NULL DEFAULT '';         -- what vouches for it, in a sentence: who signed the mail it came by
CREATE INDEX mentions_opening ON mentions (opening) WHERE opening <> 0;
CREATE INDEX mentions_likeness ON mentions (likeness) WHERE likeness <> 0;
CREATE INDEX mentions_expires ON mentions (expires) WHERE expires <> 0 AND hold = 0;
CREATE INDEX mentions_tags ON mentions (tags) WHERE tags <> '[]';

ALTER TABLE revisions ADD COLUMN payload BLOB NOT NULL DEFAULT x'';

-- What stood at the other place, so that a person can take the two apart again.
ALTER TABLE appearances ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE appearances ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE appearances ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE appearances ADD COLUMN stars INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appearances ADD COLUMN posted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appearances ADD COLUMN about INTEGER NOT NULL DEFAULT 0;
ALTER TABLE appearances ADD COLUMN payload BLOB NOT NULL DEFAULT x'';
ALTER TABLE appearances ADD COLUMN content INTEGER NOT NULL DEFAULT 0;  -- fingerprint, to see a change there; 0: from before it was kept
ALTER TABLE appearances ADD COLUMN former INTEGER NOT NULL DEFAULT 0;   -- the mention that it was until a person joined it; its number is not used again
ALTER TABLE appearances ADD COLUMN was TEXT NOT NULL DEFAULT '';        -- that mention with its work, so that it can be taken apart again
CREATE INDEX appearances_content ON appearances (source_id, content);
CREATE INDEX appearances_former ON appearances (former) WHERE former <> 0;

-- The rating that a page shows for the practice as a whole, each time it was another.
CREATE TABLE ratings (
    source_id INTEGER NOT NULL REFERENCES sources (id),
    at        INTEGER NOT NULL,
    value     REAL NOT NULL,
    best      REAL NOT NULL,
    count     INTEGER NOT NULL,
    PRIMARY KEY (source_id, at)
) STRICT, WITHOUT ROWID;

-- Which column of an export holds what, as a person settled it.
CREATE TABLE mappings (
    columns TEXT PRIMARY KEY, -- fingerprint of the columns
    mapping TEXT NOT NULL,
    saved   INTEGER NOT NULL
) STRICT;

-- Rules that a practice writes: what to do with a mention that a search finds.
CREATE TABLE rules (
    id       INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    query    TEXT NOT NULL,
    actions  TEXT NOT NULL,
    active   INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE rule_hits (
    rule_id    INTEGER NOT NULL REFERENCES rules (id) ON DELETE CASCADE,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    did        TEXT NOT NULL,
    alert      INTEGER NOT NULL, -- it stands on Today until the mention is read
    PRIMARY KEY (rule_id, mention_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_hits_alert ON rule_hits (mention_id) WHERE alert = 1;

-- Up to which mention the rules ran; what was there before the first rule is history.
CREATE TABLE rules_done (upto INTEGER NOT NULL) STRICT;
INSERT INTO rules_done SELECT IFNULL(MAX(id), 0) FROM mentions;

-- +goose Down
SELECT 1;
