-- +goose Up
-- Spotlights in full (issue 6): releases and scans, posts and results, series and campaigns, education.

-- +goose Down
