package fetch

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
)

// The errors that callers tell apart.
var (
	ErrOffline     = errors.New("Goodword is offline. Switch it online to ask the internet")
	ErrAddress     = errors.New("this is not a web address")
	ErrPrivate     = errors.New("the address is inside the own network")
	ErrTooBig      = errors.New("the answer is too large")
	ErrTimeout     = errors.New("the server took too long")
	ErrRedirect    = errors.New("the server sends the reader somewhere that was not followed")
	ErrUnreachable = errors.New("the server cannot be reached")
	ErrCertificate = errors.New("the certificate of the server is not valid")
	ErrBroken      = errors.New("the answer broke off")
	ErrStatus      = errors.New("the server refused")
)

// sentence is an error that reads as one plain sentence and still knows its kind and its cause.
type sentence struct {
	text  string
	kind  error
	cause error
}

func (s *sentence) Error() string { return s.text }

func (s *sentence) Unwrap() []error {
	if s.cause == nil {
		return []error{s.kind}
	}
	return []error{s.kind, s.cause}
}

func problem(kind, cause error, format string, values ...any) error {
	return &sentence{text: fmt.Sprintf(format, values...), kind: kind, cause: cause}
}

// explain turns what the network says into a sentence about host.
func explain(ctx context.Context, host string, err error) error {
	var known *sentence
	if errors.As(err, &known) {
		return known
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) && !errors.Is(err, ErrTimeout) {
		return ctx.Err()
	}
	var certificate *tls.CertificateVerificationError
	var name *net.DNSError
	var timeout net.Error
	switch {
	case errors.Is(err, ErrOffline):
		return ErrOffline
	case errors.Is(err, ErrPrivate):
		return problem(ErrPrivate, err, "The address %s is inside your own network. Goodword reads such an address only if you allow it for this source", host)
	case errors.Is(err, ErrTooBig):
		return problem(ErrTooBig, err, "The answer of %s is larger than Goodword accepts, so it was not read", host)
	case errors.As(err, &certificate):
		return problem(ErrCertificate, err, "The certificate of %s is not valid, so its answer cannot be trusted (%v)", host, certificate.Err)
	case errors.Is(err, ErrTimeout), errors.As(err, &timeout) && timeout.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return problem(ErrTimeout, err, "%s took too long to answer", host)
	case errors.As(err, &name):
		return problem(ErrUnreachable, err, "There is no server by the name of %s, or this computer has no connection to the internet", host)
	case errors.Is(err, syscall.ECONNREFUSED):
		return problem(ErrUnreachable, err, "Nothing answers at %s", host)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return problem(ErrBroken, err, "The answer of %s broke off before its end", host)
	}
	return problem(ErrUnreachable, err, "%s cannot be reached (%v)", host, innermost(err))
}

// innermost is the last cause: it names the trouble without repeating the address.
func innermost(err error) error {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err
		}
		err = next
	}
}

func statusProblem(host string, status int) error {
	text := fmt.Sprintf("%s answered with an error (%d)", host, status)
	switch {
	case status == http.StatusNotModified:
		text = fmt.Sprintf("%s says that nothing changed, though it was not asked that (304)", host)
	case status == http.StatusUnauthorized, status == http.StatusForbidden, status == http.StatusProxyAuthRequired:
		text = fmt.Sprintf("%s does not let Goodword read this address (%d). It may need a login", host, status)
	case status == http.StatusNotFound:
		text = fmt.Sprintf("%s has nothing at this address any more (404)", host)
	case status == http.StatusGone:
		text = fmt.Sprintf("%s says that this address is gone for good (410)", host)
	case status == http.StatusTooManyRequests:
		text = fmt.Sprintf("%s asks us to come less often (429)", host)
	case status >= 500:
		text = fmt.Sprintf("%s has a fault of its own (%d)", host, status)
	}
	return problem(ErrStatus, nil, "%s", text)
}
