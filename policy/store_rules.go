package policy

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// The kinds of decision about the gate.
const (
	SoftenRule = "soften" // a rule that blocks only warns
	RuleOff    = "off"    // a rule is silent
	AddRule    = "add"    // words of the practice's own that block or warn
	OwnWord    = "word"   // words that belong to the practice and are never a leak
)

// GateRule is one decision of the practice about the gate, with its reason and the one who answers for it.
type GateRule struct {
	ID        int64
	What      string
	Rule      string // of the packs, to soften or switch off
	Code      string // of an addition
	Severity  guard.Verdict
	Words     string
	Reason    string
	By        audit.Actor
	Since     time.Time
	ReviewOn  string    // a date
	Ended     time.Time // zero while it holds
	EndedWhy  string
	InsteadOf int64 // the decision whose place it took

	// of an addition
	Kind     guard.Kind // "": replies and posts
	Language string     // "": any
	Source   string
	Fires    []string // texts that it must stop
	Silent   []string // texts that it must leave alone
}

// Addition is the decision as the gate reads it.
func (g GateRule) Addition() guard.Addition {
	return guard.Addition{ID: fmt.Sprintf("own-%d", g.ID), Code: g.Code, Words: g.Words, Severity: g.Severity, Why: g.Reason, Kind: g.Kind,
		Language: g.Language, Source: g.Source, Fires: g.Fires, Silent: g.Silent}
}

// looser reports whether less is stopped with another decision in the place of this one; nil is none.
func (g GateRule) looser(than *GateRule) bool {
	if g.What != AddRule {
		return false
	}
	return than == nil || than.What != AddRule || than.Severity == guard.Warn && g.Severity == guard.Block || than.Code != g.Code || than.Words != g.Words ||
		than.Kind != g.Kind && than.Kind != "" || than.Language != g.Language && than.Language != ""
}

const gateColumns = `SELECT id, what, rule, code, severity, words, reason, person, by, since, review_on, ended,
	ended_why, instead_of, kind, language, source, fires, silent FROM gate_rules`

func scanGateRule(row database.Row) (GateRule, error) {
	var g GateRule
	var since, ended int64
	var fires, silent string
	if err := row.Scan(&g.ID, &g.What, &g.Rule, &g.Code, &g.Severity, &g.Words, &g.Reason, &g.By.ID, &g.By.Name, &since, &g.ReviewOn, &ended,
		&g.EndedWhy, &g.InsteadOf, &g.Kind, &g.Language, &g.Source, &fires, &silent); err != nil {
		return g, err
	}
	g.Since, g.Ended = clock.Unix(since), clock.Unix(ended)
	return g, errors.Join(database.Unpack(fires, &g.Fires), database.Unpack(silent, &g.Silent))
}

// GateRules lists every decision about the gate, those that hold first, then the newest.
func (s *Store) GateRules(ctx context.Context) ([]GateRule, error) {
	return gateRules(ctx, s.db.Reader())
}

func gateRules(ctx context.Context, q database.Querier) ([]GateRule, error) {
	rows, err := q.QueryContext(ctx, gateColumns+` ORDER BY ended > 0, since DESC, id DESC`)
	return database.List(rows, err, "read the practice's own rules", scanGateRule)
}

// Local is what the practice has decided about the gate, as a draft carries it.
func Local(ctx context.Context, q database.Querier) (guard.Local, error) {
	var out guard.Local
	all, err := gateRules(ctx, q)
	for _, g := range all {
		if !g.Ended.IsZero() {
			continue
		}
		switch g.What {
		case SoftenRule, RuleOff:
			to := guard.Warn
			if g.What == RuleOff {
				to = guard.Clear
			}
			out.Changes = append(out.Changes, guard.Change{Rule: g.Rule, To: to, Reason: g.Reason, By: g.By.Name, Since: g.Since.Format(time.DateOnly)})
		case AddRule:
			out.Added = append(out.Added, g.Addition())
		case OwnWord:
			out.Words = append(out.Words, g.Words)
		}
	}
	return out, err
}

