-- +goose Up
-- What the program understands of a mention, beyond what 00002 keeps.
ALTER TABLE mentions ADD COLUMN kind TEXT NOT NULL DEFAULT '';           -- praise, operational complaint, …; see classify.Kind
ALTER TABLE mentions ADD COLUMN confidence REAL NOT NULL DEFAULT 0;      -- of the sentiment, 0 to 1
ALTER TABLE mentions ADD COLUMN disagrees INTEGER NOT NULL DEFAULT 0;    -- the stars say one thing, the text the other

-- What the practice changed in the lists of topics: one row, in JSON.
CREATE TABLE own_lists (lists TEXT NOT NULL, saved INTEGER NOT NULL) STRICT;

-- By what the mentions are judged, and below which of them that is still to be done; 0: nowhere.
CREATE TABLE rejudged (stamp TEXT NOT NULL, below INTEGER NOT NULL) STRICT;
CREATE INDEX mentions_corrected ON mentions (id) WHERE corrected <> '[]';

-- What departs from the usual: one row an event, while it lasts and after. The signal is in JSON; see insight.Move.
CREATE TABLE moves (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL,    -- of what kind, about what
    signal  TEXT NOT NULL,
    state   TEXT NOT NULL CHECK (state IN ('open', 'seen', 'ended')),
    opened  INTEGER NOT NULL,
    updated INTEGER NOT NULL, -- the last day on which it was seen
    ended   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX moves_going_on ON moves (key) WHERE state <> 'ended';
CREATE TABLE move_mentions (
    move_id    INTEGER NOT NULL REFERENCES moves (id) ON DELETE CASCADE,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    PRIMARY KEY (move_id, mention_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX move_mentions_mention ON move_mentions (mention_id);

-- Whom of the practice a mention speaks of, for the practice alone.
CREATE TABLE mention_people (
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    person_id  INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (mention_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_people_person ON mention_people (person_id);

-- +goose Down
SELECT 1;
