package practice

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/alexedwards/argon2id"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// The errors of PINs.
var (
	ErrNoPIN    = errors.New("this person has no PIN")
	ErrWrongPIN = errors.New("this is not the PIN")
	ErrWait     = errors.New("too many wrong PINs")
	ErrPIN      = errors.New("this cannot be a PIN")
	ErrRights   = errors.New("the role does not allow this")
)

// The wait after wrong PINs: none for the first few, then half a minute that doubles, an hour at most. Four digits are guessed in about a year so.
const (
	freeTries = 3
	firstWait = 30 * time.Second
	longWait  = time.Hour
)

// pinWait is how long nobody may try after so many wrong PINs in a row.
func pinWait(tries int) time.Duration {
	if tries < freeTries {
		return 0
	}
	wait := firstWait
	for range tries - freeTries {
		if wait *= 2; wait >= longWait {
			return longWait
		}
	}
	return wait
}

// pinCost is what one look at a PIN costs: a fifth of a second on an office computer. Tests of other packages pay it too, so that they prove the
// same thing.
var pinCost = argon2id.Params{Memory: 32 * 1024, Iterations: 2, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// CheckNewPIN refuses what is no PIN or is guessed first: four to twelve digits, not one digit over and over, no row such as 1234, no year.
func CheckNewPIN(pin string) error {
	if len(pin) < 4 || len(pin) > 12 || strings.ContainsFunc(pin, func(r rune) bool { return !unicode.IsDigit(r) || r > '9' }) {
		return refusal.Because(ErrPIN, "A PIN has four to twelve digits")
	}
	same, up, down := true, true, true
	for i := 1; i < len(pin); i++ {
		step := int(pin[i]) - int(pin[i-1])
		same, up, down = same && step == 0, up && step == 1, down && step == -1
	}
	if same || up || down {
		return refusal.Because(ErrPIN, "This PIN is guessed first. Take one without a row and with more than one digit")
	}
	if len(pin) == 4 && (strings.HasPrefix(pin, "19") || strings.HasPrefix(pin, "20")) {
		return refusal.Because(ErrPIN, "This PIN reads like a year, which is guessed early. Take another")
	}
	return nil
}

// SetPIN gives a person a PIN of their own. Only they themselves do, and old is the one they have so far: "" if they have none.
func (s *Store) SetPIN(ctx context.Context, personID int64, old, pin string, by audit.Actor) error {
	if by.ID != personID {
		return refusal.Because(ErrRights, "Each person sets their own PIN. The owner or a manager can take one away, so that its owner can set another")
	}
	if _, err := s.Person(ctx, personID); err != nil {
		return err
	}
	if err := CheckNewPIN(pin); err != nil {
		return err
	}
	if err := s.CheckPIN(ctx, personID, old); err != nil && !errors.Is(err, ErrNoPIN) {
		return err
	}
	hash, err := argon2id.CreateHash(pin, &pinCost)
	if err != nil {
		return fmt.Errorf("keep the PIN: %w", err)
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO pins (person_id, hash, set_at) VALUES (?, ?, ?)
			ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, tries = 0, last_try = 0`, personID, hash, clock.Seconds(s.now()))
		if err != nil {
			return fmt.Errorf("keep the PIN: %w", err)
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "set their PIN", Subject: fmt.Sprintf("person/%d", personID)})
	})
}

// ResetPIN takes a person's PIN away, when it is forgotten. The owner, the compliance officer and managers do, each also their own, and the program
// itself, which is whoever has the file: goodwordctl.
func (s *Store) ResetPIN(ctx context.Context, personID int64, by audit.Actor) error {
	people, err := s.People(ctx)
	if err != nil {
		return err
	}
	today := s.now().Format(Day)
	may, name := by == audit.Program, ""
	for _, p := range people {
		may = may || p.ID == by.ID && p.Here(today) && p.Role.MayReset()
		if p.ID == personID {
			name = p.Name
		}
	}
	if !may {
		return refusal.Because(ErrRights, "A PIN is taken away by the owner, the compliance officer or a manager")
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, `DELETE FROM pins WHERE person_id = ?`, personID)
		if err != nil {
			return fmt.Errorf("take the PIN away: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, refusal.Because(ErrNoPIN, "%s has no PIN", name))
		}
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: "took a PIN away", Subject: fmt.Sprintf("person/%d", personID)})
	})
}

// CheckPIN returns nil if this is the person's PIN. A try is counted before it is looked at, so that pulling the plug gains nobody another one.
// The error wraps ErrNoPIN, ErrWrongPIN or ErrWait.
func (s *Store) CheckPIN(ctx context.Context, personID int64, pin string) error {
	var hash string
	var tries int
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var last int64
		err := tx.QueryRowContext(ctx, `SELECT hash, tries, last_try FROM pins WHERE person_id = ?`, personID).Scan(&hash, &tries, &last)
		if errors.Is(err, sql.ErrNoRows) {
			return refusal.Because(ErrNoPIN, "There is no PIN for this person yet")
		}
		if err != nil {
			return fmt.Errorf("read the PIN: %w", err)
		}
		// A clock that was set back makes nobody wait longer than the wait.
		if left := min(clock.Unix(last).Add(pinWait(tries)).Sub(s.now()), pinWait(tries)); left > 0 {
			return refusal.Because(ErrWait, "Too many wrong PINs. Try again in %s", inWords(left))
		}
		tries++
		_, err = tx.ExecContext(ctx, `UPDATE pins SET tries = ?, last_try = ? WHERE person_id = ?`, tries, clock.Seconds(s.now()), personID)
		return err
	})
	if err != nil {
		return err
	}
	right, err := argon2id.ComparePasswordAndHash(pin, hash)
	if err != nil {
		return fmt.Errorf("compare the PIN: %w", err)
	}
	if !right {
		if wait := pinWait(tries); wait > 0 {
			if err := s.noteTries(ctx, personID, tries); err != nil {
				return err
			}
			return refusal.Because(ErrWrongPIN, "This is not the PIN. The next try is possible in %s", inWords(wait))
		}
		return refusal.Because(ErrWrongPIN, "This is not the PIN")
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE pins SET tries = 0, last_try = 0 WHERE person_id = ? AND hash = ?`, personID, hash)
		return err
	})
}

// noteTries writes down that somebody goes on guessing.
func (s *Store) noteTries(ctx context.Context, personID int64, tries int) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		return audit.Append(ctx, tx, s.now(), audit.Line{Who: audit.Program, Did: "refused a wrong PIN", Subject: fmt.Sprintf("person/%d", personID), After: fmt.Sprintf("%d in a row", tries)})
	})
}

// HavePIN says who has a PIN.
func (s *Store) HavePIN(ctx context.Context) (map[int64]bool, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT person_id FROM pins`)
	ids, err := database.List(rows, err, "read who has a PIN", database.Value[int64])
	all := map[int64]bool{}
	for _, id := range ids {
		all[id] = true
	}
	return all, err
}

func inWords(d time.Duration) string {
	switch seconds := int((d + time.Second - 1) / time.Second); {
	case seconds == 1:
		return "1 second"
	case seconds < 120:
		return fmt.Sprintf("%d seconds", seconds)
	default:
		return fmt.Sprintf("%d minutes", (seconds+59)/60)
	}
}
