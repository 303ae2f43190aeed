package reviews

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
	"goodword/policy"
)

// ChangedTemplates is the kind of Change after which a reply may be worded otherwise.
const ChangedTemplates = "templates"

// JudgeTemplates names who proves that a template passes the gate however its variables are filled. Until then none can be kept.
func (s *Store) JudgeTemplates(sound func(ctx context.Context, t OwnTemplate) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.soundTemplate = sound
}

// KeptTemplates lists what the practice did to the templates, by their ids.
func (s *Store) KeptTemplates(ctx context.Context) ([]KeptTemplate, error) {
	return keptTemplates(ctx, s.db.Reader(), "")
}

func keptTemplates(ctx context.Context, q database.Querier, id string) ([]KeptTemplate, error) {
	where, args := "", []any{}
	if id != "" {
		where, args = " WHERE t.id = ?", []any{id}
	}
	rows, err := q.QueryContext(ctx, `SELECT t.id, t.off, COALESCE(v.version, 0), COALESCE(v.state, ''), COALESCE(v.body, ''), COALESCE(v.author, 0),
		COALESCE(v.approver, 0), COALESCE(v.at, 0), COALESCE(v.agreed, 0)
		FROM own_templates t LEFT JOIN own_template_versions v ON v.template = t.id`+where+` ORDER BY t.id, v.version`, args...)
	if err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []KeptTemplate
	for rows.Next() {
		k, v, err := scanTemplate(rows)
		if err != nil {
			return nil, err
		}
		if n := len(list); n == 0 || list[n-1].ID != k.ID {
			list = append(list, k)
		}
		list[len(list)-1].take(v)
	}
	return list, rows.Err()
}

// take goes on with the next version: what is approved or restored is in use, and what comes after waits.
func (k *KeptTemplate) take(v TemplateVersion) {
	switch v.State {
	case TemplateDraft:
		k.Draft = &v
	case TemplateApproved:
		k.InUse, k.Draft = &v, nil
	case TemplateRestored:
		k.InUse, k.Draft = nil, nil
	}
}

func scanTemplate(rows *sql.Rows) (KeptTemplate, TemplateVersion, error) {
	var k KeptTemplate
	var v TemplateVersion
	var body string
	var at, agreed int64
	if err := rows.Scan(&k.ID, &k.Off, &v.Version, &v.State, &body, &v.Author, &v.Approver, &at, &agreed); err != nil {
		return k, v, fmt.Errorf("read the templates: %w", err)
	}
	v.At, v.Agreed = clock.Unix(at), clock.Unix(agreed)
	if body == "" {
		v.Template.ID = k.ID
		return k, v, nil
	}
	if err := json.Unmarshal([]byte(body), &v.Template); err != nil {
		return k, v, fmt.Errorf("read the template %s: %w", k.ID, err)
	}
	return k, v, nil
}

