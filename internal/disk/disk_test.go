package disk_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"goodword/internal/disk"
)

func TestExplain(t *testing.T) {
	other := errors.New("the printer is on fire")
	tests := []struct {
		name string
		err  error
		full bool
	}{
		{"no room", &os.PathError{Op: "write", Path: "a", Err: syscall.ENOSPC}, true},
		{"no room, wrapped twice", fmt.Errorf("copy: %w", errors.Join(other, fmt.Errorf("write: %w", syscall.ENOSPC))), true},
		{"no share left", syscall.EDQUOT, true},
		{"no right", &os.PathError{Op: "write", Path: "a", Err: syscall.EACCES}, false},
		{"another trouble", other, false},
		{"none", nil, false},
	}
	for _, test := range tests {
		got := disk.Explain("monday.db", test.err)
		if errors.Is(got, disk.ErrFull) != test.full {
			t.Errorf("%s: got %v, want full: %v", test.name, got, test.full)
		}
		if test.full && (!strings.Contains(got.Error(), "monday.db") || strings.Contains(got.Error(), "no space left")) {
			t.Errorf("%s: got %q, want our own words with the name of the file", test.name, got)
		}
		if !test.full && !errors.Is(got, test.err) {
			t.Errorf("%s: got %v, want %v as it was", test.name, got, test.err)
		}
	}
}
