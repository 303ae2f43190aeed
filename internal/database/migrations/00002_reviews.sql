-- +goose Up
-- What people say: sources, visits, mentions with their revisions and other places, replies with their drafts, saved views.
CREATE TABLE sources (
    id            INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    address       TEXT NOT NULL DEFAULT '',
    site          TEXT NOT NULL DEFAULT '',
    words         TEXT NOT NULL DEFAULT '[]',
    take_all      INTEGER NOT NULL DEFAULT 0,
    allow_private INTEGER NOT NULL DEFAULT 0,
    paused        INTEGER NOT NULL DEFAULT 0,
    every         INTEGER NOT NULL DEFAULT 60,
    added         INTEGER NOT NULL,
    removed       INTEGER NOT NULL DEFAULT 0,
    visited       INTEGER NOT NULL DEFAULT 0,
    succeeded     INTEGER NOT NULL DEFAULT 0,
    next          INTEGER NOT NULL DEFAULT 0,
    failing       INTEGER NOT NULL DEFAULT 0,
    failures      INTEGER NOT NULL DEFAULT 0,
    problem       TEXT NOT NULL DEFAULT '',
    brought       INTEGER NOT NULL DEFAULT 0,
    entries       INTEGER NOT NULL DEFAULT 0,
    etag          TEXT NOT NULL DEFAULT '',
    modified      TEXT NOT NULL DEFAULT '',
    hash          TEXT NOT NULL DEFAULT ''
) STRICT;
-- A removed source keeps its row: when its address is added again, what it brought is known again.
CREATE UNIQUE INDEX sources_address ON sources (kind, address) WHERE kind <> 'hand';

-- Source 0 is the person at the keyboard.
INSERT INTO sources (id, kind, name, added) VALUES (0, 'hand', 'Entered by hand', 0);

