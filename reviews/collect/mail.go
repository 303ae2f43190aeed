package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"strconv"
	"strings"
	"time"

	"goodword/reviews"
)

const kindIMAP = "imap"

// mailReader turns messages into entries.
type mailReader struct {
	rules  []mailRule // the practice's own first
	server string     // whose findings about the sender are believed; empty: the topmost
	now    time.Time
}

// mailed is an entry that came by mail.
type mailed struct {
	reviews.Found
	known bool // a rule knew the message: it is about the practice, whatever words stand in it
}

// newMailReader reads by the practice's own rules and the shipped ones.
func newMailReader(own, server string, now time.Time) (mailReader, error) {
	rules, err := readMailRules(own)
	return mailReader{rules: append(rules, shippedMailRules()...), server: server, now: now}, err
}

// read turns one message, with those attached to it, into entries. arrived is when it came, for a message that does not say when it was sent.
func (r mailReader) read(raw []byte, arrived time.Time) ([]mailed, error) {
	l, err := readLetter(raw, r.now)
	if err != nil {
		return nil, err
	}
	if l.sent.IsZero() {
		l.sent = arrived
	}
	sum := sha256.Sum256(raw)
	entries := r.entries(l, proofOf(l, r.server))
	for i := range entries {
		entries[i].Payload = sum[:]
	}
	return entries, nil
}

func (r mailReader) entries(l letter, proof string) []mailed {
	own := r.alert(l, proof)
	if own != nil {
		return own
	}
	var inside []mailed
	known := false
	for _, attached := range l.inside {
		if attached.sent.IsZero() {
			attached.sent = l.sent
		}
		for _, entry := range r.entries(attached, proofForward) {
			inside, known = append(inside, entry), known || entry.known
		}
	}
	if known {
		return inside
	}
	return append([]mailed{{Found: r.whole(l, proof)}}, inside...)
}

// alert reads a message by the first rule that fits it. What the body says counts more than the subject, in which names are cut.
func (r mailReader) alert(l letter, proof string) []mailed {
	for _, rule := range r.rules {
		subject, ok := rule.fits(l)
		if !ok {
			continue
		}
		said := rule.read(l)
		var entries []mailed
		for i, body := range said {
			values := maps.Clone(subject)
			maps.Copy(values, body)
			f := r.found(l, rule, values)
			if f.Proof = proof; rule.Excerpt && strings.HasSuffix(f.Text, "…") {
				f.Proof += proofExcerpt
			}
			if i > 0 || len(rule.Each) > 0 {
				f.Key += "#" + strconv.Itoa(i+1)
			}
			entries = append(entries, mailed{f, true})
		}
		if expected, _ := strconv.Atoi(subject["count"]); len(said) == 0 || expected > len(said) {
			f := r.found(l, rule, subject) // not all of it is understood: it comes in whole as well
			f.Title, f.Text, f.Proof = l.subject, l.shown, proof
			entries = append(entries, mailed{f, true})
		}
		return entries
	}
	return nil
}

// found is an entry of what a rule named.
func (r mailReader) found(l letter, rule mailRule, values map[string]string) reviews.Found {
	f := reviews.Found{Key: l.key(), Author: oneLine(values["author"]), Title: oneLine(values["title"]), Text: original(tidy(values["text"])), URL: link(values["url"], ""),
		Place: oneLine(values["place"]), Site: siteNamed(values["site"]), Posted: l.sent, About: true}
	f.Stars, _ = starsOf(values["stars"])
	if before, ok := strings.CutSuffix(f.Text, "..."); ok {
		f.Text = before + "…"
	}
	if f.Site == "" {
		f.Site = siteNamed(rule.Site)
	}
	if f.Site == "" {
		f.Site = l.site()
	}
	if posted, ok := readDate(values["date"], time.UTC, false, r.now); ok {
		f.Posted, f.About = posted.at, posted.about
	}
	return f
}

// whole is a message that no rule knows: its subject and its text.
func (r mailReader) whole(l letter, proof string) reviews.Found {
	author := l.name
	if author == "" {
		author = l.address
	}
	return reviews.Found{Key: l.key(), Author: author, Title: l.subject, Text: l.shown, Site: l.site(), Posted: l.sent, Proof: proof}
}

// site is where a message is from, by the sender's domain.
func (l letter) site() string {
	if _, domain, ok := strings.Cut(l.address, "@"); ok {
		return siteOf("https://" + domain)
	}
	return "mail"
}

// key is what makes a message the same wherever it is found: its Message-ID, or what it says.
func (l letter) key() string {
	if l.id != "" {
		return "mail:" + l.id
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{l.address, l.name, l.subject, l.sent.UTC().Format(time.RFC3339), l.shown}, "\x00")))
	return "mail:" + hex.EncodeToString(sum[:12])
}

// mailMatcher decides which mails that no rule knows are about the practice. Without watch words none is, where a feed would be all about it: a
// mailbox holds other people's letters too. A person may say that all of it is, or name the senders.
func mailMatcher(source reviews.Source, practiceWords []string) matcher {
	m := newMatcher(source, practiceWords)
	m.all = source.All || len(m.phrases) == 0 && source.Options["sender"] != ""
	return m
}

// aboutPractice keeps what a rule knew and what the watch words are in, and counts the rest.
func aboutPractice(entries []mailed, about matcher) (kept []reviews.Found, ignored int) {
	for _, e := range entries {
		if e.known || about.about(e.Found) {
			kept = append(kept, e.Found)
		} else {
			ignored++
		}
	}
	return kept, ignored
}
