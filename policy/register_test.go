package policy_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodword/policy"
)

func TestMayThisToolSeePatientData(t *testing.T) {
	vendors := []policy.Vendor{
		{ID: 1, Name: "Bright Replies, Inc.", Also: "BR, brightly", Patients: true, Agreement: policy.AgreementSigned, SignedOn: "2026-01-01", ExpiresOn: "2026-12-31"},
		{ID: 2, Name: "Print Shop", Agreement: policy.AgreementSigned, SignedOn: "2026-01-01"},
		{ID: 3, Name: "Sage Assistant", Patients: true, Assistant: true},
	}
	for _, test := range []struct {
		tool, day string
		may       bool
		why, like string
	}{
		{"bright replies", "2026-11-22", true, "Yes", ""}, {"Brightly", "2026-11-22", true, "Yes", ""}, {"Bright Replies Inc", "2027-01-01", false, "ended", ""},
		{"Bright", "2026-11-22", false, "not in the register. Ask Priya", "Bright Replies, Inc."}, {"print shop", "2026-11-22", false, "not part", ""},
		{"Sage Assistant", "2026-11-22", false, "no signed agreement. Ask Priya", ""}, {"ChatGPT", "2026-11-22", false, "AI tool", ""}, {"chat gpt 5", "2026-11-22", false, "AI tool", ""},
		{"Whatever", "2026-11-22", false, "not in the register", ""}, {"  ", "2026-11-22", false, "Type the name", ""},
	} {
		a := policy.Ask(vendors, test.tool, test.day, "Priya")
		if a.May != test.may || !strings.Contains(a.Why, test.why) || strings.Join(a.Like, ",") != test.like {
			t.Errorf("%q: got %+v", test.tool, a)
		}
	}
}

func TestOnlyASignedAgreementSaysYes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := []string{"Alpha", "Alpha Beta", "Beta", "ChatGPT", "alpha-beta", "Gamma"}
		var vendors []policy.Vendor
		for n := range rapid.IntRange(0, 5).Draw(t, "vendors") {
			vendors = append(vendors, policy.Vendor{ID: int64(n + 1), Name: rapid.SampledFrom(names).Draw(t, "name"), Also: rapid.SampledFrom(append(names, "")).Draw(t, "also"), Patients: rapid.Bool().Draw(t, "patients"),
				Agreement: rapid.SampledFrom(policy.Agreements()).Draw(t, "agreement"), ExpiresOn: rapid.SampledFrom([]string{"", "2026-01-01", "2027-01-01"}).Draw(t, "expires")})
		}
		a := policy.Ask(vendors, rapid.SampledFrom(names).Draw(t, "tool"), "2026-11-22", "")
		if !a.May {
			return
		}
		if a.Vendor == nil || !a.Vendor.Patients || a.Vendor.Agreement != policy.AgreementSigned || a.Vendor.ExpiresOn == "2026-01-01" {
			t.Fatalf("yes without an agreement: %+v", a)
		}
	})
}

func TestVendorImport(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	_, err := d.store.SaveVendor(ctx, policy.Vendor{Name: "Bright Replies", Note: "Known"}, by)
	must(t, err)
	known, err := d.store.Vendors(ctx)
	must(t, err)
	lines, err := policy.ReadVendors(strings.NewReader("\xef\xbb\xbfVendor;PHI;BAA;BAA date;Expires;Other names\nbright replies;yes;signed;2026-01-05;2027-01-04;BR\nPrint Shop;no;none;;;\nPrint Shop;no;none;;;\nBad;maybe;none;;;\nLate;yes;signed;;;\n;;;;;\n"), known)
	must(t, err)
	if len(lines) != 5 || !lines[0].Known || lines[0].Vendor.Note != "Known" || lines[1].Err != nil {
		t.Fatalf("got %+v", lines)
	}
	for n, want := range map[int]string{2: "same vendor", 3: "neither yes nor no", 4: "day on which it was signed"} {
		if lines[n].Err == nil || !strings.Contains(lines[n].Err.Error(), want) {
			t.Errorf("line %d: got %v, want %q", n, lines[n].Err, want)
		}
	}
	added, changed, err := d.store.ImportVendors(ctx, lines, by)
	must(t, err)
	all, err := d.store.Vendors(ctx)
	must(t, err)
	if added != 1 || changed != 1 || len(all) != 2 || all[0].ExpiresOn != "2027-01-04" || all[0].Also != "BR" {
		t.Errorf("added %d, changed %d: %+v", added, changed, all)
	}
	for _, bad := range []string{"", "PK\x03\x04zip", "what,who\n1,2\n"} {
		if _, err := policy.ReadVendors(strings.NewReader(bad), nil); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if got := all[0].Ahead("2026-12-10"); got != "Agreement ends on 4 January 2027" {
		t.Errorf("ahead: got %q", got)
	}
}

func FuzzVendors(f *testing.F) {
	f.Add("name,baa\nAlpha,signed\n")
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := policy.ReadVendors(strings.NewReader(text), nil)
		for _, line := range lines {
			if err == nil && line.Err == nil && line.Vendor.Name == "" {
				t.Errorf("line %d has no name and was taken", line.Number)
			}
		}
	})
}
