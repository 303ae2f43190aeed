package policy

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// Advice answers the question whether a tool may see patient information.
type Advice struct {
	Asked  string   `json:"asked"`
	May    bool     `json:"may"`
	Why    string   `json:"why"`
	Vendor *Vendor  `json:"vendor,omitempty"` // nil: it is not in the register
	Like   []string `json:"like,omitempty"`   // names in the register that sound alike
}

type toolsFile struct {
	Tools []string `yaml:"tools"`
	Basis `yaml:",inline"`
}

var tools = sync.OnceValue(func() toolsFile {
	var file toolsFile
	load("checklist/tools.yaml", &file)
	return file
})

// VendorRule is what the answer about tools stands on.
func VendorRule() Basis { return tools().Basis }

// plainName is a name without what people write differently each time: case, spaces, signs, the form of the company.
func plainName(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for len(words) > 1 && slices.Contains([]string{"inc", "llc", "ltd", "corp", "gmbh", "co", "limited", "plc"}, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Join(words, "")
}

// names are all names of a vendor, plain.
func (v Vendor) names() []string {
	var all []string
	for name := range strings.SplitSeq(v.Name+","+v.Also, ",") {
		if plain := plainName(name); plain != "" {
			all = append(all, plain)
		}
	}
	return append(all, plainName(v.Name)) // a name may have a comma of its own
}

// Ask answers whether the tool of that name may see patient information on the day. Only a tool that stands in the register under that very name, with
// an agreement that holds, may; officer is whom to ask otherwise.
func Ask(vendors []Vendor, tool, day, officer string) Advice {
	a := Advice{Asked: strings.TrimSpace(tool)}
	ask := " Ask " + or(officer, "the compliance officer") + " first."
	plain := plainName(tool)
	if plain == "" {
		a.Why = "Type the name of the tool."
		return a
	}
	for _, v := range vendors {
		if slices.Contains(v.names(), plain) {
			if a.Vendor != nil && a.Vendor.ID != v.ID { // two go by the name: the stricter answer counts
				if may, why := v.MaySee(day); !may {
					a.Vendor, a.May, a.Why = &v, false, why+ask
				}
				continue
			}
			a.Vendor = &v
			a.May, a.Why = v.MaySee(day)
			switch {
			case a.May && !v.Patients:
				a.May, a.Why = false, "No: patient information is not part of what it was taken on for."+ask
			case !a.May:
				a.Why += ask
			}
			continue
		}
		if len(plain) >= 3 && slices.ContainsFunc(v.names(), func(n string) bool { return strings.Contains(n, plain) || len(n) >= 3 && strings.Contains(plain, n) }) {
			a.Like = append(a.Like, v.Name)
		}
	}
	if a.Vendor != nil {
		return a
	}
	if slices.ContainsFunc(tools().Tools, func(t string) bool { n := plainName(t); return n == plain || len(n) >= 5 && strings.Contains(plain, n) }) {
		a.Why = "No: this is an AI tool without an agreement with the practice. Whatever is typed into it leaves the practice." + ask
		return a
	}
	a.Why = "No: it is not in the register." + ask
	return a
}
