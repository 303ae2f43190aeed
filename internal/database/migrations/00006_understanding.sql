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

-- +goose Down
SELECT 1;
