-- +goose Up
-- What the program understands of a mention, beyond what 00002 keeps.
ALTER TABLE mentions ADD COLUMN kind TEXT NOT NULL DEFAULT '';           -- praise, operational complaint, …; see classify.Kind
ALTER TABLE mentions ADD COLUMN confidence REAL NOT NULL DEFAULT 0;      -- of the sentiment, 0 to 1
ALTER TABLE mentions ADD COLUMN disagrees INTEGER NOT NULL DEFAULT 0;    -- the stars say one thing, the text the other

-- +goose Down
SELECT 1;
