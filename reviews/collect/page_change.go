package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"goodword/reviews"
)

// changeKind is a page that only shows that it changed.
var changeKind = Kind{
	ID: "page-change", Title: "Page that changes", Group: GroupPages, Every: 360, Retention: reviews.Own, All: true,
	Help: "For a page that has no feed and describes no reviews. You get an entry with what was added whenever its text changes. The first " +
		"visit only notes what stands there. Goodword reads this one page, follows no links, does not log in, and asks the site first " +
		"whether programs may read it.",
	Fields: []Field{
		{Name: "address", Label: "Address of the page", Example: "https://"},
		{Name: "part", Label: "Part of the page", Help: "A CSS selector, so that menus and advertisements do not count. Empty: the whole page.",
			Example: "#reviews .comment", Optional: true},
	},
	prepare: prepareChange,
	ask:     askChange,
}

func prepareChange(values reviews.Options) (reviews.Source, string, error) {
	source, secret, err := pageSource(values)
	if part := values["part"]; part != "" && err == nil {
		if _, wrong := cascadia.Compile(part); wrong != nil {
			return source, "", fmt.Errorf("%q is not a CSS selector: %w", part, wrong)
		}
		source.Address = partAddress(source.Address, part)
	}
	return source, secret, err
}

// partAddress tells two parts of one page apart; what stands after # is not sent to the server.
func partAddress(address, part string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment = part
	return u.String()
}

var (
	errNoPart   = errors.New("The part of the page that was to be watched is not there any more. Open the source and choose another part")
	errNoText   = errors.New("There is no text on this page. It may be one that only a browser can show")
	errPageDeep = errors.New("This page cannot be read: its elements stand too deep inside each other")
)

func askChange(ctx context.Context, c *Collector, v visiting) (answer, error) {
	var got answer
	response, err := c.askPage(ctx, v, &got)
	if err != nil || response == nil {
		return got, err
	}
	title, lines, err := watchedText(decode(response.Body, response.Type), v.source.Options["part"])
	if err != nil {
		return got, err
	}
	got.kind, got.title = "page", title
	before, now := seenLines(v.source.State), printsOfLines(lines)
	if got.visit.Address != "" && v.source.Options["part"] != "" {
		got.visit.Address = partAddress(got.visit.Address, v.source.Options["part"])
	}
	got.visit.State = reviews.Options{"lines": now}
	if v.look {
		got.entries = []reviews.Found{{URL: response.URL, Title: "The text that would be watched", Text: tidy(strings.Join(lines, "\n"))}}
		return got, nil
	}
	if before == nil {
		return got, nil
	}
	added, removed := differences(before, lines)
	if len(added) == 0 && removed == 0 {
		return got, nil
	}
	text := strings.Join(added, "\n")
	switch {
	case len(added) == 0:
		text = "Nothing was added. " + strings.ToUpper(gone(removed)[:1]) + gone(removed)[1:] + "."
	case removed > 0:
		text += "\n\n(" + gone(removed) + ")"
	}
	sum := sha256.Sum256([]byte(now))
	entry := reviews.Found{Key: "change " + v.now.UTC().Format("2006-01-02T15:04") + " " + printed(sum)[:8], URL: response.URL,
		Title: "The page changed: " + v.source.Name, Text: tidy(text), Posted: v.now.UTC(), About: true}
	got.entries = marked([]reviews.Found{entry}, response.Body)
	return got, nil
}

func gone(lines int) string {
	if lines == 1 {
		return "one line is no longer there"
	}
	return strconv.Itoa(lines) + " lines are no longer there"
}

// noise are the elements whose text is not of the page itself.
const noise = "script, style, noscript, template, svg, iframe, nav, head, [hidden], [aria-hidden=true]"

// watchedText is the text of a page, or of a part of it, in lines.
func watchedText(page []byte, part string) (title string, lines []string, err error) {
	root, err := html.Parse(bytes.NewReader(page[:min(len(page), largestTree)]))
	if err != nil {
		return "", nil, fmt.Errorf("%w (%w)", errPageDeep, err)
	}
	title = titleOf(root)
	document := goquery.NewDocumentFromNode(root)
	chosen := document.Selection
	if part != "" {
		matcher, err := cascadia.Compile(part)
		if err != nil {
			return title, nil, fmt.Errorf("%q is not a CSS selector: %w", part, err)
		}
		if chosen = document.FindMatcher(matcher); chosen.Length() == 0 {
			return title, nil, errNoPart
		}
	}
	document.Find(noise).Remove()
	m := &markup{left: mostWork}
	last := (*html.Node)(nil)
	for _, n := range chosen.Nodes {
		if last != nil && contains(last, n) {
			continue
		}
		last = n
		for line := range strings.Lines(m.textOf(n)) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
	}
	if len(lines) == 0 {
		return title, nil, errNoText
	}
	return title, lines[:min(len(lines), mostLines)], nil
}

// mostLines is how many lines of a page are watched.
const mostLines = 2000

// clockwork is what changes on a page by itself: dates, times of day, "3 hours ago".
var clockwork = regexp.MustCompile(`(?i)\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|` +
	`\b(?:\d+|an?|one)\s+(?:second|minute|hour|day|week|month|year)s?\s+ago\b|\b(?:just now|today|yesterday)\b|` +
	`\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}\.?\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,4}(?:,?\s+\d{4})?\b`)

// printOf is a line as it is remembered: without its clockwork, in few letters.
func printOf(line string) string {
	sum := sha256.Sum256([]byte(fold(clockwork.ReplaceAllString(line, " "))))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

func printsOfLines(lines []string) string {
	prints := make([]string, len(lines))
	for i, line := range lines {
		prints[i] = printOf(line)
	}
	return strings.Join(prints, " ")
}

// seenLines are the lines of the last visit; nil before the first.
func seenLines(state reviews.Options) map[string]bool {
	prints, ok := state["lines"]
	if !ok {
		return nil
	}
	seen := map[string]bool{}
	for _, print := range strings.Fields(prints) {
		seen[print] = true
	}
	return seen
}

// differences lists the lines that were not there before, and counts those that are no longer there.
func differences(before map[string]bool, lines []string) (added []string, removed int) {
	now := map[string]bool{}
	for _, line := range lines {
		print := printOf(line)
		if !before[print] && !now[print] {
			added = append(added, line)
		}
		now[print] = true
	}
	for print := range before {
		if !now[print] {
			removed++
		}
	}
	return added, removed
}
