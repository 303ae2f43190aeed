package policy

import (
	"context"
	"errors"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// ErrCertificate says that a certificate does not hold.
var ErrCertificate = errors.New("the certificate does not hold")

// Certificates returns the certificates of a person, or of everybody for 0, newest first.
func (s *Store) Certificates(ctx context.Context, personID int64) ([]Certificate, error) {
	all, err := s.certificates(ctx, personID, "")
	slices.Reverse(all)
	return all, err
}

// CheckCertificate finds a certificate by its code and says whether the line of the audit log and the result it stands for are unaltered.
func (s *Store) CheckCertificate(ctx context.Context, code string) (Certificate, error) {
	read := readCode(code)
	if read == "" {
		return Certificate{}, refusal.Because(ErrCertificate, "%q is no verification code. It has twelve signs, such as 7K3F-9QWE-20XB", code)
	}
	all, err := s.certificates(ctx, 0, read)
	if err != nil {
		return Certificate{}, err
	}
	if len(all) == 0 {
		return Certificate{}, refusal.Because(ErrCertificate, "The audit log knows no certificate with the code %s: it was mistyped, altered, or made by another practice", read)
	}
	return all[0], nil
}

// certificates reads them from the audit log; with a code only that one, proved.
func (s *Store) certificates(ctx context.Context, personID int64, code string) ([]Certificate, error) {
	p, err := s.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	people, err := s.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	versions, err := s.Versions(ctx)
	if err != nil {
		return nil, err
	}
	results, err := s.Results(ctx)
	if err != nil {
		return nil, err
	}
	byAttempt := map[int64]Result{}
	for _, r := range results {
		byAttempt[r.AttemptID] = r
	}
	var all []Certificate
	err = audit.Walk(ctx, s.db.Reader(), "", func(l audit.Sealed) error {
		if l.Did != didPass || !strings.HasPrefix(l.Subject, "training/") {
			return nil
		}
		c := Certificate{Code: certificateCode(l), Practice: p, Line: l.ID, Hash: l.Hash}
		if code != "" && c.Code != code {
			return nil
		}
		if err := database.Unpack(l.After, &c.Result); err != nil || personID != 0 && c.Result.PersonID != personID {
			return err
		}
		stored, ok := byAttempt[c.Result.AttemptID]
		if code != "" && (!l.Fits() || !ok || !stored.matches(c.Result)) {
			return refusal.Because(ErrCertificate, "The result behind the code %s was altered outside of the program: line %d of the audit log and the stored quiz differ", code, l.ID)
		}
		if i := slices.IndexFunc(people, func(p practice.Person) bool { return p.ID == c.Result.PersonID }); i >= 0 {
			c.Person = people[i]
		}
		if i := slices.IndexFunc(versions, func(v Version) bool { return v.ID == c.Result.VersionID && v.ID != 0 }); i >= 0 {
			c.Version = versions[i]
		}
		module, err := FindModule(c.Result.ModuleID)
		if err != nil {
			module = Module{ID: c.Result.ModuleID, Title: c.Result.ModuleID} // a later program may have left it out
		}
		c.Module, c.Result.Person = module, c.Person.Name
		all = append(all, c)
		return nil
	})
	return all, err
}
