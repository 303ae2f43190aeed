package reviews

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// KeepNotes names the vault of the private notes; without one they stay locked.
func (s *Store) KeepNotes(v Vault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vault = v
}

func (s *Store) openVault() (Vault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.vault, s.vault != nil && s.vault.Open()
}

// Note is what the practice knows of a mention.
func (s *Store) Note(ctx context.Context, mentionID int64) (Note, error) {
	return s.note(ctx, s.db.Reader(), mentionID)
}

// note reads the notes of a mention; those that came along with a joined one follow the others.
func (s *Store) note(ctx context.Context, q database.Querier, mentionID int64) (Note, error) {
	n := Note{MentionID: mentionID}
	rows, err := q.QueryContext(ctx, `SELECT at, author, sealed FROM notes WHERE mention_id = ? ORDER BY id`, mentionID)
	if err != nil {
		return n, fmt.Errorf("read the private notes: %w", err)
	}
	defer func() { _ = rows.Close() }()
	vault, open := s.openVault()
	var texts []string
	for rows.Next() {
		var at int64
		var sealed []byte
		if err := rows.Scan(&at, &n.Author, &sealed); err != nil {
			return n, fmt.Errorf("read the private notes: %w", err)
		}
		n.There, n.At = true, clock.Unix(at)
		if !open {
			continue
		}
		plain, err := vault.Unseal(sealed)
		if err != nil {
			return n, err
		}
		texts = append(texts, string(plain))
	}
	n.Locked, n.Text = n.There && !open, strings.Join(texts, "\n\n")
	if n.Locked {
		n.Author = 0
	}
	return n, rows.Err()
}

// SaveNote keeps what the practice knows of a mention, sealed. An empty text takes the notes away. The audit log says that there was a change and
// by whom, and nothing of the words, not even their hash.
func (s *Store) SaveNote(ctx context.Context, mentionID int64, text string, by audit.Actor) error {
	vault, open := s.openVault()
	if !open {
		return refusal.Because(ErrLocked, "The private notes are locked. Unlock them first")
	}
	if text = strings.TrimSpace(text); len(text) > longestNote {
		return refusal.Because(ErrStep, "A note may have up to %d letters", longestNote)
	}
	did := "changed the private notes"
	var sealed []byte
	if text == "" {
		did = "removed the private notes"
	} else {
		var err error
		if sealed, err = vault.Seal([]byte(text)); err != nil {
			return err
		}
	}
	before, err := s.Note(ctx, mentionID)
	if err != nil || before.Text == text {
		return err
	}
	return s.replaceNotes(ctx, mentionID, sealed, did, by)
}

// RemoveNotes takes the notes on a mention away, also where nobody can open them any more.
func (s *Store) RemoveNotes(ctx context.Context, mentionID int64, by audit.Actor) error {
	return s.replaceNotes(ctx, mentionID, nil, "removed the private notes", by)
}

func (s *Store) replaceNotes(ctx context.Context, mentionID int64, sealed []byte, did string, by audit.Actor) error {
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	if role := roles.of(by.ID); !role.MayDraft() {
		return refusedRole(role, "write private notes")
	}
	return s.write(ctx, ChangedMentions, mentionID, func(tx *sql.Tx) error {
		if _, err := find(ctx, tx, mentionID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM notes WHERE mention_id = ?`, mentionID); err != nil {
			return fmt.Errorf("store the private notes: %w", err)
		}
		if sealed != nil {
			_, err := tx.ExecContext(ctx, `INSERT INTO notes (mention_id, at, author, sealed) VALUES (?, ?, ?, ?)`, mentionID, seconds(s.now()), by.ID, sealed)
			if err != nil {
				return fmt.Errorf("store the private notes: %w", err)
			}
		}
		return s.log(ctx, tx, by, did, mentionSubject(mentionID), "", "")
	})
}
