package secret_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"

	"goodword/internal/secret"
)

func TestSecrets(t *testing.T) {
	tests := []struct {
		name   string
		set    func()
		inFile bool
	}{
		{"with a keychain", keyring.MockInit, false},
		{"without one", func() { keyring.MockInitWithError(errors.New("no Secret Service")) }, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.set()
			file := filepath.Join(t.TempDir(), "secrets")
			s := secret.New(file)
			if _, err := s.Get("a"); !errors.Is(err, secret.ErrNone) {
				t.Errorf("got %v, want ErrNone", err)
			}
			for _, value := range []string{"one", "two"} {
				if err := s.Set("a", value); err != nil {
					t.Fatal(err)
				}
				if got, err := secret.New(file).Get("a"); err != nil || got != value {
					t.Errorf("got %q, %v; want %q", got, err, value)
				}
			}
			if got := s.InFile(); got != test.inFile {
				t.Errorf("got InFile %v, want %v", got, test.inFile)
			}
			if info, err := os.Stat(file); test.inFile && (err != nil || info.Mode().Perm() != 0o600) {
				t.Errorf("the file is %v, %v; want it for this user alone", info, err)
			} else if !test.inFile && err == nil {
				t.Error("a secret stands in a file although there is a keychain")
			}
			if err := s.Delete("a"); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Get("a"); !errors.Is(err, secret.ErrNone) {
				t.Errorf("after Delete got %v, want ErrNone", err)
			}
		})
	}
}

func TestADamagedFileIsNotWrittenOver(t *testing.T) {
	keyring.MockInitWithError(errors.New("no Secret Service"))
	file := filepath.Join(t.TempDir(), "secrets")
	if err := os.WriteFile(file, []byte("{half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := secret.New(file).Set("a", "b"); err == nil {
		t.Error("a damaged file was taken")
	}
	if text, _ := os.ReadFile(file); string(text) != "{half" {
		t.Errorf("the damaged file is now %q", text)
	}
}
