package policy

import (
	"context"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// mustLead refuses whoever may not decide for the practice; what says what is decided, such as "Incidents are closed".
func (s *Store) mustLead(ctx context.Context, by audit.Actor, what string) error {
	leads, err := s.practices.Leads(ctx, by)
	if err == nil && !leads {
		err = refusal.Because(ErrRights, "%s by the owner, the compliance officer or a manager", what)
	}
	return err
}
