-- +goose Up

-- A rule of the practice's own says what it is for, proves itself on examples, and names its source; a decision that ended says why and what came after it.
ALTER TABLE gate_rules ADD COLUMN kind TEXT NOT NULL DEFAULT ''; -- reply, spotlight; empty: both
ALTER TABLE gate_rules ADD COLUMN language TEXT NOT NULL DEFAULT ''; -- empty: any
ALTER TABLE gate_rules ADD COLUMN fires TEXT NOT NULL DEFAULT '[]';
ALTER TABLE gate_rules ADD COLUMN silent TEXT NOT NULL DEFAULT '[]';
ALTER TABLE gate_rules ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE gate_rules ADD COLUMN ended_why TEXT NOT NULL DEFAULT '';
ALTER TABLE gate_rules ADD COLUMN instead_of INTEGER NOT NULL DEFAULT 0; -- the decision whose place it took

-- +goose Down
ALTER TABLE gate_rules DROP COLUMN instead_of;
ALTER TABLE gate_rules DROP COLUMN ended_why;
ALTER TABLE gate_rules DROP COLUMN source;
ALTER TABLE gate_rules DROP COLUMN silent;
ALTER TABLE gate_rules DROP COLUMN fires;
ALTER TABLE gate_rules DROP COLUMN language;
ALTER TABLE gate_rules DROP COLUMN kind;
