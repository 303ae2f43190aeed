package collect

import (
	"bytes"
	"context"
	"regexp"
	"strings"

	"goodword/reviews"
)

// savedFrom is where a page says what its address is: browsers write it into a page that they save, and many pages name it themselves.
var savedFrom = regexp.MustCompile(`(?i)<!-- saved from url=\(\d+\)(https?://\S+)|<link\b[^>]*\brel=["']?canonical\b[^>]*\bhref=["']?(https?://[^"'\s>]+)|` +
	`<link\b[^>]*\bhref=["']?(https?://[^"'\s>]+)["']?[^>]*\brel=["']?canonical\b`)

// previewPage reads a page that was saved in a browser. Saved again, it is the same source.
func previewPage(_ context.Context, c *Collector, f opened, _ Mapping) (Preview, error) {
	body, err := f.body()
	if err != nil {
		return Preview{}, err
	}
	address := ""
	if found := savedFrom.FindSubmatch(bytes.ToValidUTF8(f.text, nil)); found != nil {
		address = link(string(bytes.Join(found[1:], nil)), "")
	}
	page := readPage(body, "", address, c.Now())
	p := Preview{Found: marked(page.reviews, body), source: reviews.Source{Kind: reviews.KindImport, Name: page.title, Address: formatPage + ":" + f.name, Site: "import"}}
	if canonical := reviews.Canonical(address); canonical != "" {
		p.source.Address, p.source.Site = formatPage+":"+canonical, siteOf(address)
	}
	if strings.TrimSpace(p.source.Name) == "" {
		p.source.Name = f.name
	}
	if len(p.Found) == 0 {
		p.Problems = []string{ErrNoReviews.Error()}
	}
	return p, nil
}
