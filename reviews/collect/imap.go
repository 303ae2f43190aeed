package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// How a connection to a mail server is kept from being read on its way.
const (
	securityTLS      = "TLS"
	securityStartTLS = "STARTTLS"
	securityNone     = "none"
)

// imapKind is a folder of a mailbox, into which the alerts of the sites come. It is only looked at: nothing in it is marked as read, moved or
// deleted.
var imapKind = Kind{
	ID: kindIMAP, Title: "Mailbox (IMAP)", Group: GroupMail, Every: 30, Retention: reviews.Own,
	Help: "Most sites send a mail for each new review. Best let your mail program move these mails to a folder of their own, and name that folder here. " +
		"Your mail provider's help tells the server; Gmail and others ask for an app password instead of your usual one. Nothing is marked as read.",
	Fields: []Field{
		{Name: "server", Label: "Mail server", Example: "imap.example.com"},
		{Name: "user", Label: "User name", Example: "reviews@example.com"},
		{Name: "password", Label: "Password", Secret: true},
		{Name: "folder", Label: "Folder", Example: "INBOX", Optional: true, Help: "Left empty, the inbox."},
		{Name: "sender", Label: "Only mails from", Example: "*@google.com", Optional: true, Help: "Addresses or *@domain, with commas between them. Left empty, all mails are looked at and kept if your watch words are in them."},
		{Name: "security", Label: "Encryption", Choices: []string{securityTLS, securityStartTLS, securityNone}, Help: "\"none\" only for a server on your own network."},
		{Name: "port", Label: "Port", Example: "993", Optional: true, Help: "Left empty, the usual one."},
		{Name: "checked by", Label: "Sender checked by", Example: "mx.example.com", Optional: true, Help: "The server whose word on the sender counts (Authentication-Results). Left empty, the topmost in the mail."},
		{Name: "rules", Label: "Own rules for mails", Optional: true, Lines: true, Example: mailRuleExample,
			Help: "For a sender that Goodword does not know, in YAML. What an expression names author, stars, text, title, url or date is taken."},
	},
	prepare: prepareIMAP,
	ask:     askIMAP,
	wait:    waitIMAP,
}

// mailRuleExample shows what a rule looks like.
const mailRuleExample = `rules:
- name: Example review site
  from: ["*@reviews.example"]
  subject: '^New (?P<stars>[1-5])-star review'
  body: ['(?s)They wrote:\s*(?P<text>.+)']`

func prepareIMAP(values reviews.Options) (reviews.Source, string, error) {
	s := reviews.Source{Options: reviews.Options{}}
	for name, value := range values {
		if name != "password" {
			s.Options[name] = value
		}
	}
	server := strings.ToLower(strings.TrimSpace(values["server"]))
	if host, port, err := net.SplitHostPort(server); err == nil && !strings.Contains(server, "/") {
		server = host
		if s.Options["port"] == "" {
			s.Options["port"] = port
		}
	}
	if server == "" || strings.ContainsAny(server, "/@ ") {
		return s, "", fmt.Errorf("%q is not the name of a mail server, such as imap.example.com", values["server"])
	}
	s.Options["server"] = server
	if _, err := portOf(s.Options); err != nil {
		return s, "", err
	}
	if _, err := readMailRules(values["rules"]); err != nil {
		return s, "", err
	}
	if strings.ContainsAny(values["user"]+values["password"]+values["folder"], "\r\n\x00") {
		return s, "", errors.New("User name, password and folder have to stand on one line each")
	}
	address := url.URL{Scheme: "imap", User: url.User(values["user"]), Host: server, Path: "/" + mailFolder(s.Options)}
	if port := s.Options["port"]; port != "" {
		address.Host = net.JoinHostPort(server, port)
	}
	s.Address = address.String()
	s.Name = mailFolder(s.Options) + " of " + values["user"]
	return s, values["password"], nil
}

func mailFolder(o reviews.Options) string {
	if o["folder"] == "" {
		return "INBOX"
	}
	return o["folder"]
}

func portOf(o reviews.Options) (int, error) {
	if o["port"] == "" {
		if o["security"] == securityTLS || o["security"] == "" {
			return 993, nil
		}
		return 143, nil
	}
	port, err := strconv.Atoi(o["port"])
	if err != nil || port < 1 || port > 65535 {
		return 0, fmt.Errorf("%q is no port. Mail servers answer at 993, or at 143", o["port"])
	}
	return port, nil
}

// What one visit to a mailbox takes at most; the rest comes with the next.
const (
	mostLetters   = 500
	lettersAtOnce = 20 // fetched with one command
	lookLetters   = 20 // when a person looks before adding
	mostMailed    = 64 << 20
	mostGreeted   = 1 << 20 // until the folder is open
)

// mailbox is an open folder.
type mailbox struct {
	conn     *fetch.Conn
	client   *imapclient.Client
	selected *imap.SelectData
	news     chan struct{} // the server said that there is more
}

