package advocacy

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/rivo/uniseg"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Network is a place where a spotlight is posted. Limit 0 means that a text may have any length.
type Network struct {
	ID       string `yaml:"id" json:"id"`
	Name     string `yaml:"name" json:"name"`
	Limit    int    `yaml:"limit" json:"limit"`
	Unit     string `yaml:"unit" json:"unit"`             // "graphemes" or "weighted"
	Bytes    int    `yaml:"bytes" json:"bytes,omitempty"` // a second limit, in bytes of UTF-8
	Link     int    `yaml:"link" json:"link,omitempty"`   // what an address counts; 0: its own length
	Compose  string `yaml:"compose" json:"compose"`
	Hashtags bool   `yaml:"hashtags" json:"hashtags"`
	Tags     int    `yaml:"tags" json:"tags,omitempty"` // how many hashtags are usual there
	Fold     int    `yaml:"fold" json:"fold,omitempty"` // after how many characters a reader presses "more"; 0: never
	Picture  bool   `yaml:"picture" json:"picture"`     // the network takes no post without a picture
	Practice bool   `yaml:"practice" json:"practice"`   // the practice itself speaks there, not a colleague
	Note     string `yaml:"note" json:"note,omitempty"`
	Source   string `yaml:"source" json:"source"`
	URL      string `yaml:"url" json:"url,omitempty"`
	Status   string `yaml:"status" json:"status"`

	Pictures Pictures `yaml:"pictures" json:"pictures"`
}

// Pictures is in which sizes a network shows pictures well, and how many bytes a file may have there; 0 where no bound is known.
type Pictures struct {
	Shapes []Shape `yaml:"shapes" json:"shapes"`
	Bytes  int     `yaml:"bytes" json:"bytes,omitempty"`
	Source string  `yaml:"source" json:"source"`
	URL    string  `yaml:"url" json:"url,omitempty"`
	Status string  `yaml:"status" json:"status"`
}

// Disclosure is the line that says who is speaking, and why it is there.
type Disclosure struct {
	Staff    string `yaml:"staff" json:"staff"`
	Practice string `yaml:"practice" json:"practice"`
	Why      string `yaml:"why" json:"why"`
	Source   string `yaml:"source" json:"source"`
	URL      string `yaml:"url" json:"url"`
	Checked  string `yaml:"checked" json:"checked"`
}

type networkFile struct {
	Checked    string            `yaml:"checked"`
	ReviewBy   string            `yaml:"review_by"`
	Networks   []Network         `yaml:"networks"`
	Disclosure Disclosure        `yaml:"disclosure"`
	Tags       map[string]string `yaml:"tags"` // by discipline
}

var networks = sync.OnceValue(func() networkFile { return load[networkFile]("stories/networks.yaml") })

// Networks lists the networks in the order in which the screens show them.
func Networks() []Network { return slices.Clone(networks().Networks) }

// NetworkByID finds a network.
func NetworkByID(id string) (Network, bool) {
	for _, n := range networks().Networks {
		if n.ID == id {
			return n, true
		}
	}
	return Network{}, false
}

// unknownNetwork says that there is no such network, and which there are.
func unknownNetwork(id string) error {
	var ids []string
	for _, n := range networks().Networks {
		ids = append(ids, n.ID)
	}
	return refusal.Because(ErrNotFound, "Goodword does not know the network %q. The networks are: %s", id, strings.Join(ids, ", "))
}

// Disclosing explains the line that says who is speaking.
func Disclosing() Disclosure { return networks().Disclosure }

// DisclosureLine is what a text on the network says at its end about who is speaking.
func DisclosureLine(network string, p practice.Practice) string {
	n, _ := NetworkByID(network)
	line := Disclosing().Staff
	if n.Practice {
		line = Disclosing().Practice
	}
	return strings.ReplaceAll(line, "{practice}", p.Name)
}

// Whole is the text as it goes out: the words and, where it is on, the line that says who is speaking.
func (v Variant) Whole(p practice.Practice) string {
	text := strings.TrimSpace(v.Text)
	if !v.Disclosure || text == "" {
		return text
	}
	return text + "\n\n" + DisclosureLine(v.Network, p)
}

var address = regexp.MustCompile(`https?://[^\s<>"]+`)

// Length counts a text as the network does.
func Length(network, text string) int {
	n, _ := NetworkByID(network)
	links := 0
	if n.Link > 0 {
		text = address.ReplaceAllStringFunc(text, func(string) string { links += n.Link; return "" })
	}
	if n.Unit != "weighted" {
		return links + uniseg.GraphemeClusterCount(text)
	}
	for signs := uniseg.NewGraphemes(text); signs.Next(); {
		links += weight(signs.Runes())
	}
	return links
}

// weight is how X counts: one for a sign of the scripts it calls light, two for any other and for an emoji however it is built.
func weight(sign []rune) int {
	for _, r := range sign {
		light := r <= 4351 || r >= 8192 && r <= 8205 || r >= 8208 && r <= 8223 || r >= 8242 && r <= 8247
		if !light {
			return 2
		}
	}
	return len(sign)
}

// Fits returns an error that says by how much a text is too long for the network.
func Fits(network, text string) error {
	n, ok := NetworkByID(network)
	if !ok {
		return unknownNetwork(network)
	}
	if over := Length(network, text) - n.Limit; n.Limit > 0 && over > 0 {
		return refusal.Because(ErrLength, "The text for %s is %s too long", n.Name, count(over, "character"))
	}
	if over := len(text) - n.Bytes; n.Bytes > 0 && over > 0 {
		return refusal.Because(ErrLength, "The text for %s takes %s too many", n.Name, count(over, "byte"))
	}
	return nil
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// ShareLink is the https page that takes the text: the network's composer, filled in where the network allows it. It is "" for the
// practice's own website.
func ShareLink(network, text string) string {
	n, _ := NetworkByID(network)
	return strings.ReplaceAll(n.Compose, "{text}", strings.ReplaceAll(url.QueryEscape(text), "+", "%20"))
}
