package collect_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"goodword/internal/fetch"
	"goodword/internal/sitetest"
	"goodword/reviews"
	"goodword/reviews/collect"
)

// dovecot is a real mail server, which runs in a folder of its own.
type dovecot struct {
	plain, secure string // ports
	folder        string
}

// serveDovecot starts a Dovecot on this computer, or skips the test where there is none.
func serveDovecot(t *testing.T) *dovecot {
	t.Helper()
	program, err := exec.LookPath("dovecot")
	if err != nil {
		if program = "/usr/sbin/dovecot"; !exists(program) {
			t.Skip("there is no Dovecot on this computer (Debian: apt-get install dovecot-imapd)")
		}
	}
	folder, err := os.MkdirTemp("", "gw") // short, for the names of its sockets
	if err != nil {
		t.Fatal(err)
	}
	d := &dovecot{plain: sitetest.FreePort(t), secure: sitetest.FreePort(t), folder: folder}
	login, owner, id, group := "dovenull", "dovecot", "", ""
	me, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if me.Uid == "0" {
		nobody, err := user.Lookup("nobody")
		if err != nil {
			t.Skip("as root, Dovecot needs the user nobody for its mails")
		}
		id, group = nobody.Uid, nobody.Gid
	} else {
		login, owner, id, group = me.Username, me.Username, me.Uid, me.Gid
	}
	certify(t, folder)
	config := fmt.Sprintf(`base_dir = %[1]s/run
state_dir = %[1]s/state
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <%[1]s/cert.pem
ssl_key = <%[1]s/key.pem
disable_plaintext_auth = no
default_login_user = %[4]s
default_internal_user = %[5]s
default_internal_group = %[5]s
first_valid_uid = 1
mail_location = maildir:%[1]s/mail/%%u
mailbox_list_index = no
passdb {
  driver = static
  args = password=sesame
}
userdb {
  driver = static
  args = uid=%[6]s gid=%[7]s home=%[1]s/mail/home
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[2]s
  }
  inet_listener imaps {
    port = %[3]s
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`, folder, d.plain, d.secure, login, owner, id, group)
	for _, step := range []error{os.WriteFile(filepath.Join(folder, "dovecot.conf"), []byte(config), 0o644), os.Mkdir(filepath.Join(folder, "mail"), 0o777), os.Chmod(folder, 0o755), os.Chmod(filepath.Join(folder, "mail"), 0o777)} {
		if step != nil {
			t.Fatal(step)
		}
	}
	server := exec.Command(program, "-F", "-c", filepath.Join(folder, "dovecot.conf"))
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(server.Process.Signal(syscall.SIGTERM), ended(server.Wait()), os.RemoveAll(folder)); err != nil {
			t.Error(err)
		}
	})
	for range 100 {
		if conn, err := net.Dial("tcp", "127.0.0.1:"+d.plain); err == nil {
			_ = conn.Close()
			return d
		}
		time.Sleep(50 * time.Millisecond)
	}
	said, _ := os.ReadFile(filepath.Join(folder, "log"))
	t.Fatalf("Dovecot did not start: %s", said)
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// ended is the error of a program that we told to stop: none.
func ended(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return nil
	}
	return err
}

