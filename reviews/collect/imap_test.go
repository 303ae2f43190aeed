package collect_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"goodword/internal/fetch"
	"goodword/reviews"
	"goodword/reviews/collect"
)

// vault is a keychain in memory.
type vault struct{ held sync.Map }

func (v *vault) Get(name string) (string, error) {
	if value, ok := v.held.Load(name); ok {
		return value.(string), nil
	}
	return "", errors.New("not there")
}
func (v *vault) Set(name, value string) error { v.held.Store(name, value); return nil }
func (v *vault) Delete(name string) error     { v.held.Delete(name); return nil }

// mailServer is a mail server on this computer with one user.
type mailServer struct {
	host, port string
	user       *imapmemserver.User
}

func serveMail(t *testing.T) *mailServer {
	t.Helper()
	memory := imapmemserver.New()
	user := imapmemserver.NewUser("desk", "open sesame")
	memory.AddUser(user)
	server := imapserver.New(&imapserver.Options{InsecureAuth: true, Logger: log.New(io.Discard, "", 0),
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		}})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	s := &mailServer{user: user}
	s.host, s.port, _ = net.SplitHostPort(listener.Addr().String())
	s.create(t)
	return s
}

func (s *mailServer) create(t *testing.T) {
	t.Helper()
	if err := s.user.Create("Reviews", nil); err != nil {
		t.Fatal(err)
	}
}

type literal struct{ *strings.Reader }

func (l literal) Size() int64 { return int64(l.Len()) }

