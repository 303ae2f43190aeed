package practice_test

import (
	"testing"

	"goodword/internal/practice"
)

func TestZones(t *testing.T) {
	for _, name := range append(practice.CommonZones(), "", "Asia/Kathmandu") {
		if err := practice.CheckZone(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"Chicago", "America/Atlantis", "../etc/passwd"} {
		if practice.CheckZone(name) == nil {
			t.Errorf("%q was taken for a time zone", name)
		}
	}
}
