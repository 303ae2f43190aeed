package collect

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var declared = regexp.MustCompile(`(?i)<\?xml[^>]*?encoding\s*=\s*["']\s*([a-z0-9_.:-]+)|<meta[^>]*charset\s*=\s*["']?\s*([a-z0-9_.:-]+)`)

// decode turns the bytes of an answer into UTF-8, whatever they are. Bytes that read as UTF-8 are UTF-8 whatever header and
// declaration say, for other encodings hardly ever do so by chance; only then are header, declaration and guess believed, in this order.
func decode(body []byte, contentType string) []byte {
	if wide := wideEncoding(body); wide != nil {
		return convert(wide, body)
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	_, values, _ := mime.ParseMediaType(contentType)
	labels := []string{values["charset"]}
	if found := declared.FindSubmatch(body[:min(len(body), 2048)]); found != nil {
		labels = append(labels, string(found[1])+string(found[2]))
	}
	if utf8.Valid(body) {
		for _, label := range labels {
			if sevenBit(label) {
				if known, _ := charset.Lookup(label); known != nil {
					return convert(known, body)
				}
			}
		}
		return body
	}
	for _, label := range labels {
		known, name := charset.Lookup(label)
		if known == nil || strings.HasPrefix(name, "utf-16") || name == "replacement" {
			continue
		}
		if name != "utf-8" {
			return convert(known, body)
		}
		if mostlyUTF8(body) {
			return mixed(body)
		}
	}
	if mostlyUTF8(body) {
		return mixed(body)
	}
	return convert(guess(body), body)
}

// sevenBit are the encodings that look like plain ASCII and are not.
func sevenBit(label string) bool {
	label = strings.ToLower(label)
	return strings.HasPrefix(label, "iso-2022") || strings.HasPrefix(label, "hz-")
}

// wideEncoding knows UTF-16 and UTF-32 by their mark, or by the zeros around the first "<" or "{".
func wideEncoding(body []byte) encoding.Encoding {
	if len(body) < 4 {
		return nil
	}
	first := func(c byte) bool { return c == '<' || c == '{' || c == '"' || c >= 'A' && c <= 'z' }
	switch {
	case bytes.HasPrefix(body, []byte{0xff, 0xfe, 0, 0}), first(body[0]) && body[1] == 0 && body[2] == 0 && body[3] == 0:
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case bytes.HasPrefix(body, []byte{0, 0, 0xfe, 0xff}), body[0] == 0 && body[1] == 0 && body[2] == 0 && first(body[3]):
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}), first(body[0]) && body[1] == 0 && body[2] != 0 && body[3] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}), body[0] == 0 && first(body[1]) && body[2] == 0 && body[3] != 0:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

func convert(from encoding.Encoding, body []byte) []byte {
	text, err := from.NewDecoder().Bytes(body)
	if err != nil {
		return bytes.ToValidUTF8(body, []byte("\ufffd"))
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
}

// mostlyUTF8 tells a UTF-8 text with a few foreign bytes from a text in another encoding.
func mostlyUTF8(body []byte) bool {
	good, bad := 0, 0
	for len(body) > 0 {
		c, n := utf8.DecodeRune(body)
		switch {
		case c == utf8.RuneError && n <= 1:
			bad++
		case n > 1:
			good++
		}
		body = body[n:]
	}
	return good >= bad
}

// mixed reads UTF-8, and each byte that does not belong there as the Windows letter that it most likely was.
func mixed(body []byte) []byte {
	text := make([]byte, 0, len(body)+len(body)/16)
	for len(body) > 0 {
		c, n := utf8.DecodeRune(body)
		if c == utf8.RuneError && n == 1 {
			c = charmap.Windows1252.DecodeByte(body[0])
		}
		text = utf8.AppendRune(text, c)
		body = body[n:]
	}
	return text
}

// The detector is believed when it is sure, or surer of one encoding than of any other by far.
const (
	surely = 40
	likely = 20
)

// guess looks at the letters themselves, without the tags around them.
func guess(body []byte) encoding.Encoding {
	best, err := chardet.NewHtmlDetector().DetectAll(body[:min(len(body), 64<<10)])
	if err != nil || len(best) == 0 {
		return charmap.Windows1252
	}
	second := 0
	if len(best) > 1 {
		second = best[1].Confidence
	}
	if c := best[0].Confidence; c < surely && (c < likely || c < 2*second) {
		return charmap.Windows1252
	}
	known, name := charset.Lookup(best[0].Charset)
	if known == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		return charmap.Windows1252
	}
	return known
}
