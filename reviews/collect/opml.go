package collect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// Outline is one feed of an OPML list.
type Outline struct {
	Name    string
	Address string
	Page    string
	Folder  string // the headings above it, joined with " / "

	asked bool // it has an address, of whatever kind
}

// ErrNoOPML says that a file is no list of feeds.
var ErrNoOPML = errors.New("This file is not a list of feeds (OPML)")

// ReadOPML reads a list of feeds, nested or not, in whatever encoding. Each address comes once. A list that breaks off gives what came before.
func ReadOPML(from io.Reader) ([]Outline, error) {
	list, _, err := readOPML(from)
	return list, err
}

// readOPML is ReadOPML that also counts the feeds whose address is none.
func readOPML(from io.Reader) (list []Outline, unusable int, err error) {
	body, err := io.ReadAll(io.LimitReader(from, fetch.DefaultMaxBytes))
	if err != nil {
		return nil, 0, fmt.Errorf("The list of feeds cannot be read: %w", err)
	}
	kind, text := shapeOf(decode(body, ""))
	if kind != shapeOPML {
		return nil, 0, ErrNoOPML
	}
	decoder := xml.NewDecoder(bytes.NewReader(mend(text)))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	var folders []string
	known := map[string]bool{}
	for {
		token, err := decoder.Token()
		if err != nil {
			return list, unusable, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !strings.EqualFold(t.Name.Local, "outline") {
				continue
			}
			o := outline(t.Attr)
			o.Folder = joined(folders)
			if o.Address == "" && o.asked {
				unusable++
			}
			if o.Address != "" && !known[o.Address] {
				known[o.Address] = true
				list = append(list, o)
			}
			folders = append(folders, o.Name)
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
}

func joined(folders []string) string {
	var named []string
	for _, f := range folders {
		if f != "" {
			named = append(named, f)
		}
	}
	return strings.Join(named, " / ")
}

func outline(attributes []xml.Attr) Outline {
	var o Outline
	var text string
	for _, a := range attributes {
		switch strings.ToLower(a.Name.Local) {
		case "xmlurl":
			o.Address, o.asked = link(a.Value, ""), strings.TrimSpace(a.Value) != ""
		case "htmlurl":
			o.Page = link(a.Value, "")
		case "title":
			o.Name = oneLine(a.Value)
		case "text":
			text = oneLine(a.Value)
		}
	}
	if o.Name == "" {
		o.Name = text
	}
	return o
}

type opmlOutline struct {
	Type    string `xml:"type,attr"`
	Text    string `xml:"text,attr"`
	Title   string `xml:"title,attr"`
	Address string `xml:"xmlUrl,attr"`
}

// LeftOut says which sources WriteOPML leaves out, by their kinds; empty: none.
func LeftOut(sources []reviews.Source) string {
	times, n := map[string]int{}, 0
	for _, s := range sources {
		if kind, ok := kindOf(s.Kind); !ok || !kind.feed || s.Secret != "" {
			title := kind.Title
			if !ok {
				title = "File"
			}
			times[title]++
			n++
		}
	}
	if n == 0 {
		return ""
	}
	var parts []string
	for _, title := range slices.Sorted(maps.Keys(times)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", title, times[title]))
	}
	return fmt.Sprintf("Left out, since a list of feeds cannot hold them: %d. %s.", n, strings.Join(parts, ", "))
}

// WriteOPML writes the feeds among the sources as a list that other readers understand. Those with a secret address stay out of it.
func WriteOPML(to io.Writer, sources []reviews.Source) error {
	list := struct {
		XMLName  xml.Name      `xml:"opml"`
		Version  string        `xml:"version,attr"`
		Title    string        `xml:"head>title"`
		Outlines []opmlOutline `xml:"body>outline"`
	}{Version: "2.0", Title: "Goodword sources"}
	for _, s := range sources {
		if kind, ok := kindOf(s.Kind); ok && kind.feed && s.Secret == "" {
			list.Outlines = append(list.Outlines, opmlOutline{"rss", s.Name, s.Name, s.Address})
		}
	}
	text, err := xml.MarshalIndent(list, "", "  ")
	if err != nil {
		return fmt.Errorf("write the list of feeds: %w", err)
	}
	if _, err := to.Write(append(append([]byte(xml.Header), text...), '\n')); err != nil {
		return fmt.Errorf("The list of feeds cannot be written: %w", err)
	}
	return nil
}