// AddGateRule stores a decision about the gate. It needs a reason and a day on which it is looked at again; a core rule of privacy is softened by the
// owner or the compliance officer only, and never switched off. A rule of the practice's own proves itself on its examples first.
func (s *Store) AddGateRule(ctx context.Context, g GateRule, by audit.Actor) (GateRule, error) {
	return s.decide(ctx, g, 0, by)
}

// ChangeGateRule puts a decision in the place of one that holds, which stays in the list as ended.
func (s *Store) ChangeGateRule(ctx context.Context, id int64, g GateRule, by audit.Actor) (GateRule, error) {
	return s.decide(ctx, g, id, by)
}

func (s *Store) decide(ctx context.Context, g GateRule, insteadOf int64, by audit.Actor) (GateRule, error) {
	g = g.trimmed()
	if err := s.mayDecide(ctx, g, by); err != nil {
		return g, err
	}
	g.By, g.Since, g.Ended, g.EndedWhy, g.InsteadOf = by, s.moment(), time.Time{}, "", insteadOf
	_, err := s.write(ctx, ChangedGate, func(tx *sql.Tx) (int64, audit.Line, error) {
		line := audit.Line{Who: by, Did: "changed the gate"}
		if insteadOf != 0 {
			before, err := s.endGateRule(ctx, tx, insteadOf, &g, g.Reason, by)
			if err != nil {
				return 0, line, err
			}
			line.Before = database.Pack(before)
		}
		all, err := gateRules(ctx, tx)
		if err != nil {
			return 0, line, err
		}
		if g.Rule != "" && slices.ContainsFunc(all, func(o GateRule) bool { return o.Rule == g.Rule && o.Ended.IsZero() }) {
			return 0, line, refusal.Because(ErrStep, "That rule is changed already; end the earlier decision first")
		}
		result, err := tx.ExecContext(ctx, `INSERT INTO gate_rules (what, rule, code, severity, words, reason, person, by, since, review_on, instead_of, kind, language, source, fires, silent)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, g.What, g.Rule, g.Code, g.Severity, g.Words, g.Reason, by.ID, by.Name, clock.Seconds(g.Since),
			g.ReviewOn, g.InsteadOf, g.Kind, g.Language, g.Source, database.Pack(g.Fires), database.Pack(g.Silent))
		if err != nil {
			return 0, line, fmt.Errorf("save a rule of the practice: %w", err)
		}
		g.ID, err = result.LastInsertId()
		line.Subject, line.After = fmt.Sprintf("gate/%d", g.ID), database.Pack(g)
		return g.ID, line, err
	})
	return g, err
}

// trimmed is a decision without blank lines and edges in what was typed.
func (g GateRule) trimmed() GateRule {
	g.Reason, g.Source = strings.TrimSpace(g.Reason), strings.TrimSpace(g.Source)
	lines := func(list []string) []string {
		kept := []string{}
		for _, text := range list {
			if text = strings.TrimSpace(text); text != "" {
				kept = append(kept, text)
			}
		}
		return kept
	}
	g.Words = strings.Join(lines(strings.Split(g.Words, "\n")), "\n")
	g.Fires, g.Silent = lines(g.Fires), lines(g.Silent)
	return g
}

// mayDecide says why a decision about the gate cannot be taken.
func (s *Store) mayDecide(ctx context.Context, g GateRule, by audit.Actor) error {
	if g.Reason == "" {
		return refusal.Because(ErrStep, "A change of the gate needs a reason in words")
	}
	review, err := time.Parse(time.DateOnly, g.ReviewOn)
	if err != nil || !review.After(s.now()) {
		return refusal.Because(ErrStep, "A change of the gate needs a day to come on which it is looked at again")
	}
	who, err := s.practices.Person(ctx, by.ID)
	if err != nil || !who.Role.MayApprove() {
		return refusal.Because(ErrStep, "The gate is changed by the owner, the compliance officer or a manager")
	}
	switch g.What {
	case SoftenRule, RuleOff:
		all := guard.Default().Rules()
		at := slices.IndexFunc(all, func(r guard.Rule) bool { return r.ID == g.Rule })
		if at < 0 {
			return refusal.Because(ErrNotFound, "The gate has no rule %q", g.Rule)
		}
		if !guard.IsCore(all[at].Code) {
			return nil
		}
		if g.What == RuleOff {
			return refusal.Because(ErrStep, "A rule that guards privacy can be softened, not switched off")
		}
		if who.Role != practice.Owner && who.Role != practice.Compliance {
			return refusal.Because(ErrStep, "A rule that guards privacy is softened by the owner or the compliance officer only")
		}
	case AddRule:
		if g.Words == "" || g.Severity != guard.Block && g.Severity != guard.Warn {
			return refusal.Because(ErrStep, "A rule of the practice needs its words, and whether they block or warn")
		}
		if !slices.ContainsFunc(guard.Default().Rules(), func(r guard.Rule) bool { return r.Code == g.Code }) {
			return refusal.Because(ErrNotFound, "The gate has no code %q", g.Code)
		}
		if g.Kind != "" && g.Kind != guard.Reply && g.Kind != guard.Spotlight {
			return refusal.Because(ErrStep, "A rule is for replies, for posts, or for both")
		}
		if err := guard.Default().Prove(g.Addition()); err != nil {
			return refusal.Because(ErrStep, "%s", err.Error())
		}
	case OwnWord:
		if len(g.Words) < 3 {
			return refusal.Because(ErrStep, "Words of the practice's own need three letters at least")
		}
	default:
		return errors.New("A change of the gate softens a rule, switches one off, adds one, or names words of the practice's own")
	}
	return nil
}

// EndGateRule ends a decision about the gate; it stays in the list. To end a rule of the practice's own needs a reason, because less is stopped then.
func (s *Store) EndGateRule(ctx context.Context, id int64, why string, by audit.Actor) error {
	_, err := s.write(ctx, ChangedGate, func(tx *sql.Tx) (int64, audit.Line, error) {
		g, err := s.endGateRule(ctx, tx, id, nil, strings.TrimSpace(why), by)
		return id, audit.Line{Who: by, Did: "ended a change of the gate", Subject: fmt.Sprintf("gate/%d", id), Before: database.Pack(g), After: strings.TrimSpace(why)}, err
	})
	return err
}

// endGateRule ends a decision that holds, where whoever acts may do so; next takes its place, or nothing does.
func (s *Store) endGateRule(ctx context.Context, tx *sql.Tx, id int64, next *GateRule, why string, by audit.Actor) (GateRule, error) {
	who, err := s.practices.Person(ctx, by.ID)
	if err != nil || !who.Role.MayApprove() {
		return GateRule{}, refusal.Because(ErrStep, "The gate is changed by the owner, the compliance officer or a manager")
	}
	g, err := scanGateRule(tx.QueryRowContext(ctx, gateColumns+` WHERE id = ? AND ended = 0`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return g, refusal.Because(ErrNotFound, "No such change of the gate holds")
	}
	if err != nil {
		return g, err
	}
	if g.looser(next) {
		if why == "" {
			return g, refusal.Because(ErrStep, "Say in words why the gate is to stop less")
		}
		if guard.IsCore(g.Code) && who.Role != practice.Owner && who.Role != practice.Compliance {
			return g, refusal.Because(ErrStep, "A rule that guards privacy is softened by the owner or the compliance officer only")
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE gate_rules SET ended = ?, ended_why = ? WHERE id = ?`, clock.Seconds(s.now()), why, id); err != nil {
		return g, fmt.Errorf("end a rule of the practice: %w", err)
	}
	return g, nil
}
