package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/netip"
	"strconv"
	"sync"
	"time"
)

// Line is a connection that does not speak HTTP, such as one to a mail server.
type Line struct {
	Host         string
	Port         int
	Why          string // for the ledger: "collect", "look", …
	Secure       bool   // TLS from the first byte
	AllowPrivate bool   // the host may be inside the own network
	MaxBytes     int64  // how much may come; 0: DefaultMaxBytes
	Patient      bool   // the server may be silent as long as it likes, and the line may stay as long as its context
}

// maxLine is how many times the budget of one request a whole conversation may take.
const maxLine = 5

// switchLook is how often an open line looks at the offline switch.
const switchLook = 2 * time.Second

// Dial opens a line under the guards that hold for requests: the offline switch, which also ends a line that is open; private addresses;
// budgets of time and size; the network ledger, which gets its entry when the line is closed. The line ends with ctx.
func (c *Client) Dial(ctx context.Context, l Line) (*Conn, error) {
	if c.offline(ctx) {
		return nil, ErrOffline
	}
	if l.MaxBytes == 0 {
		l.MaxBytes = DefaultMaxBytes
	}
	address := net.JoinHostPort(l.Host, strconv.Itoa(l.Port))
	entry := Entry{At: c.now(), Host: address, Why: l.Why}
	dial := c.guarded
	if l.AllowPrivate {
		dial = c.open
	}
	connecting, stop := context.WithTimeoutCause(ctx, c.limits.Connect, ErrTimeout)
	defer stop()
	plain, err := dial.DialContext(connecting, "tcp", address)
	if err != nil {
		err = explain(ctx, l.Host, err)
		entry.Error = err.Error()
		c.ledger.note(entry)
		return nil, err
	}
	conn := c.line(ctx, l, plain, entry)
	conn.secure = dial.TLSClientConfig.Clone()
	if !l.Secure {
		return conn, nil
	}
	secure := tls.Client(conn.Conn, conn.TLS())
	if err := secure.HandshakeContext(connecting); err != nil {
		err = conn.Explain(err)
		return nil, errors.Join(err, ignoreClosed(conn.Close()))
	}
	conn.Conn = secure
	return conn, nil
}

// Conn is an open Line.
type Conn struct {
	net.Conn // over the meter, and over TLS where the line is secure
	meter    *meter
	to       Line
	secure   *tls.Config
}

// TLS is how a line is made safe that begins in the open: the host has to prove its name, as for a request.
func (c *Conn) TLS() *tls.Config {
	config := c.secure.Clone()
	config.ServerName, config.NextProtos = c.to.Host, nil
	return config
}

// line wraps what was dialled.
func (c *Client) line(ctx context.Context, l Line, plain net.Conn, entry Entry) *Conn {
	inner, cancel := context.WithCancelCause(ctx)
	m := &meter{Conn: plain, ctx: inner, cancel: cancel, stall: c.limits.Stall, left: l.MaxBytes, patient: l.Patient}
	var total *time.Timer
	if !l.Patient {
		total = time.AfterFunc(maxLine*c.limits.Total, func() { cancel(ErrTimeout) })
	}
	m.finish = func() {
		if total != nil {
			total.Stop()
		}
		m.mu.Lock()
		entry.Sent, entry.Got = m.sent, m.got
		m.mu.Unlock()
		if err := context.Cause(inner); err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
			entry.Error = explain(inner, l.Host, err).Error()
		}
		cancel(context.Canceled)
		c.ledger.note(entry)
	}
	context.AfterFunc(inner, func() { _ = plain.Close() })
	go func() {
		look := time.NewTicker(switchLook)
		defer look.Stop()
		for {
			select {
			case <-inner.Done():
				return
			case <-look.C:
				if c.offline(inner) && inner.Err() == nil {
					cancel(ErrOffline)
				}
			}
		}
	}()
	return &Conn{Conn: m, meter: m, to: l}
}

// Close ends the line and writes its entry in the ledger.
func (c *Conn) Close() error {
	err := c.meter.Conn.Close()
	c.meter.once.Do(c.meter.finish)
	return ignoreClosed(err)
}

// Allow lets more bytes come, once the server is known to be what it should be.
func (c *Conn) Allow(more int64) {
	c.meter.mu.Lock()
	defer c.meter.mu.Unlock()
	c.meter.left += more
}

// Private reports whether the line leads to this computer or into the own network.
func (c *Conn) Private() bool {
	to, err := netip.ParseAddrPort(c.meter.RemoteAddr().String())
	return err == nil && refusePrivate(to.Addr()) != nil
}

// Explain turns what went wrong on the line into a sentence about its host, which wraps one of the errors of this package.
func (c *Conn) Explain(err error) error {
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return explain(c.meter.ctx, c.to.Host, err)
	}
	if cause := context.Cause(c.meter.ctx); cause != nil && !errors.Is(cause, context.Canceled) {
		err = cause
	}
	c.meter.mu.Lock()
	if c.meter.failed != nil {
		err = c.meter.failed
	}
	c.meter.mu.Unlock()
	return explain(c.meter.ctx, c.to.Host, err)
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// meter counts what goes over a line, and gives up when the server stalls or sends without end.
type meter struct {
	net.Conn
	ctx     context.Context
	cancel  context.CancelCauseFunc
	stall   time.Duration
	patient bool
	finish  func()
	once    sync.Once

	mu        sync.Mutex
	deadline  time.Time // what whoever speaks over the line asked for
	sent, got int64
	left      int64
	failed    error // why it ended, where the protocol above may lose the reason
}

// Read reads within the deadline of the caller and our own.
func (m *meter) Read(into []byte) (int, error) {
	m.mu.Lock()
	deadline, failed := m.deadline, m.failed
	if own := time.Now().Add(m.stall); !m.patient && (deadline.IsZero() || own.Before(deadline)) {
		deadline = own
	}
	m.mu.Unlock()
	if failed != nil { // some ask again after an error, and would wait once more
		return 0, failed
	}
	if err := m.Conn.SetReadDeadline(deadline); err != nil {
		return 0, m.reason(err)
	}
	n, err := m.Conn.Read(into)
	m.mu.Lock()
	m.got += int64(n)
	m.left -= int64(n)
	over := m.left < 0
	m.mu.Unlock()
	if over {
		err = ErrTooBig
	}
	if err != nil {
		err = m.reason(err)
	}
	return n, err
}

// Write sends within the time for a stall.
func (m *meter) Write(from []byte) (int, error) {
	if err := m.Conn.SetWriteDeadline(time.Now().Add(m.stall)); err != nil {
		return 0, m.reason(err)
	}
	n, err := m.Conn.Write(from)
	m.mu.Lock()
	m.sent += int64(n)
	m.mu.Unlock()
	if err != nil {
		err = m.reason(err)
	}
	return n, err
}

// SetReadDeadline keeps the caller's deadline; ours holds beside it.
func (m *meter) SetReadDeadline(t time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.deadline = t
	return m.Conn.SetReadDeadline(t)
}

// SetDeadline is SetReadDeadline; writing has its own.
func (m *meter) SetDeadline(t time.Time) error { return m.SetReadDeadline(t) }

// SetWriteDeadline changes nothing: each Write has its own.
func (m *meter) SetWriteDeadline(time.Time) error { return nil }

// reason keeps why the line ended.
func (m *meter) reason(err error) error {
	if cause := context.Cause(m.ctx); cause != nil {
		err = cause
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		err = ErrTimeout
	}
	if errors.Is(err, ErrTimeout) || errors.Is(err, ErrTooBig) {
		m.cancel(err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == nil {
		m.failed = err
	}
	return err
}
