package collect

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

var mailNoon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

const signedByGoogle = "Authentication-Results: mx.example.net;\r\n dkim=pass header.i=@google.com header.s=20230601 header.b=abc;\r\n spf=pass (mx.example.net: domain of x designates 192.0.2.1) smtp.mailfrom=x@scoutcamp.bounces.google.com;\r\n dmarc=pass (p=REJECT) header.from=google.com\r\n"

const alertText = "Bright Harbor Dental got a new 2-star review\n\nRead review\n<https://www.google.com/maps/reviews/data=abc>\n\nMarigold Featherstonehaugh\n\nWe waited fifty minutes\nand nobody said a word.\n\nReply to review\n<https://business.google.com/reply/abc>\n"

// alert writes a mail as Google does: a single new review.
func alert(top, subject, contentType, transfer, body string) []byte {
	head := top + "From: Google Business Profile <businessprofile-noreply@google.com>\r\nTo: desk@brightharbor.example\r\nSubject: " + subject +
		"\r\nDate: Thu, 19 Nov 2026 14:05:06 -0600\r\nMessage-ID: <alert-1@google.com>\r\nMIME-Version: 1.0\r\nContent-Type: " + contentType + "\r\n"
	if transfer != "" {
		head += "Content-Transfer-Encoding: " + transfer + "\r\n"
	}
	return []byte(head + "\r\n" + strings.ReplaceAll(body, "\n", "\r\n"))
}

