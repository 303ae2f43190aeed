package proof

import (
	"context"
	"encoding/json"
	"time"

	"goodword/internal/database"
	"goodword/internal/manifest"
	"goodword/internal/refusal"
	"goodword/reviews"
)

// Report is what Verify found.
type Report struct {
	Mention  int64     `json:"mention"`
	Practice string    `json:"practice"`
	Made     time.Time `json:"made"`
	By       string    `json:"by"`
	Masked   bool      `json:"masked"`
	manifest.Found
}

// Verify proves a folder or .zip: every file against the manifest, every line of audit.csv by itself and against the audit log, and the manifest
// against the line of the audit log on the export. The error wraps manifest.ErrAltered and names what was altered, is missing or was added.
func (b *Binder) Verify(ctx context.Context, path string) (Report, error) {
	return verify(ctx, path, b.DB.Reader())
}

// VerifyFiles proves a folder or .zip without the practice's audit log: that the files are those of the manifest. Whether the manifest is the one
// that was made only Verify can tell.
func VerifyFiles(ctx context.Context, path string) (Report, error) { return verify(ctx, path, nil) }

func verify(ctx context.Context, path string, q database.Querier) (Report, error) {
	o, err := manifest.Prove(ctx, path, "incident folder", format, q)
	r := Report{Found: o.Found}
	if err != nil {
		return r, err
	}
	var m Manifest
	if err := json.Unmarshal(o.Text, &m); err != nil || o.Kind != "" {
		return r, refusal.Because(manifest.ErrFolder, "%s is no incident folder", path)
	}
	r.Mention, r.Practice, r.Made, r.By, r.Masked = m.Mention, m.Practice, m.Made, m.By, m.Masked
	if o.Subject != "" && o.Subject != reviews.Subject(m.Mention) {
		r.Wrong = append(r.Wrong, "The audit log knows this manifest for another mention")
	}
	return r, r.Err()
}
