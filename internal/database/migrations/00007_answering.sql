-- +goose Up
-- Answering (issue 5): the ladder and its clocks, the practice's own templates and rules, private notes, the outbox.

-- +goose Down
