package manifest

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// AuditName is the file with the lines of the audit log.
const AuditName = "audit.csv"

// The columns of audit.csv. "masked" marks a line some words of which are covered, or cannot stand in a table as they are: its hash is still that
// of the whole line.
var columns = []string{"line", "at", "person_id", "person", "did", "subject", "before", "after", "previous", "hash", "masked"}

// Table writes lines of the audit log as a table; cover may cover words that are not to leave the practice.
func Table(lines []audit.Sealed, cover func(text string) string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{columns}
	for _, l := range lines {
		did, before, after := cover(l.Did), cover(l.Before), cover(l.After)
		masked := ""
		if did != l.Did || before != l.Before || after != l.After || strings.ContainsRune(l.Did+l.Before+l.After+l.Who.Name, '\r') {
			masked = "masked"
		}
		rows = append(rows, []string{strconv.FormatInt(l.ID, 10), l.At.UTC().Format(time.RFC3339), strconv.FormatInt(l.Who.ID, 10), l.Who.Name, did, l.Subject, before, after,
			l.Previous, l.Hash, masked})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the audit lines: %w", err)
	}
	return b.Bytes(), nil
}

// Untable reads them again, and which of them are masked.
func Untable(data []byte) (lines []audit.Sealed, masked []bool, err error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, nil, refusal.Because(ErrAltered, "audit.csv cannot be read")
	}
	for _, r := range rows[1:] {
		var l audit.Sealed
		var err1, err2, err3 error
		l.ID, err1 = strconv.ParseInt(r[0], 10, 64)
		l.At, err2 = time.Parse(time.RFC3339, r[1])
		l.Who.ID, err3 = strconv.ParseInt(r[2], 10, 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, nil, refusal.Because(ErrAltered, "audit.csv cannot be read")
		}
		l.Who.Name, l.Did, l.Subject, l.Before, l.After, l.Previous, l.Hash = r[3], r[4], r[5], r[6], r[7], r[8], r[9]
		lines, masked = append(lines, l), append(masked, r[10] != "")
	}
	return lines, masked, nil
}

// Noted is what the audit log keeps of a manifest: the words in front of its hash.
const Noted = "manifest sha256:"

var errFound = errors.New("found")

// Exported finds the line of the audit log on a folder by the hash of its manifest.
func Exported(ctx context.Context, q database.Querier, hash string) (line audit.Line, ok bool, err error) {
	err = audit.Walk(ctx, q, "", func(l audit.Sealed) error {
		if l.After == Noted+hash {
			line, ok = l.Line, true
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return line, ok, err
}

// knows reports whether the audit log has a line with this number and hash.
func knows(ctx context.Context, q database.Querier, line audit.Sealed) (bool, error) {
	own, ok, err := audit.Numbered(ctx, q, line.ID)
	return ok && own.Hash == line.Hash && own.Fits(), err
}
