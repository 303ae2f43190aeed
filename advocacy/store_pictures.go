package advocacy

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"goodword/internal/audit"
)

// SavePicture copies a picture into the pictures folder without its metadata and gives it to the spotlight. The background checks start
// anew, because they belong to what is seen on this picture.
func (s *Store) SavePicture(ctx context.Context, id int64, r io.Reader, alt string, by audit.Actor) (Picture, error) {
	copied, err := clean(r)
	if err != nil {
		return Picture{}, err
	}
	if err := s.keep(copied); err != nil {
		return Picture{}, err
	}
	picture := Picture{File: copied.file, Hash: copied.hash, Alt: strings.TrimSpace(alt), By: by.ID}
	return picture, s.setPicture(ctx, id, picture, "added a picture", by)
}

// RemovePicture takes the picture off the spotlight.
func (s *Store) RemovePicture(ctx context.Context, id int64, by audit.Actor) error {
	return s.setPicture(ctx, id, Picture{}, "removed the picture", by)
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
			return fmt.Errorf("There is no background check %q: %w", check, ErrNotFound)
		}
	}
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		picture := step.Spotlight.Picture
		if picture.File == "" {
			return fmt.Errorf("Add a picture first: %w", ErrStep)
		}
		picture.Checked, picture.By = checks, by.ID
		return s.writePicture(ctx, tx, step.Spotlight, picture, "checked the picture", by)
	})
}

func (s *Store) setPicture(ctx context.Context, id int64, picture Picture, did string, by audit.Actor) error {
	old := ""
	err := s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		old = step.Spotlight.Picture.File
		return s.writePicture(ctx, tx, step.Spotlight, picture, did, by)
	})
	if err != nil {
		return err
	}
	return s.drop(ctx, old)
}

func (s *Store) writePicture(ctx context.Context, tx *sql.Tx, v Spotlight, p Picture, did string, by audit.Actor) error {
	if err := beforeReview(v); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE spotlights SET picture_file = ?, picture_hash = ?, picture_alt = ?, picture_checked = ?, picture_by = ? WHERE id = ?`,
		p.File, p.Hash, p.Alt, pack(p.Checked), p.By, v.ID)
	if err != nil {
		return fmt.Errorf("save the picture: %w", err)
	}
	return s.log(ctx, tx, v.ID, by, did, pack(v.Picture), pack(p))
}

// keep writes a picture under its name only when it is whole.
func (s *Store) keep(c cleaned) error {
	if err := os.MkdirAll(s.pictures, 0o700); err != nil {
		return fmt.Errorf("The folder for pictures cannot be made: %w", err)
	}
	part, err := os.CreateTemp(s.pictures, "*.part")
	if err != nil {
		return fmt.Errorf("The picture cannot be kept: %w", err)
	}
	_, err = part.Write(c.data)
	err = errors.Join(err, part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), filepath.Join(s.pictures, c.file))
	}
	if err != nil {
		return fmt.Errorf("The picture cannot be kept. Is there room on the disk: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return nil
}

// drop removes a file that no spotlight uses any more.
func (s *Store) drop(ctx context.Context, file string) error {
	if file == "" {
		return nil
	}
	var users int
	if err := s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM spotlights WHERE picture_file = ?`, file).Scan(&users); err != nil {
		return err
	}
	if users > 0 {
		return nil
	}
	if err := os.Remove(filepath.Join(s.pictures, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("The old picture cannot be removed: %w", err)
	}
	return nil
}

// ReadPicture returns the bytes of a picture after proving that they are the ones that were checked.
func (s *Store) ReadPicture(p Picture) ([]byte, error) {
	if p.File == "" {
		return nil, fmt.Errorf("There is no picture: %w", ErrNotFound)
	}
	data, err := os.ReadFile(s.PicturePath(p))
	if err != nil {
		return nil, fmt.Errorf("The picture is missing from the pictures folder. Add it again: %w", err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != p.Hash {
		return nil, fmt.Errorf("The picture was changed outside Goodword. Add it again: %w", ErrPicture)
	}
	return data, nil
}

// PicturePath is where a picture lies on the disk, so that a person can attach it to a post.
func (s *Store) PicturePath(p Picture) string {
	return filepath.Join(s.pictures, filepath.Base(p.File))
}
