package collect

import (
	"bytes"
	"encoding/base64"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// transferred undoes the transfer encoding of a body; what is broken in it is taken as it stands.
func transferred(h header, body []byte) []byte {
	switch encoding, _, _ := strings.Cut(strings.ToLower(h.get("content-transfer-encoding")), ";"); strings.TrimSpace(encoding) {
	case "base64":
		return fromBase64(body)
	case "quoted-printable":
		return fromQuoted(body)
	}
	return body
}

// fromBase64 reads what can be read and leaves out all that does not belong there.
func fromBase64(body []byte) []byte {
	clean := make([]byte, 0, len(body))
	for _, c := range body {
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' {
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	text := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(text, clean) // only letters of the alphabet are left: nothing can be wrong
	return text[:n]
}

// fromQuoted reads quoted-printable; an equals sign with no number behind it stays.
func fromQuoted(body []byte) []byte {
	text := make([]byte, 0, len(body))
	for i := 0; i < len(body); i++ {
		if body[i] != '=' {
			text = append(text, body[i])
			continue
		}
		if end := softEnd(body[i+1:]); end > 0 {
			i += end
			continue
		}
		if i+2 < len(body) && hexDigit(body[i+1]) >= 0 && hexDigit(body[i+2]) >= 0 {
			text = append(text, byte(hexDigit(body[i+1])<<4|hexDigit(body[i+2])))
			i += 2
			continue
		}
		text = append(text, '=')
	}
	return text
}

// softEnd is the length of a line end that only keeps the line short; 0: there is none.
func softEnd(rest []byte) int {
	for i, c := range rest {
		switch c {
		case ' ', '\t', '\r':
		case '\n':
			return i + 1
		default:
			return 0
		}
	}
	return len(rest)
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	}
	return -1
}

// decodeAs turns text into UTF-8 by the name of its encoding, or by what it looks like.
func decodeAs(text []byte, label string) []byte {
	known, name := charset.Lookup(strings.TrimSpace(label))
	if known != nil && strings.HasPrefix(name, "utf-16") && wideEncoding(text) == nil {
		return convert(known, text)
	}
	contentType := ""
	if label != "" && !strings.ContainsAny(label, "\";\\") {
		contentType = `text/plain; charset="` + label + `"`
	}
	return decode(text, contentType)
}

// unflow puts the lines of a text together that were only broken to be short (RFC 3676).
func unflow(text []byte, dropSpace bool) []byte {
	var b bytes.Buffer
	b.Grow(len(text))
	for len(text) > 0 {
		var line []byte
		line, text = cutLine(text)
		line = bytes.TrimPrefix(line, []byte(" ")) // stuffed
		if !bytes.HasSuffix(line, []byte(" ")) || string(line) == "-- " {
			b.Write(line)
			b.WriteByte('\n')
			continue
		}
		if dropSpace {
			line = line[:len(line)-1]
		}
		b.Write(line)
	}
	return b.Bytes()
}

// renderLinks turns the HTML of a mail into text in the shape in which mails carry their plain text: each link is followed by its address on a
// line of its own, and a picture is the words that stand for it. Rules then read one shape of text, whichever was sent.
func renderLinks(page string) string {
	if strings.TrimSpace(page) == "" {
		return ""
	}
	var b strings.Builder
	tokens := html.NewTokenizer(strings.NewReader(page))
	tokens.SetMaxBuf(longestText * 16)
	target := ""
	for b.Len() < 16*longestText {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := string(tokens.Raw())
		name, more := tokens.TagName()
		tag := atom.Lookup(name)
		switch {
		case kind == html.TextToken || kind == html.CommentToken || kind == html.DoctypeToken:
			if kind == html.TextToken {
				b.WriteString(raw)
			}
		case tag == atom.A && kind == html.StartTagToken:
			if target = ""; more {
				target = link(attributes(tokens)["href"], "")
			}
			b.WriteString(raw)
		case tag == atom.A && kind == html.EndTagToken:
			b.WriteString("</a>")
			if target != "" {
				b.WriteString("<br>" + html.EscapeString("<"+target+">") + "<br>")
			}
			target = ""
		case tag == atom.Img && more:
			b.WriteString(" " + html.EscapeString(attributes(tokens)["alt"]) + " ")
		default:
			b.WriteString(raw)
		}
	}
	return plain("<p>" + b.String())
}
