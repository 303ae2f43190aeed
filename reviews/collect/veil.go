package collect

import (
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode"

	"goodword/reviews"
)

// keyNames are the parts of an address by which a server knows who asks, without their hyphens and underscores.
var keyNames = map[string]bool{"token": true, "key": true, "apikey": true, "auth": true, "authtoken": true, "authkey": true, "accesstoken": true, "accesskey": true,
	"secret": true, "secretkey": true, "clientsecret": true, "password": true, "passwd": true, "pwd": true, "pass": true, "feedkey": true, "privatetoken": true, "privatekey": true,
	"rsstoken": true, "rsskey": true, "feedtoken": true, "apitoken": true, "signature": true, "sig": true, "jwt": true}

func isKey(name string) bool {
	return keyNames[strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name))]
}

// inQuery and inUser are where an address may carry a secret, also one that cannot be read as an address.
var (
	inQuery = regexp.MustCompile(`[?&;#]([\w-]+)=([^&;#\s"'<>]+)`)
	inUser  = regexp.MustCompile(`://([^/?#\s"'<>@]*)@`)
)

// secretsOf are the secret values in an address as they stand there: the values of its keys, and its password.
func secretsOf(address string) []string {
	var list []string
	for _, found := range inQuery.FindAllStringSubmatch(address, -1) {
		if isKey(found[1]) {
			list = append(list, found[2])
		}
	}
	for _, found := range inUser.FindAllStringSubmatch(address, -1) {
		name, password, both := strings.Cut(found[1], ":")
		switch {
		case both && password != "":
			list = append(list, password)
		case len(name) >= shortestKey && strings.ContainsFunc(name, unicode.IsDigit): // a token in place of a name
			list = append(list, name)
		}
	}
	if u, err := url.Parse(address); err == nil && u.Query().Has("user") && u.Query().Get("feed") != "" { // Reddit's own
		list = append(list, u.Query().Get("feed"))
	}
	return list
}

// shortestKey is from how many letters on a value is taken for a key wherever it stands.
const shortestKey = 12

// hidden stands where a secret stood.
const hidden = "…"

// HideKeys takes the keys and passwords out of the addresses in a text, so that it can be shown.
func HideKeys(text string) string { return veilOver(secretsOf(text), "").text(text) }

// veil takes the secret address of a source out of what the source says of itself: many a private feed repeats its key in each link.
type veil struct{ replace *strings.Replacer }

// veilOf is the veil over a secret. What is no address, such as the password of a mailbox, is no part of what a source says.
func veilOf(secret string) veil {
	u, err := url.Parse(secret)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return veil{}
	}
	values := secretsOf(secret)
	if len(values) == 0 { // then its path is the secret
		for _, part := range strings.Split(u.Path, "/") {
			if len(part) >= shortestKey && strings.ContainsFunc(part, unicode.IsDigit) {
				values = append(values, part)
			}
		}
	}
	return veilOver(values, secret)
}

// shortestValue is from how many letters on a secret value is taken out of any text. A shorter one is a word that people use too, and is taken out
// where it stands in an address.
const shortestValue = 6

func veilOver(values []string, whole string) veil {
	var pairs []string
	for _, value := range values {
		for _, as := range []string{value, plainValue(value), url.QueryEscape(plainValue(value))} {
			if len(as) >= shortestValue {
				pairs = append(pairs, as, hidden)
			} else if as != "" {
				pairs = append(pairs, "="+as, "="+hidden, ":"+as+"@", ":"+hidden+"@")
			}
		}
	}
	if whole != "" {
		pairs = append(pairs, whole, hidden)
	}
	if len(pairs) == 0 {
		return veil{}
	}
	return veil{strings.NewReplacer(pairs...)}
}

// plainValue is a value without its percent signs.
func plainValue(value string) string {
	if plain, err := url.QueryUnescape(value); err == nil {
		return plain
	}
	return value
}

func (v veil) text(text string) string {
	if v.replace == nil {
		return text
	}
	return v.replace.Replace(text)
}

// over takes the secret out of an answer.
func (v veil) over(got *answer) {
	if v.replace == nil {
		return
	}
	got.title, got.visit.Address = v.text(got.title), v.text(got.visit.Address)
	for i := range got.entries {
		v.entry(&got.entries[i])
	}
}

func (v veil) entry(f *reviews.Found) {
	for _, part := range []*string{&f.Key, &f.URL, &f.Author, &f.Title, &f.Text, &f.Place, &f.Reply, &f.Proof} {
		*part = v.text(*part)
	}
}

// failure takes the secret out of an error and leaves what it is.
func (v veil) failure(err error) error {
	if err == nil || v.text(err.Error()) == err.Error() {
		return err
	}
	return veiled{v.text(err.Error()), err}
}

type veiled struct {
	text string
	is   error
}

func (v veiled) Error() string { return v.text }

// Is compares with what stands behind the veil, which nobody can unwrap.
func (v veiled) Is(target error) bool { return errors.Is(v.is, target) }