// openMailbox logs in and opens the folder so that it can only be read.
func openMailbox(ctx context.Context, c *Collector, v visiting, patient bool) (*mailbox, error) {
	o := v.source.Options
	port, err := portOf(o)
	if err != nil {
		return nil, err
	}
	reason := why(v)
	if patient {
		reason = "listen"
	}
	conn, err := c.Fetch.Dial(ctx, fetch.Line{Host: o["server"], Port: port, Why: reason, Secure: o["security"] == securityTLS || o["security"] == "",
		AllowPrivate: v.source.AllowPrivate, MaxBytes: mostGreeted, Patient: patient})
	if err != nil {
		return nil, err
	}
	m := &mailbox{conn: conn, news: make(chan struct{}, 1)}
	if o["security"] == securityNone && !conn.Private() {
		return nil, errors.Join(fmt.Errorf("%s is on the internet: without encryption your password could be read on its way. Choose TLS", o["server"]), conn.Close())
	}
	options := &imapclient.Options{TLSConfig: conn.TLS(), UnilateralDataHandler: &imapclient.UnilateralDataHandler{
		Mailbox: func(data *imapclient.UnilateralDataMailbox) {
			if data.NumMessages != nil {
				select {
				case m.news <- struct{}{}:
				default:
				}
			}
		}}}
	if o["security"] == securityStartTLS {
		m.client, err = imapclient.NewStartTLS(conn, options)
	} else {
		m.client = imapclient.New(conn, options)
	}
	if err == nil {
		err = m.enter(o["user"], v.secret, mailFolder(o))
	}
	if err != nil {
		err = m.explain(o, err)
		m.close()
		return nil, err
	}
	conn.Allow(mostMailed)
	return m, nil
}

func (m *mailbox) enter(user, password, folder string) error {
	if err := m.client.WaitGreeting(); err != nil {
		return err
	}
	if m.client.State() == imap.ConnStateNotAuthenticated {
		if m.client.Caps().Has(imap.CapLoginDisabled) {
			return errNoLogin
		}
		if err := m.client.Login(user, password).Wait(); err != nil {
			return wrongLogin{err}
		}
	}
	var err error
	if m.selected, err = m.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		return noFolder{err}
	}
	return nil
}

// close leaves the server without waiting for its good-bye.
func (m *mailbox) close() {
	if m.client != nil {
		_ = m.client.Close() // the visit is over, whatever the server still says
	}
	_ = m.conn.Close()
}

var errNoLogin = errors.New("no login without encryption")

type wrongLogin struct{ error }

type noFolder struct{ error }

// explain makes a sentence of what went wrong. What the server itself says may hold the user's name, and is not passed on.
func (m *mailbox) explain(o reviews.Options, err error) error {
	var said *imap.Error
	var login wrongLogin
	var folder noFolder
	switch {
	case errors.Is(err, errNoLogin):
		return fmt.Errorf("%s allows no login without encryption. Choose TLS or STARTTLS", o["server"])
	case errors.As(err, &login) && errors.As(login.error, &said):
		return fmt.Errorf("%s did not accept the user name and the password. Many providers want an app password, which you make in the settings of your mail account", o["server"])
	case errors.As(err, &folder) && errors.As(folder.error, &said):
		return fmt.Errorf("There is no folder %q in this mailbox on %s. Its name has to be written as your mail provider has it", mailFolder(o), o["server"])
	case errors.As(err, &said):
		return fmt.Errorf("%s refused what was asked (%s)", o["server"], said.Type)
	}
	reached := m.conn.Explain(err)
	if errors.Is(reached, fetch.ErrUnreachable) {
		return &garbled{server: o["server"], cause: err}
	}
	return reached
}

// garbled says that a server answers, and not in the language of mail servers.
type garbled struct {
	server string
	cause  error
}

func (g *garbled) Error() string { return g.server + " does not answer as a mail server does" }

func (g *garbled) Unwrap() error { return g.cause }

// The names under which a source keeps where the last visit to a mailbox ended.
const (
	stateValidity = "uidvalidity"
	stateLast     = "uid"
	stateRead     = "read by" // by which watch words and rules the folder was read so far
)

