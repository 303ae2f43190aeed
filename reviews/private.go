package reviews

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Public is how much of the talk may stay in public.
type Public string

// The three ways.
const (
	PublicNone  Public = "none"  // nothing more in public
	PublicLine  Public = "line"  // one line with a phone number, then private
	PublicReply Public = "reply" // an ordinary reply
)

// Channel is one rule for where to talk, with why it holds for a mention.
type Channel struct {
	ID     string `json:"id"`
	If     string `json:"if"`
	Then   string `json:"then"`
	Public Public `json:"public"`
	Why    string `json:"why"`
}

// Talk is what is known besides the mention itself.
type Talk struct {
	Answered bool // a public reply went out
	Private  bool // its words give names or health details, as the program sees them
	Quote    string
}

type channelRule struct {
	ID     string        `yaml:"id"`
	If     string        `yaml:"if"`
	Then   string        `yaml:"then"`
	Public Public        `yaml:"public"`
	When   []channelCase `yaml:"when"`
}

// channelCase is one alternative of a rule: everything that it names must hold.
type channelCase struct {
	Urgency   []string `yaml:"urgency"`
	Sentiment []string `yaml:"sentiment"`
	Topics    []string `yaml:"topics"`
	Words     []string `yaml:"words"`
	Address   []string `yaml:"address"`
	Answered  bool     `yaml:"answered"`
	Edited    bool     `yaml:"edited"`
	Private   *bool    `yaml:"private"`
	Why       string   `yaml:"why"`

	words, address []*regexp.Regexp
}

func (f *ladderFile) compile() error {
	for i := range f.Private {
		for j := range f.Private[i].When {
			c := &f.Private[i].When[j]
			for _, list := range []struct {
				from []string
				to   *[]*regexp.Regexp
			}{{c.Words, &c.words}, {c.Address, &c.address}} {
				for _, source := range list.from {
					re, err := regexp.Compile("(?i)" + source)
					if err != nil {
						return fmt.Errorf("rule %s: %w", f.Private[i].ID, err)
					}
					*list.to = append(*list.to, re)
				}
			}
		}
	}
	return nil
}

// Channels says which rules for the private channel hold for a mention, the most careful first.
func Channels(m Mention, talk Talk) []Channel {
	var held []Channel
	for _, rule := range shippedLadder().Private {
		for _, c := range rule.When {
			if why, ok := c.holds(m, talk); ok {
				held = append(held, Channel{rule.ID, rule.If, rule.Then, rule.Public, why})
				break
			}
		}
	}
	return held
}

func (c channelCase) holds(m Mention, talk Talk) (string, bool) {
	topic, quote := "", talk.Quote
	switch {
	case len(c.Urgency) > 0 && !slices.Contains(c.Urgency, m.Urgency),
		len(c.Sentiment) > 0 && !slices.Contains(c.Sentiment, m.Sentiment),
		c.Answered && !talk.Answered,
		c.Edited && m.Revisions == 0,
		c.Private != nil && *c.Private != talk.Private:
		return "", false
	}
	if len(c.Topics) > 0 {
		at := slices.IndexFunc(m.Topics, func(t string) bool { return slices.Contains(c.Topics, t) })
		if at < 0 {
			return "", false
		}
		topic = m.Topics[at]
	}
	if len(c.words) > 0 {
		if quote = firstMatch(c.words, straight(m.Words())); quote == "" {
			return "", false
		}
	}
	if len(c.address) > 0 && firstMatch(c.address, m.URL) == "" {
		return "", false
	}
	why := strings.NewReplacer("{urgency}", m.Urgency, "{topic}", strings.ReplaceAll(topic, "_", " and "), "{quote}", quote).Replace(c.Why)
	return why, true
}

func straight(text string) string { return strings.NewReplacer("’", "'", "‘", "'").Replace(text) }

func firstMatch(list []*regexp.Regexp, text string) string {
	for _, re := range list {
		if found := strings.TrimSpace(re.FindString(text)); found != "" {
			return found
		}
	}
	return ""
}