CREATE TABLE visits (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL REFERENCES sources (id),
    at         INTEGER NOT NULL,
    took       INTEGER NOT NULL,
    status     INTEGER NOT NULL,
    entries    INTEGER NOT NULL,
    unchanged  INTEGER NOT NULL,
    problem    TEXT NOT NULL DEFAULT '',
    brought    INTEGER NOT NULL DEFAULT 0,
    edited     INTEGER NOT NULL DEFAULT 0,
    duplicates INTEGER NOT NULL DEFAULT 0,
    same       INTEGER NOT NULL DEFAULT 0,
    ignored    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX visits_source ON visits (source_id, id);

CREATE TABLE mentions (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL REFERENCES sources (id),
    site       TEXT NOT NULL,
    key        TEXT NOT NULL,
    url        TEXT NOT NULL,
    author     TEXT NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    stars      INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
    place_id   INTEGER REFERENCES places (id),
    at         INTEGER NOT NULL, -- posted, or seen where that is not known: the order of the inbox
    posted     INTEGER NOT NULL,
    seen       INTEGER NOT NULL,
    about      INTEGER NOT NULL,
    imported   INTEGER NOT NULL,
    status     TEXT NOT NULL,
    reason     TEXT NOT NULL DEFAULT '',
    assigned   INTEGER REFERENCES people (id),
    owed       INTEGER NOT NULL, -- since when an answer is owed
    due        INTEGER NOT NULL,
    handled    INTEGER NOT NULL DEFAULT 0,
    gone       INTEGER NOT NULL DEFAULT 0,
    revisions  INTEGER NOT NULL DEFAULT 0,
    starred    INTEGER NOT NULL DEFAULT 0,
    language   TEXT NOT NULL,
    sentiment  TEXT NOT NULL,
    score      REAL NOT NULL,
    topics     TEXT NOT NULL,
    urgency    TEXT NOT NULL,
    signals    TEXT NOT NULL,
    corrected  TEXT NOT NULL DEFAULT '[]',
    content    INTEGER NOT NULL, -- fingerprint of title, text and stars, to see an edit
    answer     INTEGER NOT NULL DEFAULT 0, -- fingerprint of the practice's reply on the site
    story      INTEGER NOT NULL, -- fingerprint of words, author and stars, to see the same story elsewhere; 0: too short to tell
    address    INTEGER NOT NULL  -- fingerprint of the canonical address; 0: none
) STRICT;
CREATE UNIQUE INDEX mentions_key ON mentions (source_id, key);
CREATE INDEX mentions_story ON mentions (story) WHERE story <> 0;
CREATE INDEX mentions_address ON mentions (address) WHERE address <> 0;
-- The one index behind the list: it holds every column that a filter asks for, so that no filter but words reads the table, nor do the figures.
CREATE INDEX mentions_list ON mentions (at, id, status, stars, sentiment, urgency, due, starred, revisions, imported, gone,
    assigned, place_id, source_id, site, language, topics, owed, handled);
CREATE INDEX mentions_site ON mentions (site);
-- What Today counts.
CREATE INDEX mentions_open ON mentions (status, urgency, sentiment, due) WHERE status <> 'answered' AND status <> 'no reply' AND status <> 'resolved';

-- Where else the same story was seen.
CREATE TABLE appearances (
    source_id  INTEGER NOT NULL REFERENCES sources (id),
    key        TEXT NOT NULL,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    site       TEXT NOT NULL,
    url        TEXT NOT NULL,
    seen       INTEGER NOT NULL,
    PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX appearances_mention ON appearances (mention_id);

CREATE TABLE revisions (
    id         INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    stars      INTEGER NOT NULL
) STRICT;
CREATE INDEX revisions_mention ON revisions (mention_id, id);

CREATE TABLE replies (
    id         INTEGER PRIMARY KEY,
    mention_id INTEGER NOT NULL UNIQUE REFERENCES mentions (id) ON DELETE CASCADE,
    state      TEXT NOT NULL,
    text       TEXT NOT NULL,
    template   TEXT NOT NULL DEFAULT '',
    author     INTEGER NOT NULL,
    approver   INTEGER NOT NULL DEFAULT 0,
    note       TEXT NOT NULL DEFAULT '',
    verdict    TEXT NOT NULL,
    changed    INTEGER NOT NULL,
    published  INTEGER NOT NULL DEFAULT 0,
    revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX replies_published ON replies (published) WHERE published <> 0;

CREATE TABLE reply_drafts (
    id       INTEGER PRIMARY KEY,
    reply_id INTEGER NOT NULL REFERENCES replies (id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,
    author   INTEGER NOT NULL,
    text     TEXT NOT NULL,
    verdict  TEXT NOT NULL,
    rules    TEXT NOT NULL,
    kept     INTEGER NOT NULL DEFAULT 0 -- it was shown to somebody or copied: never written over
) STRICT;
CREATE INDEX reply_drafts_reply ON reply_drafts (reply_id, id);

CREATE TABLE views (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL
) STRICT;

-- Searching: only the words of a mention, and never a copy of them. New mentions are indexed by one statement at the end of their transaction:
-- a trigger would make FTS5 write its pages out once a row, which costs four times as much.
CREATE VIRTUAL TABLE mentions_words USING fts5 (
    title, text, author,
    content = 'mentions', content_rowid = 'id', tokenize = "unicode61 remove_diacritics 2"
);
-- +goose StatementBegin
CREATE TRIGGER mentions_words_delete AFTER DELETE ON mentions BEGIN
    INSERT INTO mentions_words (mentions_words, rowid, title, text, author) VALUES ('delete', old.id, old.title, old.text, old.author);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER mentions_words_update AFTER UPDATE OF title, text, author ON mentions BEGIN
    INSERT INTO mentions_words (mentions_words, rowid, title, text, author) VALUES ('delete', old.id, old.title, old.text, old.author);
    INSERT INTO mentions_words (rowid, title, text, author) VALUES (new.id, new.title, new.text, new.author);
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE mentions_words;
DROP TABLE views;
DROP TABLE reply_drafts;
DROP TABLE replies;
DROP TABLE revisions;
DROP TABLE appearances;
DROP TABLE mentions;
DROP TABLE visits;
DROP TABLE sources;
