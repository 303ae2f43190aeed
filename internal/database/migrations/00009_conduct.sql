-- +goose Up
-- Conduct in full (issue 7): evidence, clauses, signatures, doors, PINs, proof.

-- +goose Down
