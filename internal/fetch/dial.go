package fetch

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"syscall"
)

// transport makes connections that check refuses or lets through. The check sees the address that is really dialled, after the name was
// looked up, so that a name that changes its address between check and use gains nothing. There is no proxy: it would dial for us.
func transport(limits Limits, check func(netip.Addr) error) *http.Transport {
	dialer := &net.Dialer{Timeout: limits.Connect, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		return check(to.Addr())
	}}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    limits.Connect,
		ResponseHeaderTimeout:  limits.Header,
		MaxResponseHeaderBytes: 256 << 10,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    perHost,
		IdleConnTimeout:        limits.Total,
		DisableCompression:     true,
		ForceAttemptHTTP2:      true,
	}
}

// reserved are the ranges beside private, loopback and link-local that are not the public internet.
var reserved = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"240.0.0.0/4", "fec0::/10", "100::/64", "2001:db8::/32")

// embedding are the ranges of IPv6 whose addresses carry one of IPv4; where it stands differs.
var embedding = []struct {
	prefix netip.Prefix
	at     int
}{{netip.MustParsePrefix("64:ff9b::/96"), 12}, {netip.MustParsePrefix("64:ff9b:1::/48"), 12}, {netip.MustParsePrefix("2002::/16"), 2}, {netip.MustParsePrefix("::/96"), 12}}

// metadata answer with the secrets of a rented computer; no person ever means them.
var metadata = []netip.Addr{netip.MustParseAddr("169.254.169.254"), netip.MustParseAddr("100.100.100.200"), netip.MustParseAddr("fd00:ec2::254"),
	netip.MustParseAddr("fd20:ce::254"), netip.MustParseAddr("192.0.0.192")}

func prefixes(texts ...string) []netip.Prefix {
	all := make([]netip.Prefix, len(texts))
	for i, text := range texts {
		all[i] = netip.MustParsePrefix(text)
	}
	return all
}

// refusePrivate lets only the public internet through.
func refusePrivate(address netip.Addr) error {
	address = address.Unmap().WithZone("")
	if address.IsLoopback() {
		return ErrPrivate
	}
	for _, e := range embedding {
		if e.prefix.Contains(address) {
			bytes := address.As16()
			inner, _ := netip.AddrFromSlice(bytes[e.at : e.at+4])
			return refusePrivate(inner)
		}
	}
	for _, prefix := range reserved {
		if prefix.Contains(address) {
			return ErrPrivate
		}
	}
	if !address.IsGlobalUnicast() || address.IsPrivate() {
		return ErrPrivate
	}
	return nil
}

// refuseMetadata lets the own network through but not what only a program would ask for.
func refuseMetadata(address netip.Addr) error {
	address = address.Unmap().WithZone("")
	for _, known := range metadata {
		if address == known {
			return ErrPrivate
		}
	}
	if address.IsLinkLocalUnicast() || address.IsMulticast() || address.IsUnspecified() {
		return ErrPrivate
	}
	return nil
}
