package advocacy

import "testing"

func TestAPublicPostNamesByTheFirstNameToo(t *testing.T) {
	for _, test := range []struct {
		text, name string
		want       bool
	}{
		{"Priya will show you how to floss.", "Priya Raman", true},
		{"Ask Dr. Priya Raman about sealants.", "Dr. Priya Raman", true},
		{"Ask Priya's team.", "Dr. Priya Raman", true},
		{"A prize for spiriting away plaque.", "Priya Raman", false},
		{"See you in May.", "May Chen", false},
		{"May Chen shows you how.", "May Chen", true},
		{"Flu shots from Monday.", "", false},
	} {
		if got := naming(test.text, test.name) != ""; got != test.want {
			t.Errorf("%q, %q: got %v, want %v", test.text, test.name, got, test.want)
		}
	}
}
