package reviews

import "time"

// shortestKeeping is how long the words of a restricted source are kept whose kind does not say it.
const shortestKeeping = 24 * time.Hour

// expires is when the words have to go that a source shows at a time; zero: never.
func (s Source) expires(shown time.Time) time.Time {
	if s.Retention != Restricted {
		return time.Time{}
	}
	keeps := time.Duration(s.Keeps) * time.Hour
	if keeps <= 0 {
		keeps = shortestKeeping
	}
	return shown.Add(keeps)
}