// askIMAP reads what came into the folder since the last visit. Where the server numbered its messages anew, or other words or rules are to be
// read by, it begins again; what is known is known by its Message-ID.
func askIMAP(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "mail", matched: true}
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return got, err
	}
	reader, err := newMailReader(v.source.Options["rules"], v.source.Options["checked by"], v.now)
	if err != nil {
		return got, err
	}
	m, err := openMailbox(ctx, c, v, false)
	if err != nil {
		return got, err
	}
	defer m.close()
	about := mailMatcher(v.source, p.WatchWords)
	by := about.fingerprint() + "/" + keyOf(strings.Join([]string{v.source.Options["rules"], v.source.Options["sender"], strconv.FormatBool(about.all)}, "\x00"))
	validity, last := strconv.FormatUint(uint64(m.selected.UIDValidity), 10), uint64(0)
	if v.source.State[stateValidity] == validity && v.source.State[stateRead] == by && !v.look {
		last, _ = strconv.ParseUint(v.source.State[stateLast], 10, 32)
	}
	senders := tidyWords([]string{v.source.Options["sender"]})
	uids, err := m.after(imap.UID(last))
	if err != nil {
		return got, m.explain(v.source.Options, err)
	}
	if v.look {
		uids = uids[max(0, len(uids)-lookLetters):]
	}
	uids = uids[:min(len(uids), mostLetters)]
	size := 0
	for part := range slices.Chunk(uids, lettersAtOnce) {
		if size > mostMailed/2 { // enough for one visit
			break
		}
		err = m.fetch(part, func(raw []byte, arrived time.Time) {
			size += len(raw)
			entries, problem := reader.read(raw, arrived)
			if problem != nil || len(senders) > 0 && !fromAny(raw, senders, v.now) {
				return
			}
			kept, ignored := aboutPractice(entries, about)
			got.entries = append(got.entries, kept...)
			got.visit.Ignored += ignored
		})
		if err != nil {
			break
		}
		last = uint64(part[len(part)-1])
	}
	got.visit.State = reviews.Options{stateValidity: validity, stateLast: strconv.FormatUint(last, 10), stateRead: by}
	got.visit.Unchanged = err == nil && len(uids) == 0
	if err != nil {
		got.cut = len(got.entries) > 0
		return got, m.explain(v.source.Options, err)
	}
	return got, nil
}

// keyOf shortens a text to tell it from another.
func keyOf(text string) string { return letter{shown: text}.key() }

// fromAny reports whether a message is from one of the senders.
func fromAny(raw []byte, senders []string, now time.Time) bool {
	h, _ := splitHeader(raw)
	_, address := sender(h.all("from"))
	return slices.ContainsFunc(senders, func(wanted string) bool { return sentBy(address, wanted) })
}

// after lists the messages that came after one, oldest first. A server may name what it likes: no more is taken from it than one visit reads.
func (m *mailbox) after(last imap.UID) ([]imap.UID, error) {
	if m.selected.NumMessages == 0 {
		return nil, nil
	}
	wanted := imap.UIDSet{imap.UIDRange{Start: last + 1}} // to the end
	found, err := m.client.UIDSearch(&imap.SearchCriteria{UID: []imap.UIDSet{wanted}}, nil).Wait()
	if err != nil {
		return nil, err
	}
	set, _ := found.All.(imap.UIDSet)
	var uids []imap.UID
	for _, span := range set {
		for uid := max(span.Start, last+1); uid <= span.Stop && uid != 0 && len(uids) < 1<<20; uid++ {
			uids = append(uids, uid)
		}
	}
	slices.Sort(uids)
	return slices.Compact(uids), nil
}

// fetch gets messages without marking them as read.
func (m *mailbox) fetch(uids []imap.UID, each func(raw []byte, arrived time.Time)) error {
	body := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: longestLetter}}
	command := m.client.Fetch(imap.UIDSetNum(uids...), &imap.FetchOptions{UID: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{body}})
	for message := command.Next(); message != nil; message = command.Next() {
		var raw []byte
		var arrived time.Time
		for item := message.Next(); item != nil; item = message.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataInternalDate:
				arrived = item.Time
			case imapclient.FetchItemDataBodySection:
				if item.Literal == nil {
					continue
				}
				var err error
				if raw, err = io.ReadAll(io.LimitReader(item.Literal, longestLetter)); err == nil {
					_, err = io.Copy(io.Discard, item.Literal)
				}
				if err != nil {
					return errors.Join(err, command.Close())
				}
			}
		}
		if raw != nil {
			each(raw, arrived.UTC())
		}
	}
	return command.Close()
}

// errNoPush says that a server cannot tell when something comes.
var errNoPush = errors.New("the mail server does not tell of new mail by itself")

// waitIMAP ends when the server tells that something came, or at once if something came since the last visit.
func waitIMAP(ctx context.Context, c *Collector, v visiting) error {
	m, err := openMailbox(ctx, c, v, true)
	if err != nil {
		return err
	}
	defer m.close()
	if !m.client.Caps().Has(imap.CapIdle) && !m.client.Caps().Has(imap.CapIMAP4rev2) {
		return errNoPush
	}
	last, _ := strconv.ParseUint(v.source.State[stateLast], 10, 32)
	if v.source.State[stateValidity] != strconv.FormatUint(uint64(m.selected.UIDValidity), 10) {
		return nil
	}
	if uids, err := m.after(imap.UID(last)); err != nil || len(uids) > 0 {
		return err
	}
	select { // what came before the wait began was looked at
	case <-m.news:
	default:
	}
	idle, err := m.client.Idle()
	if err != nil {
		return m.explain(v.source.Options, err)
	}
	select {
	case <-m.news:
		return idle.Close()
	case <-m.client.Closed():
		return m.explain(v.source.Options, io.ErrUnexpectedEOF)
	case <-ctx.Done():
		return ctx.Err()
	}
}