func (s *mailServer) deliver(t *testing.T, messages ...string) {
	t.Helper()
	for _, m := range messages {
		if _, err := s.user.Append("Reviews", literal{strings.NewReader(m)}, &imap.AppendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
}

// googleAlert is a mail in the layout in which Google tells of a review.
func googleAlert(n, stars int, author, text string) string {
	return strings.ReplaceAll(fmt.Sprintf("Authentication-Results: mx.here.example; dkim=pass header.d=google.com\nFrom: Google Business Profile <businessprofile-noreply@google.com>\n"+
		"Subject: %s left a review for Bright Harbor Dental\nDate: Sat, 21 Nov 2026 10:%02d:00 +0000\nMessage-ID: <review-%d@google.com>\nContent-Type: text/plain; charset=utf-8\n\n"+
		"Bright Harbor Dental got a new %d-star review\n\nRead review\n<https://reviews.example/%d>\n\n%s\n\n%s\n\nReply to review\n", author, n%60, n, stars, n, author, text), "\n", "\r\n")
}

func letterFrom(n int, from, subject, text string) string {
	return fmt.Sprintf("From: %s\r\nSubject: %s\r\nDate: Sat, 21 Nov 2026 11:00:00 +0000\r\nMessage-ID: <letter-%d@post.example>\r\n\r\n%s\r\n", from, subject, n, text)
}

func (s *mailServer) values(more ...string) reviews.Options {
	o := reviews.Options{"server": s.host, "port": s.port, "user": "desk", "password": "open sesame", "folder": "Reviews", "security": "none"}
	for i := 0; i+1 < len(more); i += 2 {
		o[more[i]] = more[i+1]
	}
	return o
}

func (d *desk) mailbox(t *testing.T, values reviews.Options) reviews.Source {
	t.Helper()
	d.Collector.Secrets = &vault{}
	draft, err := d.LookKind(ctx, "imap", values, true)
	if err != nil {
		t.Fatal(err)
	}
	source, err := d.AddDraft(ctx, draft, collect.AddOptions{}, dana)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func TestAMailboxIsCollected(t *testing.T) {
	d, server := open(t, "Bright Harbor"), serveMail(t)
	server.deliver(t, googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes and nobody said a word."),
		letterFrom(1, "Ann <ann@post.example>", "About Bright Harbor", "Your team was kind to my mother."), letterFrom(2, "Bank <b@bank.example>", "Your statement", "It is ready."))
	source := d.mailbox(t, server.values())
	if text := fmt.Sprint(source.Options, source.Address, source.Name); strings.Contains(text, "sesame") {
		t.Errorf("the password stands in the source: %s", text)
	}
	got := d.collect(t)
	if want := (collect.Totals{Visited: 1, New: 2, Ignored: 1}); got != want {
		t.Fatalf("first visit: got %+v, want %+v", got, want)
	}
	byAuthor := map[string]reviews.Mention{}
	for _, m := range d.inbox(t) {
		byAuthor[m.Author] = m
	}
	if m := byAuthor["Tom Ashby"]; m.Stars != 2 || m.Site != "google" || m.Proof != "Signed by google.com" || m.URL != "https://reviews.example/1" || !m.About {
		t.Errorf("the review: got %+v", m)
	}
	if m := byAuthor["Ann"]; m.Title != "About Bright Harbor" || m.Text != "Your team was kind to my mother." || m.Proof != "Not signed: treat with care" {
		t.Errorf("the letter: got %+v", m)
	}
	if got := d.collect(t); got.Unchanged != 1 || got.New != 0 || got.Failed != 0 {
		t.Errorf("second visit: got %+v, want nothing new", got)
	}
	server.deliver(t, googleAlert(2, 5, "Ida Stone", "Lovely team, gentle and quick."))
	if got := d.collect(t); got.New != 1 {
		t.Errorf("after one more mail: got %+v, want one new", got)
	}
	seen, err := server.user.Status("Reviews", &imap.StatusOptions{NumUnseen: true})
	if err != nil || seen.NumUnseen == nil || *seen.NumUnseen != 4 {
		t.Errorf("unread mails: got %+v, %v; want all 4 still unread", seen, err)
	}
	lines, err := d.fetch.Ledger(ctx, 10)
	if err != nil || len(lines) != 4 {
		t.Fatalf("the ledger has %d lines, %v; want one for each of 4 connections", len(lines), err)
	}
	if l := lines[1]; l.Host != net.JoinHostPort(server.host, server.port) || l.Why != "collect" || l.Sent == 0 || l.Got == 0 || l.Error != "" {
		t.Errorf("the ledger says %+v", l)
	}
}

func TestAMailboxNumberedAnewRepeatsNothing(t *testing.T) {
	d, server := open(t, "Bright Harbor"), serveMail(t)
	mails := []string{googleAlert(1, 2, "Tom Ashby", "Slow."), googleAlert(2, 5, "Ida Stone", "Quick."), googleAlert(3, 4, "Omar Finch", "Fine.")}
	server.deliver(t, mails...)
	source := d.mailbox(t, server.values())
	d.collect(t)
	before := d.source(t, source.ID).State
	if err := server.user.Delete("Reviews"); err != nil {
		t.Fatal(err)
	}
	server.create(t)
	server.deliver(t, mails[2], mails[0], mails[1], googleAlert(4, 1, "Lee Park", "Never again."))
	got := d.collect(t)
	if after := d.source(t, source.ID).State; got.New != 1 || got.Edited != 0 || got.Failed != 0 || after["uidvalidity"] == before["uidvalidity"] {
		t.Errorf("got %+v with state %v after %v; want the one new mail", got, after, before)
	}
}

func TestWithoutWatchWordsNoLetterIsTaken(t *testing.T) {
	d, server := open(t), serveMail(t)
	server.deliver(t, googleAlert(1, 2, "Tom Ashby", "Slow."), letterFrom(1, "Ann <ann@post.example>", "Private", "Words."))
	source := d.mailbox(t, server.values())
	if got := d.collect(t); got.New != 1 || got.Ignored != 1 {
		t.Errorf("got %+v, want the alert and not the letter", got)
	}
	all := d.source(t, source.ID)
	all.All = true
	if err := d.store.SaveSource(ctx, all, dana); err != nil {
		t.Fatal(err)
	}
	if got := d.collect(t); got.New != 1 {
		t.Errorf("once a person said that all is about the practice: got %+v, want the letter too", got)
	}
}

func TestOnlyTheSendersAskedFor(t *testing.T) {
	d, server := open(t), serveMail(t)
	server.deliver(t, googleAlert(1, 2, "Tom Ashby", "Slow."), letterFrom(1, "Ann <ann@post.example>", "Hello", "Words."), letterFrom(2, "Evil <a@notgoogle.com>", "Hello", "Words."))
	d.mailbox(t, server.values("sender", "*@google.com, stars@reviews.example"))
	if got := d.collect(t); got.New != 1 {
		t.Errorf("got %+v, want the mail of Google only", got)
	}
}

func TestManyMailsComeInParts(t *testing.T) {
	d, server := open(t, "Subject"), serveMail(t)
	for i := range 520 {
		server.deliver(t, letterFrom(i, fmt.Sprintf("W%d <w%d@post.example>", i, i), "Subject", "x"))
	}
	d.mailbox(t, server.values())
	first, second, third := d.collect(t), d.collect(t), d.collect(t)
	if first.New != 500 || second.New != 20 || third.Unchanged != 1 {
		t.Errorf("got %+v, then %+v, then %+v; want 500, 20 and none", first, second, third)
	}
}

func TestNewMailIsHeardAtOnce(t *testing.T) {
	d, server := open(t), serveMail(t)
	source := d.mailbox(t, server.values())
	d.collect(t)
	if d.source(t, source.ID).Succeeded.IsZero() {
		t.Fatal("the first visit did not succeed")
	}
	watching, stop := context.WithCancel(ctx)
	defer stop()
	brought, ended := make(chan collect.Totals, 10), make(chan error, 1)
	go func() { ended <- d.Watch(watching, func(t collect.Totals) { brought <- t }) }()
	for i := range 2 {
		time.Sleep(300 * time.Millisecond) // the second is delivered while the line waits again
		server.deliver(t, googleAlert(i+1, 5, fmt.Sprintf("Author %d", i), "Good."))
		select {
		case got := <-brought:
			if got.New != 1 {
				t.Errorf("got %+v, want one new", got)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("the new mail was not heard of")
		}
	}
	time.Sleep(500 * time.Millisecond)
	d.off.Store(true) // the line that waits has to end too
	for i := 0; ; i++ {
		lines, err := d.fetch.Ledger(ctx, 20)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(lines, func(l fetch.Entry) bool { return l.Why == "listen" && l.Error != "" }) {
			break
		}
		if i > 100 {
			t.Fatalf("offline, and the line is open still: %+v", lines)
		}
		time.Sleep(100 * time.Millisecond)
	}
	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the end that was asked for", err)
	}
}

// script is a server that says what it is told to, whatever it is asked.
func script(t *testing.T, talk func(conn net.Conn, asked *bufio.Scanner)) (host, port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				talk(conn, bufio.NewScanner(conn))
			}()
		}
	}()
	host, port, _ = net.SplitHostPort(listener.Addr().String())
	return host, port
}