// TemplateHistory lists the versions of a template, newest first.
func (s *Store) TemplateHistory(ctx context.Context, id string) ([]TemplateVersion, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT template, 0, version, state, body, author, approver, at, agreed FROM own_template_versions
		WHERE template = ? ORDER BY version DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("read the history of the template: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []TemplateVersion
	for rows.Next() {
		_, v, err := scanTemplate(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// SaveTemplate keeps a new version of a template, which waits for approval. One that the gate would stop is refused.
func (s *Store) SaveTemplate(ctx context.Context, t OwnTemplate, by audit.Actor) (TemplateVersion, error) {
	v := TemplateVersion{Template: t, State: TemplateDraft, Author: by.ID, At: clock.Unix(seconds(s.now()))}
	roles, err := s.roles(ctx)
	if err != nil {
		return v, err
	}
	if role := roles.of(by.ID); !role.MayDraft() {
		return v, refusal.Because(ErrRights, "The role %s may not write templates", role)
	}
	if err := s.may(ctx, by.ID, policy.RightDraft); err != nil {
		return v, err
	}
	if err := s.templateIsSound(ctx, t); err != nil {
		return v, err
	}
	err = s.stepTemplate(ctx, t.ID, "template written", by, func(tx *sql.Tx, before KeptTemplate) (after string, err error) {
		v.Version, err = s.addTemplateVersion(ctx, tx, v)
		return templateState(v), err
	})
	return v, err
}

func (s *Store) templateIsSound(ctx context.Context, t OwnTemplate) error {
	if strings.TrimSpace(t.ID) == "" || strings.TrimSpace(t.Title) == "" {
		return refusal.Because(ErrStep, "A template needs a title")
	}
	s.mu.Lock()
	sound := s.soundTemplate
	s.mu.Unlock()
	if sound == nil {
		return refusal.Because(ErrGate, "The template cannot be checked, so it cannot be kept")
	}
	return sound(ctx, t)
}

// ApproveTemplate puts the version that waits into use. It takes a person who may approve and who did not write it; one who works alone agrees to
// their own.
func (s *Store) ApproveTemplate(ctx context.Context, id string, by audit.Actor) error {
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	if role := roles.of(by.ID); !role.MayApprove() {
		return refusal.Because(ErrRights, "The role %s may not approve templates; an owner, manager or compliance officer may", role)
	}
	if err := s.may(ctx, by.ID, policy.RightApprove); err != nil {
		return err
	}
	list, err := keptTemplates(ctx, s.db.Reader(), id)
	if err != nil {
		return err
	}
	if len(list) == 0 || list[0].Draft == nil {
		return refusal.Because(ErrStep, "No version of this template waits for approval")
	}
	seen := list[0].Draft
	if seen.Author == by.ID && roles.others(by.ID) {
		return refusal.Because(ErrRights, "Nobody approves their own template. Ask another person")
	}
	if err := s.templateIsSound(ctx, seen.Template); err != nil {
		return err
	}
	return s.stepTemplate(ctx, id, "template approved", by, func(tx *sql.Tx, before KeptTemplate) (string, error) {
		if before.Draft == nil || before.Draft.Version != seen.Version {
			return "", refusal.Because(ErrStep, "The template was changed meanwhile. Look at it again")
		}
		v := *before.Draft
		v.State, v.Approver = TemplateApproved, by.ID
		_, err := tx.ExecContext(ctx, `UPDATE own_template_versions SET state = ?, approver = ?, agreed = ? WHERE template = ? AND version = ?`,
			string(v.State), v.Approver, seconds(s.now()), id, v.Version)
		return templateState(v), err
	})
}

// RestoreTemplate puts the shipped text back into use; one that is only the practice's own has none and goes out of use.
func (s *Store) RestoreTemplate(ctx context.Context, id string, by audit.Actor) error {
	if err := s.mayTendTemplates(ctx, by); err != nil {
		return err
	}
	return s.stepTemplate(ctx, id, "template restored", by, func(tx *sql.Tx, before KeptTemplate) (string, error) {
		if before.InUse == nil && before.Draft == nil {
			return "", refusal.Because(ErrStep, "This template reads as it was shipped")
		}
		v := TemplateVersion{Template: OwnTemplate{ID: id}, State: TemplateRestored, Author: by.ID, At: s.now()}
		_, err := s.addTemplateVersion(ctx, tx, v)
		return string(TemplateRestored), err
	})
}

// SwitchTemplate takes a template out of use, or back into it.
func (s *Store) SwitchTemplate(ctx context.Context, id string, off bool, by audit.Actor) error {
	if err := s.mayTendTemplates(ctx, by); err != nil {
		return err
	}
	did, after := "template switched on", "on"
	if off {
		did, after = "template switched off", "off"
	}
	return s.stepTemplate(ctx, id, did, by, func(tx *sql.Tx, before KeptTemplate) (string, error) {
		_, err := tx.ExecContext(ctx, `UPDATE own_templates SET off = ? WHERE id = ?`, off, id)
		return after, err
	})
}

func (s *Store) mayTendTemplates(ctx context.Context, by audit.Actor) error {
	roles, err := s.roles(ctx)
	if err != nil {
		return err
	}
	if role := roles.of(by.ID); !role.MayApprove() {
		return refusal.Because(ErrRights, "The role %s may not decide which templates are used; an owner, manager or compliance officer may", role)
	}
	return nil
}

// stepTemplate takes one step with a template in one transaction, with its line in the audit log.
func (s *Store) stepTemplate(ctx context.Context, id, did string, by audit.Actor, do func(tx *sql.Tx, before KeptTemplate) (after string, err error)) error {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO own_templates (id) VALUES (?) ON CONFLICT (id) DO NOTHING`, id); err != nil {
			return fmt.Errorf("store the template: %w", err)
		}
		list, err := keptTemplates(ctx, tx, id)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return errors.New("The template could not be stored")
		}
		before := list[0]
		after, err := do(tx, before)
		if err != nil {
			return err
		}
		was := ""
		if before.InUse != nil {
			was = templateState(*before.InUse)
		}
		return s.log(ctx, tx, by, did, "template/"+id, was, after)
	})
	if err == nil {
		s.tell(ChangedTemplates)
	}
	return err
}

func (s *Store) addTemplateVersion(ctx context.Context, tx *sql.Tx, v TemplateVersion) (int, error) {
	body, err := json.Marshal(v.Template)
	if err != nil {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, `INSERT INTO own_template_versions (template, version, state, body, author, at)
		SELECT ?, COALESCE(MAX(version), 0) + 1, ?, ?, ?, ? FROM own_template_versions WHERE template = ? RETURNING version`,
		v.Template.ID, string(v.State), string(body), v.Author, seconds(v.At), v.Template.ID).Scan(&v.Version)
	if err != nil {
		return 0, fmt.Errorf("store the template: %w", err)
	}
	return v.Version, nil
}

// templateState is a version in the audit log: its number, its state and the hash of all it says.
func templateState(v TemplateVersion) string {
	body, err := json.Marshal(v.Template)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(body)
	return fmt.Sprintf("version %d, %s, sha256:%s", v.Version, v.State, hex.EncodeToString(sum[:8]))
}

// others reports whether somebody beside that person may approve.
func (r roles) others(id int64) bool {
	for person, role := range r.byID {
		if person != id && role.MayApprove() {
			return true
		}
	}
	return false
}
