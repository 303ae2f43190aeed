package advocacy

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// SavePicture copies a picture into the database without its metadata and gives it to the spotlight. The background checks start
// anew, because they belong to what is seen on this picture. WithProgress tells how far it is.
func (s *Store) SavePicture(ctx context.Context, id int64, r io.Reader, alt string, by audit.Actor) (Picture, error) {
	copied, err := clean(ctx, r)
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
	return s.touchPicture(ctx, id, "described the picture", by, func(_ Step, p *Picture) error {
		p.Alt = strings.TrimSpace(alt)
		return nil
	})
}

// CheckPicture stores which background checks the actor made and signs for. Only a person can sign.
func (s *Store) CheckPicture(ctx context.Context, id int64, checks []string, by audit.Actor) error {
	known, _ := PictureChecks()
	for _, check := range checks {
		if !slices.ContainsFunc(known, func(k BackgroundCheck) bool { return k.ID == check }) {
			return refusal.Because(ErrNotFound, "There is no background check %q", check)
		}
	}
	return s.touchPicture(ctx, id, "checked the picture", by, func(step Step, p *Picture) error {
		if p.File == "" {
			return refusal.Because(ErrStep, "Add a picture first")
		}
		if step.Actor.ID == 0 && len(checks) > 0 {
			return refusal.Because(ErrRights, "Choose who is working first: the background checks carry a name")
		}
		p.Checked, p.Signed, p.SignedAt = checks, step.Actor.ID, s.now()
		return nil
	})
}

// NamePeople notes which colleagues are in the picture beside the one it is about. Each needs a consent of their own for the photo, and
// whoever signed that everybody was asked looks again.
func (s *Store) NamePeople(ctx context.Context, id int64, people []int64, by audit.Actor) error {
	people = slices.Compact(slices.Sorted(slices.Values(people)))
	return s.touchPicture(ctx, id, "named who else is in the picture", by, func(step Step, p *Picture) error {
		for _, other := range people {
			if other == step.Person.ID {
				return refusal.Because(ErrStep, "%s is the one it is about", step.Person.Name)
			}
			if !slices.ContainsFunc(step.People, func(p practice.Person) bool { return p.ID == other }) {
				return refusal.Because(ErrNotFound, "There is no member of staff with number %d", other)
			}
		}
		if !slices.Equal(p.People, people) {
			p.People = people
			p.Checked = slices.DeleteFunc(slices.Clone(p.Checked), func(check string) bool { return check == checkColleagues })
		}
		return nil
	})
}

// CropPicture stores the part of the picture that a network shows; the zero crop means its middle.
func (s *Store) CropPicture(ctx context.Context, id int64, network string, crop Crop, by audit.Actor) error {
	n, ok := NetworkByID(network)
	if !ok {
		return unknownNetwork(network)
	}
	if crop.Shape != "" && n.ShapeOf(crop).ID != crop.Shape {
		return refusal.Because(ErrNotFound, "%s has no picture size %q", n.Name, crop.Shape)
	}
	for _, share := range []float64{crop.X, crop.Y, crop.W, crop.H} {
		if !(share >= 0 && share <= 1) {
			return refusal.Because(ErrPicture, "A part of a picture is given in shares from 0 to 1")
		}
	}
	return s.touchPicture(ctx, id, "cropped the picture for "+network, by, func(_ Step, p *Picture) error {
		if p.File == "" {
			return refusal.Because(ErrStep, "Add a picture first")
		}
		crops := maps.Clone(p.Crops)
		if crops == nil {
			crops = map[string]Crop{}
		}
		if crops[network] = crop; crop == (Crop{}) {
			delete(crops, network)
		}
		p.Crops = crops
		return nil
	})
}

// touchPicture changes what belongs to the picture and not the picture itself.
func (s *Store) touchPicture(ctx context.Context, id int64, did string, by audit.Actor, do func(step Step, p *Picture) error) error {
	return s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		picture := step.Spotlight.Picture
		if err := do(step, &picture); err != nil {
			return err
		}
		return s.writePicture(ctx, tx, step.Spotlight, picture, did, by)
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
		if step.Spotlight.Stage == ReviewStage && !step.Actor.Role.MayApprove() { // what is under review is what the reviewer sees
			if err := s.moveTo(ctx, tx, step.Spotlight, DraftStage, "The picture was changed during the review.", by); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM pictures WHERE file = ? AND file NOT IN (SELECT picture_file FROM spotlights)`, old)
		return err
	})
}

func (s *Store) writePicture(ctx context.Context, tx *sql.Tx, v Spotlight, p Picture, did string, by audit.Actor) error {
	if err := beforeReview(v); err != nil {
		return err
	}
	crops := "{}"
	if len(p.Crops) > 0 {
		crops = database.Pack(p.Crops)
	}
	_, err := tx.ExecContext(ctx, `UPDATE spotlights SET picture_file = ?, picture_hash = ?, picture_alt = ?, picture_checked = ?, picture_by = ?,
		picture_people = ?, picture_crops = ?, picture_signed = ?, picture_signed_at = ? WHERE id = ?`,
		p.File, p.Hash, p.Alt, packed(p.Checked), p.By, packed(p.People), crops, p.Signed, clock.Seconds(p.SignedAt), v.ID)
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

// Render returns the picture as a network would show it, for a look at it. What leaves the program comes from CopyPicture.
func (s *Store) Render(ctx context.Context, p Picture, network string) (Rendition, error) {
	n, ok := NetworkByID(network)
	if !ok {
		return Rendition{}, unknownNetwork(network)
	}
	data, err := s.ReadPicture(ctx, p)
	if err != nil {
		return Rendition{}, err
	}
	out, err := render(data, n, p.Crops[network])
	out.Alt = p.Alt
	return out, err
}

// CopyPicture returns the picture as it goes to the network, under the same rules as its text, and notes that it left.
func (s *Store) CopyPicture(ctx context.Context, id int64, network string, by audit.Actor) (Rendition, error) {
	v, err := s.Find(ctx, id)
	if err != nil {
		return Rendition{}, err
	}
	out, err := s.Render(ctx, v.Picture, network)
	if err != nil {
		return Rendition{}, err
	}
	err = s.change(ctx, id, by, func(tx *sql.Tx, step Step) error {
		if err := step.MayCopy(network); err != nil {
			return err
		}
		if now := step.Spotlight.Picture; now.Hash != v.Picture.Hash || now.Crops[network] != v.Picture.Crops[network] || now.Alt != v.Picture.Alt {
			return refusal.Because(ErrStep, "The picture was changed meanwhile. Try again")
		}
		return s.log(ctx, tx, id, by, "took the picture for "+network, "", v.Picture.Hash)
	})
	if err != nil {
		return Rendition{}, err
	}
	return out, nil
}

// VerifyPictures proves that each picture of a spotlight, and each signed copy of a consent or an authorization, is there and unaltered, and
// returns how many there are.
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
	scans, err := s.verifyScans(ctx)
	return proven + scans, err
}
