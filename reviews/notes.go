package reviews

import "time"

// Note is what only the practice knows of a mention: who it was, what happened. It is sealed on the disk, never published, and kept out of logs,
// searches and exports.
type Note struct {
	MentionID int64
	Text      string // empty while locked
	At        time.Time
	Author    int64
	There     bool // there are notes
	Locked    bool // there are notes, and nobody has opened the vault: nothing else is known of them
}

// Vault seals notes and opens them; *vault.Vault does.
type Vault interface {
	Open() bool
	Seal(plain []byte) ([]byte, error)
	Unseal(sealed []byte) ([]byte, error)
}

// longestNote is how many bytes a note may have.
const longestNote = 100_000