func TestMailsBecomeEntries(t *testing.T) {
	windows, err := charmap.Windows1252.NewEncoder().String("Größe Praxis, très bien — merci")
	if err != nil {
		t.Fatal(err)
	}
	kana, err := japanese.ISO2022JP.NewEncoder().String("とても親切な歯医者でした")
	if err != nil {
		t.Fatal(err)
	}
	alternative := "--=_b1\n" + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(alertText)) +
		"\n--=_b1\nContent-Type: text/html; charset=utf-8\n\n<p>other words</p>\n--=_b1--\n"
	page := `<html><head><style>p{}</style></head><body><p>Bright Harbor Dental got a new <b>2-star review</b></p><p><a href="https://www.google.com/maps/reviews/data=abc">Read review</a></p>` +
		`<p>Marigold Featherstonehaugh</p><p>We waited fifty minutes<br>and nobody said a word.</p><a href="https://business.google.com/reply/abc">Reply to review</a></body></html>`
	const subject = "Marigold Feath… left a review for Bright Harbor Dental"
	flowed := strings.ReplaceAll(alertText, "fifty minutes\nand", "fifty  \nminutes\nand")
	tests := map[string]struct {
		raw                            []byte
		author, text, url, site, place string
		stars                          int
		title, proof                   string
		known                          bool
		posted                         string
		rules                          string
		count                          int
		key                            string
	}{
		"single":                     {raw: alert(signedByGoogle, subject, "text/plain; charset=utf-8", "", alertText), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", url: "https://www.google.com/maps/reviews/data=abc", site: "google", place: "Bright Harbor Dental", stars: 2, proof: "Signed by google.com", known: true, posted: "2026-11-19T20:05:06Z", key: "mail:alert-1@google.com"},
		"multipart":                  {raw: alert(signedByGoogle, subject, `multipart/alternative; boundary="=_b1"`, "", alternative), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", stars: 2, site: "google", known: true, proof: "Signed by google.com"},
		"HTML only":                  {raw: alert(signedByGoogle, subject, "text/html; charset=utf-8", "", page), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", url: "https://www.google.com/maps/reviews/data=abc", stars: 2, site: "google", known: true, proof: "Signed by google.com"},
		"quoted-printable":           {raw: alert("", subject, "text/plain; charset=utf-8", "quoted-printable", strings.ReplaceAll(strings.ReplaceAll(alertText, "=", "=3D"), "nobody said", "no=\nbody s=61id")), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", url: "https://www.google.com/maps/reviews/data=abc", stars: 2, site: "google", known: true, proof: proofNone},
		"flowed":                     {raw: alert("", subject, "text/plain; charset=utf-8; format=flowed; delsp=yes", "", flowed), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", stars: 2, site: "google", known: true, proof: proofNone},
		"stars only":                 {raw: alert("", subject, "text/plain", "", "x got a new 5-star review\n\nRead review\n<https://g.example/r>\n\nTom Ashby\n\nReply to review\n"), author: "Tom Ashby", stars: 5, site: "google", known: true, proof: proofNone, url: "https://g.example/r"},
		"cut by Google":              {raw: alert(signedByGoogle, subject, "text/plain", "", strings.Replace(alertText, "said a word.", "said a...", 1)), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a…", stars: 2, site: "google", known: true, proof: "Signed by google.com" + proofExcerpt},
		"older sender":               {raw: bytes.Replace(alert("", subject, "text/plain", "", alertText), []byte("businessprofile-"), []byte("googlemybusiness-"), 1), author: "Marigold Featherstonehaugh", text: "We waited fifty minutes\nand nobody said a word.", stars: 2, site: "google", known: true, proof: proofNone},
		"new layout":                 {raw: alert("", subject, "text/plain", "", "Somebody wrote something about you."), author: "Marigold Feath", title: subject, text: "Somebody wrote something about you.", site: "google", place: "Bright Harbor Dental", known: true, proof: proofNone},
		"encoded subject":            {raw: alert("", "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte("Zoë left a re"))+"?=\r\n =?UTF-8?Q?view_for_Caf=C3?= =?utf-8?q?=A9_Dental?=", "text/plain", "", "New."), author: "Zoë", title: "Zoë left a review for Café Dental", text: "New.", place: "Café Dental", site: "google", known: true, proof: proofNone},
		"unknown sender":             {raw: []byte("From: Ann Lee <ann@post.example>\nSubject: Your surgery\nDate: 21 Nov 2026 10:00 +0000\n\nThe waiting room was cold.\n"), author: "Ann Lee", title: "Your surgery", text: "The waiting room was cold.", site: "post.example", posted: "2026-11-21T10:00:00Z", proof: proofNone},
		"undeclared Windows letters": {raw: []byte("From: a@b.example\nSubject: x\n\n" + windows), author: "a@b.example", title: "x", text: "Größe Praxis, très bien — merci", site: "b.example", proof: proofNone},
		"ISO-2022-JP":                {raw: []byte("From: a@b.example\nSubject: x\nContent-Type: text/plain; charset=iso-2022-jp\n\n" + kana), author: "a@b.example", title: "x", text: "とても親切な歯医者でした", site: "b.example", proof: proofNone},
		"broken header lines":        {raw: []byte(">From somebody\nFrom: a@b.example\nno field here\n: empty\nSubject: broken\n  and folded\nDate: yesterday-ish\n\nBody.\n"), author: "a@b.example", title: "broken and folded", text: "Body.", site: "b.example", proof: proofNone},
		"two senders":                {raw: bytes.Replace(alert(signedByGoogle, subject, "text/plain", "", alertText), []byte("To: "), []byte("From: evil@evil.example\r\nTo: "), 1), author: "Google Business Profile", title: subject, site: "mail", proof: proofNoSender, text: strings.TrimSpace(alertText), posted: "2026-11-19T20:05:06Z"},
		"own rule": {raw: []byte("From: Stars <new@mail.stars.example>\nSubject: A review came\n\nRated 4/5 by J. Doe on 2026-11-02\nWhat they said: Kind and quick.\nhttps://stars.example/r/1\n"),
			rules:  "rules:\n- name: Stars\n  site: stars\n  from: ['*@stars.example']\n  body:\n  - 'Rated (?P<stars>[\\d/]+) by (?P<author>.+) on (?P<date>[\\d-]+)\\nWhat they said: (?P<text>.+)\\n(?P<url>\\S+)'\n",
			author: "J. Doe", stars: 4, text: "Kind and quick.", url: "https://stars.example/r/1", site: "stars", posted: "2026-11-02T00:00:00Z", known: true, proof: proofNone},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			reader, err := newMailReader(test.rules, "", mailNoon)
			if err != nil {
				t.Fatal(err)
			}
			entries, err := reader.read(test.raw, time.Time{})
			if err != nil || len(entries) != 1 {
				t.Fatalf("got %d entries, %v; want 1", len(entries), err)
			}
			got := entries[0]
			if got.Author != test.author || got.Text != test.text || got.Stars != test.stars || got.Site != test.site || got.Title != test.title || got.known != test.known || got.Proof != test.proof {
				t.Errorf("got %+v\nwant %+v", got, test)
			}
			for what, pair := range map[string][2]string{"url": {got.URL, test.url}, "place": {got.Place, test.place}, "key": {got.Key, test.key}, "posted": {got.Posted.Format(time.RFC3339), test.posted}} {
				if pair[1] != "" && pair[0] != pair[1] {
					t.Errorf("%s: got %q, want %q", what, pair[0], pair[1])
				}
			}
			again, err := reader.read(test.raw, time.Time{})
			if err != nil || again[0].Key != got.Key || got.Key == "" || len(got.Payload) != 32 {
				t.Errorf("read again: key %q, then %q, payload of %d bytes, %v", got.Key, again[0].Key, len(got.Payload), err)
			}
		})
	}
}

func TestADigestBecomesItsReviews(t *testing.T) {
	block := func(name string, stars int, text string) string {
		return fmt.Sprintf("%s\n%d stars\n\n%s\n\nRead review\n<https://g.example/%s>\n\n", name, stars, text, strings.ToLower(name[:3]))
	}
	body := "Your new reviews\n\n" + block("Ida Stone", 5, "Lovely team.") + block("Omar Finch", 1, "Nobody answered the phone.\n\nTwice.")
	reader, err := newMailReader("", "", mailNoon)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := reader.read(alert("", "Bright Harbor Dental, you got 2 new reviews", "text/plain", "", body), time.Time{})
	if err != nil || len(entries) != 2 {
		t.Fatalf("got %+v, %v; want two", entries, err)
	}
	if got := entries[1]; got.Author != "Omar Finch" || got.Stars != 1 || got.Text != "Nobody answered the phone.\n\nTwice." || got.URL != "https://g.example/oma" || got.Key == entries[0].Key {
		t.Errorf("second: got %+v", got)
	}
	entries, err = reader.read(alert("", "Bright Harbor Dental, you got 3 new reviews", "text/plain", "", body), time.Time{})
	if err != nil || len(entries) != 3 || entries[2].Title == "" || !strings.Contains(entries[2].Text, "Ida Stone") {
		t.Errorf("a digest of three of which two were understood: got %+v, %v; want the whole mail too", entries, err)
	}
}

func TestAttachedMessagesAreRead(t *testing.T) {
	inner := string(alert(signedByGoogle, "Tom left a review for Bright Harbor Dental", "text/plain", "", alertText))
	raw := []byte("From: Boss <boss@brightharbor.example>\nSubject: Fwd: look\nMessage-ID: <outer@x>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nPlease answer.\n--b\nContent-Type: message/rfc822\n\n" + inner + "\n--b--\n")
	reader, err := newMailReader("", "", mailNoon)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := reader.read(raw, time.Time{})
	if err != nil || len(entries) != 1 || entries[0].Author != "Marigold Featherstonehaugh" || entries[0].Proof != proofForward || entries[0].Key != "mail:alert-1@google.com" {
		t.Errorf("got %+v, %v; want the attached review, not said to be signed", entries, err)
	}
	deep := []byte("x")
	for i := range 40 {
		deep = []byte(fmt.Sprintf("From: a@b.example\nContent-Type: message/rfc822\nSubject: %d\n\n%s", i, deep))
	}
	if _, err := reader.read(deep, time.Time{}); err != nil {
		t.Errorf("messages in messages: %v", err)
	}
}

func TestProofOfTheSender(t *testing.T) {
	tests := map[string]struct {
		from, server string
		results      []string
		want         string
	}{
		"nothing":          {from: "a@yelp.com", want: proofNone},
		"signed":           {from: "a@yelp.com", results: []string{"mx.here; dkim=pass header.d=yelp.com"}, want: "Signed by yelp.com"},
		"subdomain":        {from: "a@mail.yelp.com", results: []string{"mx.here; dkim=pass header.d=yelp.com"}, want: "Signed by yelp.com"},
		"by another":       {from: "a@yelp.com", results: []string{"mx.here; dkim=pass header.d=sender.example"}, want: "Signed by sender.example and not by yelp.com: treat with care"},
		"by a sibling":     {from: "a@one.co.uk", results: []string{"mx.here; dkim=pass header.d=two.co.uk"}, want: "Signed by two.co.uk and not by one.co.uk: treat with care"},
		"broken":           {from: "a@yelp.com", results: []string{"mx.here; dkim=fail (bad) header.d=yelp.com; spf=none"}, want: "The signature of yelp.com is not valid: treat with care"},
		"server only":      {from: "a@yelp.com", results: []string{"mx.here; spf=pass smtp.mailfrom=bounce@yelp.com"}, want: "Sent by a server of yelp.com, not signed"},
		"dmarc":            {from: "a@yelp.com", results: []string{"mx.here 1; dmarc=pass header.from=yelp.com"}, want: "Sent on behalf of yelp.com, as its rules allow (DMARC)"},
		"the topmost":      {from: "a@yelp.com", results: []string{"mx.here; dkim=none", "forged; dkim=pass header.d=yelp.com"}, want: proofNone},
		"the one named":    {from: "a@yelp.com", server: "mx.here", results: []string{"forged; dkim=pass header.d=yelp.com", "mx.here; dkim=none"}, want: proofNone},
		"named, not there": {from: "a@yelp.com", server: "mx.here", results: []string{"forged; dkim=pass header.d=yelp.com"}, want: proofNone},
		"in a comment":     {from: "a@yelp.com", results: []string{"mx.here; dkim=none (dkim=pass; header.d=yelp.com)"}, want: proofNone},
		"no sender":        {want: proofNoSender},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := proofOf(letter{address: test.from, results: test.results}, test.server); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestMailRulesSayWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"rules: [{name: x, body: ['a']}]":                   "neither from whom",
		"rules: [{from: [a@b.c], body: ['(']}]":             "cannot be read",
		"rules: [{from: [a@b.c], body: ['(?P<secret>.)']}]": `names "secret"`,
		"rules: [{from: [a@b.c], bodies: ['a']}]":           "bodies",
		strings.Repeat("# long\n", 20000):                   "longer than",
	} {
		if _, err := readMailRules(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got %v, want it to say %q", text, err, want)
		}
	}
}

func TestMboxIsSplit(t *testing.T) {
	box := "From a@b Thu Nov 19 14:05:06 2026\r\nSubject: one\r\n\r\n>From the start\r\n>>From deeper\r\n> From a quote\r\nFrom here on it was good\r\n\r\n" +
		"From MAILER-DAEMON Fri Nov 20 01:02:03 2026\nSubject: two\n\nlast line without end"
	var got []string
	var at []time.Time
	if err := splitMbox(strings.NewReader(box), func(raw []byte, arrived time.Time) error {
		got, at = append(got, string(raw)), append(at, arrived)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := []string{"Subject: one\r\n\r\nFrom the start\r\n>From deeper\r\n> From a quote\r\nFrom here on it was good\r\n\r\n", "Subject: two\n\nlast line without end"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if want := time.Date(2026, 11, 20, 1, 2, 3, 0, time.UTC); len(at) != 2 || !at[1].Equal(want) {
		t.Errorf("arrived: got %v, want the second at %v", at, want)
	}
	huge := "From a Thu Nov 19 14:05:06 2026\n\n" + strings.Repeat("A", 3<<20) + "\nFrom b Thu Nov 19 14:05:06 2026\nSubject: after\n\n"
	var sizes []int
	if err := splitMbox(strings.NewReader(huge), func(raw []byte, _ time.Time) error { sizes = append(sizes, len(raw)); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(sizes) != 2 || sizes[0] != longestLetter || sizes[1] != len("Subject: after\n\n") {
		t.Errorf("got messages of %v bytes, want one of %d and a short one", sizes, longestLetter)
	}
}

func FuzzMail(f *testing.F) {
	f.Add(alert(signedByGoogle, "Tom left a review for X", `multipart/mixed; boundary="b"`, "", "--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+\n--b\nContent-Type: message/rfc822\n\nFrom: a@b.c\n\nx\n--b--"))
	f.Add(alert("", "=?utf-8?B?4pyT?= =?x?Q?=ff?=", "text/plain; charset=utf-16; format=flowed", "quoted-printable", "a=\n=3D=zz"))
	f.Add([]byte("Subject: x, you got 2 new reviews\nFrom: googlemybusiness-noreply@google.com\n\nA B\n5 stars\n\nText\n\nRead review\n<https://a.b>\n"))
	reader, err := newMailReader("", "", mailNoon)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		entries, err := reader.read(raw, time.Time{})
		if err == nil && len(entries) == 0 {
			t.Error("a message was lost")
		}
		for _, e := range entries {
			if e.Key == "" || e.Proof == "" || e.Text != tidy(e.Text) && len(e.Text) < longestText || e.Stars < 0 || e.Stars > 5 {
				t.Errorf("got %+v", e)
			}
		}
	})
}

func FuzzMbox(f *testing.F) {
	f.Add([]byte("From a Thu Nov 19 14:05:06 2026\nSubject: one\n\n>From x\n\nFrom b Thu Nov 19 14:05:06 2026\n"))
	f.Add([]byte("From a\n\nFrom b"))
	f.Fuzz(func(t *testing.T, box []byte) {
		total := 0
		if err := splitMbox(bytes.NewReader(box), func(raw []byte, _ time.Time) error {
			if total += len(raw); len(raw) == 0 || len(raw) > longestLetter {
				t.Errorf("a message of %d bytes", len(raw))
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if total > len(box) {
			t.Errorf("%d bytes of messages in a file of %d", total, len(box))
		}
	})
}

func TestTheExampleOfARuleIsARule(t *testing.T) {
	rules, err := readMailRules(mailRuleExample)
	if err != nil || len(rules) != 1 || len(rules[0].Body) != 1 {
		t.Errorf("got %+v, %v", rules, err)
	}
}
