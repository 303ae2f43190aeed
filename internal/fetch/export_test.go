package fetch

import (
	"crypto/x509"
	"net/http"
)

// Trust has a client believe one certificate, as if the computer knew who signed it.
func Trust(c *Client, certificate *x509.Certificate) {
	for _, t := range []*http.Transport{c.guarded, c.open} {
		pool := x509.NewCertPool()
		pool.AddCert(certificate)
		t.TLSClientConfig.RootCAs = pool
	}
}
