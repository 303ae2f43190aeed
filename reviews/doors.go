package reviews

import (
	"context"

	"goodword/policy"
)

// Doors knows which rights the training opens to a person; *policy.Store does.
type Doors interface {
	May(ctx context.Context, personID int64, right policy.Right) error
}

// AskDoors makes the store ask, besides the role, whether the training of a person lets them write and approve replies. Without it the role is enough.
func (s *Store) AskDoors(doors Doors) { s.doors = doors }

func (s *Store) may(ctx context.Context, personID int64, right policy.Right) error {
	if s.doors == nil {
		return nil
	}
	return s.doors.May(ctx, personID, right)
}

// hand is who acts, with the rights that role and training give.
func (s *Store) hand(ctx context.Context, roles roles, id int64) hand {
	return hand{ID: id, Role: roles.of(id), Writing: s.may(ctx, id, policy.RightDraft), Approving: s.may(ctx, id, policy.RightApprove)}
}