// obey answers each command by its name, with the tag put for #.
func obey(answers map[string]string) func(net.Conn, *bufio.Scanner) {
	return func(conn net.Conn, asked *bufio.Scanner) {
		_, _ = io.WriteString(conn, "* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n")
		for asked.Scan() {
			tag, rest, _ := strings.Cut(asked.Text(), " ")
			for name, answer := range answers {
				if strings.HasPrefix(strings.ToUpper(rest), name) {
					_, _ = io.WriteString(conn, strings.ReplaceAll(answer, "#", tag))
				}
			}
		}
	}
}

func with(answers map[string]string, name, answer string) map[string]string {
	all := map[string]string{"CAPABILITY": "* CAPABILITY IMAP4rev1\r\n# OK done\r\n", "LOGIN": "# OK [CAPABILITY IMAP4rev1] in\r\n",
		"EXAMINE": "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n* OK [UIDNEXT 2] next\r\n# OK [READ-ONLY] open\r\n", "UID SEARCH": "* SEARCH 1\r\n# OK found\r\n"}
	for n, a := range answers {
		all[n] = a
	}
	all[name] = answer
	return all
}

func TestABadMailServerHarmsNothing(t *testing.T) {
	certified := httptest.NewUnstartedServer(http.NotFoundHandler())
	certified.Config.ErrorLog = log.New(io.Discard, "", 0)
	certified.StartTLS()
	t.Cleanup(certified.Close)
	tests := map[string]struct {
		talk    func(net.Conn, *bufio.Scanner)
		address string
		more    []string
		want    string
		is      error
	}{
		"says nothing": {talk: func(_ net.Conn, asked *bufio.Scanner) { asked.Scan() }, want: "took too long", is: fetch.ErrTimeout},
		"hangs up":     {talk: func(net.Conn, *bufio.Scanner) {}, want: "broke off", is: fetch.ErrBroken},
		"talks nonsense": {talk: func(c net.Conn, asked *bufio.Scanner) {
			_, _ = io.WriteString(c, "HTTP/1.1 400 Bad\r\n\r\n")
			asked.Scan()
		}, want: "does not answer as a mail server"},
		"talks without end": {talk: func(c net.Conn, _ *bufio.Scanner) {
			for {
				if _, err := io.WriteString(c, "* OK "+strings.Repeat("x", 1<<16)); err != nil {
					return
				}
			}
		}, want: "larger than", is: fetch.ErrTooBig},
		"refuses the login":           {talk: obey(with(nil, "LOGIN", "# NO [AUTHENTICATIONFAILED] no open sesame for desk\r\n")), want: "did not accept the user name"},
		"has no such folder":          {talk: obey(with(nil, "EXAMINE", "# NO what\r\n")), want: `no folder "Reviews"`},
		"hangs at the login":          {talk: obey(with(nil, "LOGIN", "")), want: "took too long", is: fetch.ErrTimeout},
		"breaks off in a mail":        {talk: obey(with(nil, "UID FETCH", "* 1 FETCH (UID 1 BODY[]<0> {5000}\r\nFrom: a")), want: "took too long", is: fetch.ErrTimeout},
		"names all numbers there are": {talk: obey(with(map[string]string{"UID FETCH": "# BAD no\r\n"}, "UID SEARCH", "* ESEARCH (TAG \"#\") UID ALL 1:4294967295\r\n# OK\r\n")), want: "refused what was asked"},
		"wants no login in the open": {talk: func(c net.Conn, asked *bufio.Scanner) {
			_, _ = io.WriteString(c, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] x\r\n")
			asked.Scan()
		}, want: "allows no login without encryption"},
		"offers no STARTTLS":          {talk: obey(with(nil, "STARTTLS", "# BAD what\r\n")), more: []string{"security", "STARTTLS"}, want: "refused what was asked"},
		"is not TLS":                  {talk: obey(nil), more: []string{"security", "TLS"}, want: "cannot be reached"},
		"shows a strange certificate": {address: certified.Listener.Addr().String(), more: []string{"security", "TLS"}, want: "certificate", is: fetch.ErrCertificate},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t)
			d.Collector.Secrets = &vault{}
			host, port, _ := net.SplitHostPort(test.address)
			if test.talk != nil {
				host, port = script(t, test.talk)
			}
			values := (&mailServer{host: host, port: port}).values(test.more...)
			started := time.Now()
			_, err := d.LookKind(ctx, "imap", values, true)
			if err == nil || !strings.Contains(err.Error(), test.want) || test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("got %v, want %q", err, test.want)
			}
			if err != nil && strings.Contains(err.Error(), "sesame") {
				t.Errorf("the password stands in the error: %v", err)
			}
			if took := time.Since(started); took > time.Minute {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestAMailServerIsAskedOnlyWhereItMayBe(t *testing.T) {
	d, server := open(t), serveMail(t)
	d.Collector.Secrets = &vault{}
	if _, err := d.LookKind(ctx, "imap", server.values(), false); !errors.Is(err, fetch.ErrPrivate) {
		t.Errorf("in the own network, not allowed: got %v, want %v", err, fetch.ErrPrivate)
	}
	d.off.Store(true)
	if _, err := d.LookKind(ctx, "imap", server.values(), true); !errors.Is(err, fetch.ErrOffline) {
		t.Errorf("offline: got %v, want %v", err, fetch.ErrOffline)
	}
	for name, values := range map[string]reviews.Options{"port": server.values("port", "0"), "server": server.values("server", "http://x/y"), "rules": server.values("rules", "rules: [{name: x}]"),
		"line break": server.values("folder", "a\r\nb DELETE c")} {
		if _, err := d.LookKind(ctx, "imap", values, true); err == nil || errors.Is(err, fetch.ErrOffline) {
			t.Errorf("%s: got %v, want a refusal before anything is asked", name, err)
		}
	}
}
