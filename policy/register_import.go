package policy

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"goodword/internal/audit"
)

// VendorLine is one line of a list of vendors, as it would be taken over. Err says why it cannot be; Known, that the register has it already.
type VendorLine struct {
	Number int
	Vendor Vendor
	Known  bool
	Err    error
}

// The bounds of a list: no practice has so many vendors, and a wrong file must not fill the memory.
const (
	mostVendors     = 2000
	mostVendorBytes = 4 << 20
)

// vendorWords are the titles by which the columns of a list are recognised.
var vendorWords = map[string][]string{
	"name":      {"name", "vendor", "vendor name", "company", "tool", "supplier"},
	"service":   {"service", "what it does", "services", "purpose"},
	"sees":      {"sees", "data", "what it sees", "data seen", "information"},
	"patients":  {"patients", "patient data", "patient information", "phi", "sees phi"},
	"assistant": {"ai", "assistant", "ai tool"},
	"agreement": {"agreement", "baa", "baa status", "status"},
	"signed":    {"signed", "signed on", "baa signed", "baa date", "date signed"},
	"expires":   {"expires", "expires on", "ends", "ends on", "baa expires", "expiry", "expiration"},
	"review":    {"review", "review on", "next review", "review date"},
	"contact":   {"contact", "contact person", "phone", "e-mail", "email"},
	"also":      {"also", "other names", "aliases", "also known as"},
	"note":      {"note", "notes", "comment"},
}

// ReadVendors reads a CSV list with a line of titles, cut by commas, semicolons or tabs. A vendor is known again by its name; what the list leaves
// empty stays as it is known.
func ReadVendors(in io.Reader, known []Vendor) ([]VendorLine, error) {
	text, err := io.ReadAll(io.LimitReader(in, mostVendorBytes+1))
	if err != nil {
		return nil, fmt.Errorf("The list cannot be read: %w", err)
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	switch {
	case len(text) > mostVendorBytes:
		return nil, errors.New("The file is too large for a list of vendors")
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return nil, errors.New("This is a spreadsheet, not CSV. Save it as CSV first")
	case !utf8.Valid(text): // Excel's "CSV" on Windows: Latin letters as single bytes
		var plain strings.Builder
		for _, b := range text {
			plain.WriteRune(rune(b))
		}
		text = []byte(plain.String())
	}
	first, _, _ := strings.Cut(string(text), "\n")
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = -1, true, true
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(r.Comma)) {
			r.Comma = comma
		}
	}
	titles, err := r.Read()
	if err != nil {
		return nil, errors.New("The file is empty")
	}
	at := map[string]int{}
	for field, words := range vendorWords {
		if column := slices.IndexFunc(titles, func(t string) bool { return slices.Contains(words, strings.ToLower(strings.TrimSpace(t))) }); column >= 0 {
			at[field] = column
		}
	}
	if _, ok := at["name"]; !ok {
		return nil, errors.New("No column is titled \"name\" or \"vendor\". The first line must say what the columns are")
	}
	var lines []VendorLine
	seen := map[string]int{}
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return lines, nil
		}
		if err != nil {
			return nil, fmt.Errorf("The list cannot be read: %w", err)
		}
		if !slices.ContainsFunc(fields, func(f string) bool { return strings.TrimSpace(f) != "" }) {
			continue
		}
		if len(lines) == mostVendors {
			return nil, fmt.Errorf("The file has more than %d lines, which is no list of vendors", mostVendors)
		}
		line := VendorLine{}
		line.Number, _ = r.FieldPos(0)
		get := func(field string) string {
			column, ok := at[field]
			if !ok || column >= len(fields) {
				return ""
			}
			return strings.TrimSpace(fields[column])
		}
		if i := slices.IndexFunc(known, func(v Vendor) bool { return strings.EqualFold(v.Name, get("name")) }); i >= 0 {
			line.Vendor, line.Known = known[i], true
		}
		line.Vendor, line.Err = line.Vendor.filled(get)
		if line.Err == nil {
			line.Vendor, line.Err = line.Vendor.ready()
		}
		if before := seen[strings.ToLower(line.Vendor.Name)]; before > 0 && line.Err == nil {
			line.Err = fmt.Errorf("Line %d has the same vendor", before)
		}
		seen[strings.ToLower(line.Vendor.Name)] = line.Number
		lines = append(lines, line)
	}
}

// filled takes over what a line of a list has.
func (v Vendor) filled(get func(field string) string) (Vendor, error) {
	for field, into := range map[string]*string{"service": &v.Service, "sees": &v.Sees, "signed": &v.SignedOn, "expires": &v.ExpiresOn, "review": &v.ReviewOn, "contact": &v.Contact, "also": &v.Also, "note": &v.Note} {
		if text := get(field); text != "" {
			*into = text
		}
	}
	if v.Name == "" {
		v.Name = get("name")
	}
	for field, into := range map[string]*bool{"patients": &v.Patients, "assistant": &v.Assistant} {
		switch strings.ToLower(get(field)) {
		case "":
		case "yes", "y", "true", "1", "x":
			*into = true
		case "no", "n", "false", "0":
			*into = false
		default:
			return v, fmt.Errorf("%q is neither yes nor no", get(field))
		}
	}
	switch said := strings.ToLower(get("agreement")); said {
	case "":
		if v.Agreement == "" && v.SignedOn != "" {
			v.Agreement = AgreementSigned
		}
	case "yes", "signed", "y":
		v.Agreement = AgreementSigned
	case "no", "none", "n":
		v.Agreement = NoAgreement
	case "asked", "pending", "requested":
		v.Agreement = AgreementAsked
	case "not needed", "n/a", "na":
		v.Agreement = AgreementNotNeeded
	default:
		return v, fmt.Errorf("%q is no state of an agreement. Write signed, asked, none or not needed", said)
	}
	return v, nil
}

// ImportVendors takes over the lines that can be, one by one, and tells how many are new and how many were changed.
func (s *Store) ImportVendors(ctx context.Context, lines []VendorLine, by audit.Actor) (added, changed int, err error) {
	for _, line := range lines {
		if line.Err != nil {
			continue
		}
		if _, err := s.SaveVendor(ctx, line.Vendor, by); err != nil {
			return added, changed, fmt.Errorf("Line %d: %w", line.Number, err)
		}
		if line.Known {
			changed++
		} else {
			added++
		}
	}
	return added, changed, nil
}
