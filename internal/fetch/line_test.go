package fetch

import (
	"bufio"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/internal/database"
)

// echo is a server that sends back each line.
func echo(t *testing.T) Line {
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
			go func() { _, _ = io.Copy(conn, conn) }()
		}
	}()
	return lineTo(t, listener.Addr().String())
}

func lineTo(t *testing.T, address string) Line {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.Atoi(port)
	if err != nil {
		t.Fatal(err)
	}
	return Line{Host: host, Port: number, Why: "test", AllowPrivate: true}
}

func newLineClient(t *testing.T) (*Client, *atomic.Bool) {
	t.Helper()
	var off atomic.Bool
	db, err := database.Open(context.Background(), filepath.Join(t.TempDir(), "goodword.db"), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	limits := Limits{Connect: 2 * time.Second, Header: time.Second, Stall: 500 * time.Millisecond, Total: time.Second}
	return NewWithin(limits, db, time.Now, func(context.Context) bool { return off.Load() }), &off
}

func TestALineIsCountedInTheLedger(t *testing.T) {
	c, _ := newLineClient(t)
	ctx := context.Background()
	conn, err := c.Dial(ctx, echo(t))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "hello\n"); err != nil {
		t.Fatal(err)
	}
	if got, err := bufio.NewReader(conn).ReadString('\n'); err != nil || got != "hello\n" {
		t.Errorf("got %q, %v", got, err)
	}
	if !conn.Private() {
		t.Error("a line to this computer is not said to be private")
	}
	if err := errors.Join(conn.Close(), conn.Close()); err != nil {
		t.Error(err)
	}
	lines, err := c.Ledger(ctx, 5)
	if err != nil || len(lines) != 1 || lines[0].Sent != 6 || lines[0].Got != 6 || lines[0].Why != "test" || lines[0].Error != "" {
		t.Errorf("the ledger says %+v, %v; want one line of 6 bytes each way", lines, err)
	}
}

func TestALineIsGuarded(t *testing.T) {
	certified := httptest.NewTLSServer(nil)
	t.Cleanup(certified.Close)
	ctx := context.Background()
	tests := map[string]struct {
		change func(l *Line, c *Client, off *atomic.Bool)
		want   error
	}{
		"private":         {func(l *Line, _ *Client, _ *atomic.Bool) { l.AllowPrivate = false }, ErrPrivate},
		"private by name": {func(l *Line, _ *Client, _ *atomic.Bool) { l.AllowPrivate, l.Host = false, "localhost" }, ErrPrivate},
		"metadata":        {func(l *Line, _ *Client, _ *atomic.Bool) { l.Host = "169.254.169.254" }, ErrPrivate},
		"offline":         {func(_ *Line, _ *Client, off *atomic.Bool) { off.Store(true) }, ErrOffline},
		"nothing there":   {func(l *Line, _ *Client, _ *atomic.Bool) { l.Port = 1 }, ErrUnreachable},
		"strange certificate": {func(l *Line, _ *Client, _ *atomic.Bool) {
			*l = lineTo(t, certified.Listener.Addr().String())
			l.Secure = true
		}, ErrCertificate},
		"no TLS there": {func(l *Line, _ *Client, _ *atomic.Bool) { l.Secure = true }, ErrUnreachable},
		"known certificate": {func(l *Line, c *Client, _ *atomic.Bool) {
			*l = lineTo(t, certified.Listener.Addr().String())
			l.Secure = true
			c.open.TLSClientConfig.RootCAs = x509.NewCertPool()
			c.open.TLSClientConfig.RootCAs.AddCert(certified.Certificate())
		}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, off := newLineClient(t)
			l := echo(t)
			test.change(&l, c, off)
			conn, err := c.Dial(ctx, l)
			if err == nil {
				defer func() { _ = conn.Close() }()
			}
			if !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestALineEnds(t *testing.T) {
	for name, test := range map[string]struct {
		change func(l *Line)
		do     func(off *atomic.Bool, cancel func())
		feed   bool
		want   error
	}{
		"when the server stalls":    {want: ErrTimeout},
		"when too much comes":       {change: func(l *Line) { l.MaxBytes = 100 }, feed: true, want: ErrTooBig},
		"when the program goes off": {change: func(l *Line) { l.Patient = true }, do: func(off *atomic.Bool, _ func()) { off.Store(true) }, want: ErrOffline},
		"when its context ends":     {change: func(l *Line) { l.Patient = true }, do: func(_ *atomic.Bool, cancel func()) { cancel() }, want: context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, off := newLineClient(t)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			l := echo(t)
			if test.change != nil {
				test.change(&l)
			}
			conn, err := c.Dial(ctx, l)
			if err != nil {
				t.Fatal(err)
			}
			if test.feed {
				if _, err := io.WriteString(conn, strings.Repeat("x", 500)); err != nil {
					t.Fatal(err)
				}
			}
			if test.do != nil {
				test.do(off, cancel)
			}
			started := time.Now()
			_, err = io.Copy(io.Discard, conn)
			if got := conn.Explain(err); !errors.Is(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if took := time.Since(started); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
			if err := conn.Close(); err != nil {
				t.Error(err)
			}
			lines, err := c.Ledger(context.Background(), 5)
			if err != nil || len(lines) != 1 || (lines[0].Error == "") != errors.Is(test.want, context.Canceled) {
				t.Errorf("the ledger says %+v, %v", lines, err)
			}
		})
	}
}
