package today

import (
	"fmt"
	"strings"
	"time"

	"goodword/ui/kit"
)

// perSite is how long a look at one site of the weekly round takes: most have nothing new.
const perSite = 50 * time.Second

// roundItem is the line of the weekly round, once for all its sites.
func (f facts) roundItem() []item {
	if len(f.round) == 0 {
		return nil
	}
	var names []string
	since := f.round[0].Since
	for _, stop := range f.round {
		names = append(names, stop.Name)
		if stop.Since.Before(since) {
			since = stop.Since
		}
	}
	const few = 4
	if rest := len(names) - few; rest > 0 {
		names = append(names[:few], fmt.Sprintf("%d more", rest))
	}
	minutes := max(1, int((time.Duration(len(f.round))*perSite + 30*time.Second).Minutes()))
	when := "due today"
	if days := int(f.now.Sub(since).Hours() / 24); days > 0 {
		when = "due for " + kit.Counted(days, "day", "days")
	}
	return []item{{icon: "list-checks", tone: kit.ToneAccent, title: fmt.Sprintf("Weekly round: %s, about %s", kit.Counted(len(f.round), "site", "sites"), kit.Counted(minutes, "minute", "minutes")),
		detail: strings.Join(names, ", "), when: when, screen: "sources", arg: "round"}}
}