// certify makes a certificate for 127.0.0.1 that signs itself.
func certify(t *testing.T, folder string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, block := range map[string]*pem.Block{"cert.pem": {Type: "CERTIFICATE", Bytes: certificate}, "key.pem": {Type: "EC PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(filepath.Join(folder, name), pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// as does something as another mail program of the same person.
func (d *dovecot) as(t *testing.T, do func(c *imapclient.Client) error) {
	t.Helper()
	c, err := imapclient.DialInsecure("127.0.0.1:"+d.plain, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if err := c.Login("desk", "sesame").Wait(); err != nil {
		t.Fatal(err)
	}
	if err := do(c); err != nil {
		t.Fatal(err)
	}
}

func (d *dovecot) deliver(t *testing.T, messages ...string) {
	t.Helper()
	d.as(t, func(c *imapclient.Client) error {
		for _, m := range messages {
			command := c.Append("Reviews", int64(len(m)), nil)
			_, err := command.Write([]byte(m))
			if err := errors.Join(err, command.Close()); err != nil {
				return err
			}
			if _, err := command.Wait(); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *dovecot) values(security, port string) reviews.Options {
	return reviews.Options{"server": "127.0.0.1", "port": port, "user": "desk", "password": "sesame", "folder": "Reviews", "security": security}
}

func TestDovecot(t *testing.T) {
	server := serveDovecot(t)
	server.as(t, func(c *imapclient.Client) error { return c.Create("Reviews", nil).Wait() })
	server.deliver(t, googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes."), googleAlert(2, 5, "Ida Stone", "Lovely."))
	d := open(t, "Bright Harbor")
	d.Collector.Secrets = &vault{}
	for security, port := range map[string]string{"TLS": server.secure, "STARTTLS": server.plain} {
		if _, err := d.LookKind(ctx, "imap", server.values(security, port), true); !errors.Is(err, fetch.ErrCertificate) {
			t.Errorf("%s with a certificate that nobody vouches for: got %v, want %v", security, err, fetch.ErrCertificate)
		}
	}
	wrong := server.values("none", server.plain)
	wrong["password"] = "wrong"
	if _, err := d.LookKind(ctx, "imap", wrong, true); err == nil || !strings.Contains(err.Error(), "did not accept") {
		t.Errorf("a wrong password: got %v", err)
	}
	source := d.mailbox(t, server.values("none", server.plain))
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 2}); got != want {
		t.Fatalf("first visit: got %+v, want %+v", got, want)
	}
	if got := d.collect(t); got.Unchanged != 1 {
		t.Errorf("second visit: got %+v, want nothing new", got)
	}
	server.as(t, func(c *imapclient.Client) error {
		status, err := c.Status("Reviews", &imap.StatusOptions{NumUnseen: true}).Wait()
		if err == nil && *status.NumUnseen != 2 {
			t.Errorf("%d mails are unread, want 2", *status.NumUnseen)
		}
		return err
	})
	watching, stop := context.WithCancel(ctx)
	brought, done := make(chan collect.Totals, 10), make(chan error, 1)
	go func() { done <- d.Watch(watching, func(t collect.Totals) { brought <- t }) }()
	time.Sleep(500 * time.Millisecond)
	server.deliver(t, googleAlert(3, 1, "Omar Finch", "Nobody answered."))
	told := time.Now()
	select {
	case got := <-brought:
		if got.New != 1 {
			t.Errorf("heard: got %+v, want one new", got)
		}
		t.Logf("the new mail was stored after %v", time.Since(told).Round(time.Millisecond))
	case <-time.After(10 * time.Second):
		t.Error("the new mail was not heard of")
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	before := d.source(t, source.ID).State["uidvalidity"]
	server.as(t, func(c *imapclient.Client) error {
		return errors.Join(c.Delete("Reviews").Wait(), c.Create("Reviews", nil).Wait())
	})
	server.deliver(t, googleAlert(3, 1, "Omar Finch", "Nobody answered."), googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes."), googleAlert(4, 4, "Lee Park", "Good."))
	got := d.collect(t)
	if after := d.source(t, source.ID).State["uidvalidity"]; got.New != 1 || got.Edited != 0 || after == before {
		t.Errorf("numbered anew (%s, then %s): got %+v, want the one new mail", before, after, got)
	}
}

// TestDovecotOverTLS runs itself once more with the certificate of the server among those of the system.
func TestDovecotOverTLS(t *testing.T) {
	if ports := os.Getenv("GOODWORD_TEST_DOVECOT"); ports != "" {
		secure, plain, _ := strings.Cut(ports, " ")
		for security, port := range map[string]string{"TLS": secure, "STARTTLS": plain} {
			d, server := open(t), &dovecot{}
			d.mailbox(t, server.values(security, port))
			if got := d.collect(t); got.New != 1 {
				t.Errorf("%s: got %+v, want one new", security, got)
			}
		}
		return
	}
	server := serveDovecot(t)
	server.as(t, func(c *imapclient.Client) error { return c.Create("Reviews", nil).Wait() })
	server.deliver(t, googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes."))
	again := exec.Command(os.Args[0], "-test.run=^TestDovecotOverTLS$", "-test.count=1")
	again.Env = append(os.Environ(), "SSL_CERT_FILE="+filepath.Join(server.folder, "cert.pem"), "GOODWORD_TEST_DOVECOT="+server.secure+" "+server.plain)
	if said, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, said)
	}
}
