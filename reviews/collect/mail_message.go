package collect

import (
	"bytes"
	"errors"
	"mime"
	"net/mail"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// letter is one e-mail message as it was read, however broken it is.
type letter struct {
	id       string // Message-ID; empty: it has none
	subject  string
	name     string // of the sender, as the sender wrote it
	address  string // of the sender, in lower case; empty: none, or more than one
	sent     time.Time
	results  []string // what the receiving servers found out about the sender (Authentication-Results), topmost first
	plain    string   // its plain text
	rendered string   // its HTML as text, each link followed by its address
	shown    string   // the text as a person reads it
	inside   []letter // messages attached to it
}

// What is read of one message. What is beyond is left out; a review stands at its beginning.
const (
	mostParts   = 200
	deepestPart = 10
)

// errNoLetter says that something is no e-mail.
var errNoLetter = errors.New("This is no e-mail message: it has no header")

// readLetter reads a message. now is for dates that cannot be.
func readLetter(raw []byte, now time.Time) (letter, error) {
	parts := mostParts
	return readNested(raw, now, 0, &parts)
}

func readNested(raw []byte, now time.Time, depth int, parts *int) (letter, error) {
	h, body := splitHeader(raw)
	if !h.has("from") && !h.has("subject") && !h.has("date") && !h.has("message-id") {
		return letter{}, errNoLetter
	}
	l := letter{id: strings.Trim(strings.TrimSpace(h.get("message-id")), "<>"), subject: oneLine(headerText(h.get("subject"))), results: h.all("authentication-results")}
	l.name, l.address = sender(h.all("from"))
	l.sent = sentAt(h.get("date"), now)
	for i, result := range l.results {
		l.results[i] = headerText(result)
	}
	r := letterReader{now: now, parts: parts, into: &l}
	r.part(h, body, depth)
	l.plain, l.rendered = tidy(r.plain.String()), tidy(renderLinks(r.html.String()))
	l.shown = l.plain
	if strings.TrimSpace(l.shown) == "" {
		l.shown = plain(r.html.String())
	}
	return l, nil
}

// sentAt is when the sender says that it was sent; zero if that cannot be.
func sentAt(date string, now time.Time) time.Time {
	at, err := mail.ParseDate(strings.TrimSpace(date))
	if err != nil {
		date, _, _ = strings.Cut(date, "(")
		d, ok := readDate(date, time.UTC, false, now)
		if !ok {
			return time.Time{}
		}
		at = d.at
	}
	if !sensible(at) || at.After(now.Add(24*time.Hour)) {
		return time.Time{}
	}
	return at.UTC()
}

// header is the fields of a message or of a part, in their order.
type header []headerField

type headerField struct{ name, value string }

func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func (h header) all(name string) []string {
	var list []string
	for _, f := range h {
		if f.name == name {
			list = append(list, f.value)
		}
	}
	return list
}

func (h header) has(name string) bool { return h.get(name) != "" }

// splitHeader reads the fields up to the first empty line. A line that is no field is left out, for programs that handle mail leave all sorts of
// lines there.
func splitHeader(raw []byte) (header, []byte) {
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	var h header
	for len(raw) > 0 {
		var line []byte
		line, raw = cutLine(raw)
		if len(line) == 0 {
			if len(h) == 0 {
				continue // empty lines before the header
			}
			return h, raw
		}
		if (line[0] == ' ' || line[0] == '\t') && len(h) > 0 {
			h[len(h)-1].value += " " + string(bytes.TrimSpace(line))
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if name = bytes.TrimRight(name, " \t"); ok && isFieldName(name) {
			h = append(h, headerField{strings.ToLower(string(name)), string(bytes.TrimSpace(value))})
		}
	}
	return h, nil
}

func isFieldName(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}

// cutLine takes the first line, without its end.
func cutLine(text []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(text, []byte("\n"))
	return bytes.TrimRight(line, "\r"), rest
}

// sender reads the From fields. Of several senders none is believed: what a program shows must be what was checked.
func sender(fields []string) (name, address string) {
	if len(fields) == 0 {
		return "", ""
	}
	from := fields[0]
	open, shut := strings.LastIndex(from, "<"), strings.LastIndex(from, ">")
	if open >= 0 && shut > open {
		name, address = from[:open], from[open+1:shut]
		if strings.Contains(unquoted(name), "@") {
			address = ""
		}
	} else if !strings.Contains(strings.TrimSpace(from), " ") {
		address = from
	} else {
		name = from
	}
	address = strings.ToLower(strings.TrimSpace(address))
	if len(fields) > 1 || strings.Count(address, "@") != 1 || strings.ContainsAny(address, " ,;<>\"") {
		address = ""
	}
	return oneLine(strings.Trim(strings.TrimSpace(headerText(name)), `"'`)), address
}

// unquoted leaves out what stands in quotation marks.
func unquoted(text string) string {
	parts := strings.Split(text, `"`)
	var b strings.Builder
	for i := 0; i < len(parts); i += 2 {
		b.WriteString(parts[i])
	}
	return b.String()
}

var encodedWord = regexp.MustCompile(`=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=`)

// headerText decodes the encoded words of a field. Words that follow each other are put together before their letters are read, for some
// programs cut letters in two.
func headerText(value string) string {
	if !utf8.ValidString(value) {
		value = string(decode([]byte(value), ""))
	}
	found := encodedWord.FindAllStringSubmatchIndex(value, -1)
	if found == nil {
		return value
	}
	var b strings.Builder
	var pending []byte
	label, end := "", 0
	flush := func() {
		b.Write(decodeAs(pending, label))
		pending, label = nil, ""
	}
	for _, at := range found {
		between, name := value[end:at[0]], value[at[2]:at[3]]
		name, _, _ = strings.Cut(name, "*") // a language may stand behind it
		if strings.TrimSpace(between) != "" || end == 0 || !strings.EqualFold(name, label) {
			flush()
			if strings.TrimSpace(between) != "" || end == 0 {
				b.WriteString(between)
			}
		}
		label = name
		body := []byte(value[at[6]:at[7]])
		if value[at[4]] == 'b' || value[at[4]] == 'B' {
			pending = append(pending, fromBase64(body)...)
		} else {
			pending = append(pending, fromQuoted(bytes.ReplaceAll(body, []byte("_"), []byte(" ")))...)
		}
		end = at[1]
	}
	flush()
	b.WriteString(value[end:])
	return b.String()
}

// letterReader gathers the texts of a message.
type letterReader struct {
	now         time.Time
	parts       *int
	into        *letter
	plain, html strings.Builder
}

// part reads one part with the parts in it.
func (r *letterReader) part(h header, body []byte, depth int) {
	if *r.parts--; *r.parts < 0 || depth > deepestPart {
		return
	}
	media, values := mediaType(h.get("content-type"))
	disposition, names := mediaType(h.get("content-disposition"))
	attached := disposition == "attachment" || names["filename"] != "" && media != "message/rfc822"
	switch {
	case strings.HasPrefix(media, "multipart/"):
		for _, piece := range splitParts(body, values["boundary"]) {
			inner, content := splitHeader(piece)
			r.part(inner, content, depth+1)
		}
	case media == "message/rfc822", strings.HasSuffix(strings.ToLower(names["filename"]+values["name"]), ".eml"):
		if inside, err := readNested(transferred(h, body), r.now, depth+1, r.parts); err == nil {
			r.into.inside = append(r.into.inside, inside)
		}
	case attached:
	case media == "text/html":
		r.write(&r.html, decodeAs(transferred(h, body), values["charset"]))
	case media == "text/plain":
		text := decodeAs(transferred(h, body), values["charset"])
		if strings.EqualFold(values["format"], "flowed") {
			text = unflow(text, strings.EqualFold(values["delsp"], "yes"))
		}
		r.write(&r.plain, text)
	}
}

func (r *letterReader) write(to *strings.Builder, text []byte) {
	if to.Len() > 0 {
		to.WriteString("\n\n")
	}
	to.Write(text[:min(len(text), 16*longestText)])
}

var boundaryOf = regexp.MustCompile(`(?i)boundary\s*=\s*"?([^";]+)`)

// mediaType reads a Content-Type or Content-Disposition, as far as it can be read.
func mediaType(value string) (string, map[string]string) {
	if strings.TrimSpace(value) == "" {
		return "text/plain", nil
	}
	media, values, err := mime.ParseMediaType(value)
	if err == nil {
		return media, values
	}
	media, _, _ = strings.Cut(value, ";")
	values = map[string]string{}
	if found := boundaryOf.FindStringSubmatch(value); found != nil {
		values["boundary"] = strings.TrimSpace(found[1])
	}
	return strings.ToLower(strings.TrimSpace(media)), values
}

// splitParts cuts a multipart body at its boundary. A missing end is no matter.
func splitParts(body []byte, boundary string) [][]byte {
	if boundary == "" {
		return nil
	}
	mark := []byte("--" + boundary)
	var parts [][]byte
	start, rest, at := -1, body, 0
	for len(rest) > 0 && len(parts) < mostParts {
		line, after := cutLine(rest)
		if bytes.HasPrefix(line, mark) {
			tail := bytes.TrimRight(line[len(mark):], " \t")
			if len(tail) == 0 || bytes.Equal(tail, []byte("--")) {
				if start >= 0 {
					parts = append(parts, body[start:at])
				}
				if start = len(body) - len(after); len(tail) > 0 {
					return parts
				}
			}
		}
		rest = after
		at = len(body) - len(after)
	}
	if start >= 0 && start < len(body) {
		parts = append(parts, body[start:])
	}
	return parts
}
