package advocacy

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// SavePicture copies a picture into the database without its metadata and gives it to the spotlight. The background checks start
// anew, because they belong to what is seen on this picture.
func (s *Store) SavePicture(ctx context.Context, id int64, r io.Reader, alt string, by audit.Actor) (Picture, error) {
	copied, err := clean(r)
	if err != nil {
		return Picture{}, err
	}
	picture := Picture{File: copied.file, Hash: copied.hash, Alt: strings.TrimSpace(alt), By: by.ID}
	return picture, s.setPicture(ctx, id, picture, copied.data, "added a picture", by)
}

// RemovePicture takes the picture off the spotlight.
func (s *Store) RemovePicture(ctx context.Context, id int64, by audit.Actor) error {
	return s.setPicture(ctx, id, Picture{}, nil, "removed the picture", by)
}

// DescribePicture stores the text for people who cannot see the picture.
func (s *Store) DescribePicture(ctx context.Context, id int64, alt string, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		picture := step.Spotlight.Picture
		picture.Alt = strings.TrimSpace(alt)
		return s.writePicture(ctx, tx, step.Spotlight, picture, "described the picture", by)
	})
}

// CheckPicture stores which background checks the actor made and signs for.
func (s *Store) CheckPicture(ctx context.Context, id int64, checks []string, by audit.Actor) error {
	known, _ := PictureChecks()
	for _, check := range checks {
		if !slices.ContainsFunc(known, func(k BackgroundCheck) bool { return k.ID == check }) {
			return refusal.Because(ErrNotFound, "There is no background check %q", check)
		}
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		picture := step.Spotlight.Picture
		if picture.File == "" {
			return refusal.Because(ErrStep, "Add a picture first")
		}
		picture.Checked, picture.By = checks, by.ID
		return s.writePicture(ctx, tx, step.Spotlight, picture, "checked the picture", by)
	})
}

// setPicture gives the spotlight a picture, or none, and forgets the one before if no other spotlight shows it.
func (s *Store) setPicture(ctx context.Context, id int64, picture Picture, data []byte, did string, by audit.Actor) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if picture.File != "" {
			if _, err := tx.ExecContext(ctx, `INSERT INTO pictures (file, data) VALUES (?, ?) ON CONFLICT (file) DO NOTHING`, picture.File, data); err != nil {
				return fmt.Errorf("keep the picture: %w", err)
			}
		}
		old := step.Spotlight.Picture.File
		if err := s.writePicture(ctx, tx, step.Spotlight, picture, did, by); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM pictures WHERE file = ? AND file NOT IN (SELECT picture_file FROM spotlights)`, old)
		return err
	})
}

func (s *Store) writePicture(ctx context.Context, tx *sql.Tx, v Spotlight, p Picture, did string, by audit.Actor) error {
	if err := beforeReview(v); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE spotlights SET picture_file = ?, picture_hash = ?, picture_alt = ?, picture_checked = ?, picture_by = ? WHERE id = ?`,
		p.File, p.Hash, p.Alt, database.Pack(p.Checked), p.By, v.ID)
	if err != nil {
		return fmt.Errorf("save the picture: %w", err)
	}
	return s.log(ctx, tx, v.ID, by, did, database.Pack(v.Picture), database.Pack(p))
}

// ReadPicture returns the bytes of a picture after proving that they are the ones that were checked.
func (s *Store) ReadPicture(ctx context.Context, p Picture) ([]byte, error) {
	if p.File == "" {
		return nil, refusal.Because(ErrNotFound, "There is no picture")
	}
	var data []byte
	err := s.db.Reader().QueryRowContext(ctx, `SELECT data FROM pictures WHERE file = ?`, p.File).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refusal.Because(ErrPicture, "The picture %s is missing. Add it again", p.File)
	}
	if err != nil {
		return nil, fmt.Errorf("read the picture: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != p.Hash {
		return nil, refusal.Because(ErrPicture, "The picture %s was changed outside Goodword. Add it again", p.File)
	}
	return data, nil
}

// VerifyPictures proves that each picture of a spotlight is there and unaltered, and returns how many there are.
func (s *Store) VerifyPictures(ctx context.Context) (int, error) {
	list, err := s.List(ctx, Filter{Archived: true})
	if err != nil {
		return 0, err
	}
	proven := 0
	for _, spotlight := range list {
		if spotlight.Picture.File == "" {
			continue
		}
		if _, err := s.ReadPicture(ctx, spotlight.Picture); err != nil {
			return proven, err
		}
		proven++
	}
	return proven, nil
}
