package policy

import (
	"context"
	"slices"
	"strings"
	"time"

	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// OwnOf is what belongs to a practice and may be shown in any public text: its numbers, its addresses, its own names. The names of its people are not
// among them: a post may name a colleague only with consent.
func OwnOf(p practice.Practice, places []practice.Place, people []practice.Person) guard.Own {
	own := guard.Own{Phones: []string{p.Phone}, Emails: []string{p.Email}, Names: []string{p.Name, p.ContactName}, Websites: []string{p.Website}}
	for _, place := range places {
		own.Phones = append(own.Phones, place.Phone)
		own.Addresses = append(own.Addresses, place.Address)
		own.Names = append(own.Names, place.Name)
	}
	for _, person := range people {
		own.Emails = append(own.Emails, person.Email)
	}
	for _, list := range []*[]string{&own.Phones, &own.Emails, &own.Addresses, &own.Names, &own.Websites} {
		*list = slices.DeleteFunc(*list, func(text string) bool { return strings.TrimSpace(text) == "" })
	}
	return own
}

// Decided gives a draft what the practice has decided about its words: its own copy of the rules, and the statements about health that its clinicians
// stand behind at that moment. Replies, posts and share kits all take it from here, inside the transaction that judges them.
func Decided(ctx context.Context, q database.Querier, draft guard.Draft, people []practice.Person, now time.Time) (guard.Draft, error) {
	stands, err := approved(ctx, q, people, now)
	if err != nil {
		return draft, err
	}
	draft.Own.Statements = Statements(stands)
	draft.Local, err = Local(ctx, q)
	return draft, err
}
