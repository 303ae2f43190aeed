// Package disk writes the files that people ask for, and tells a full disk from any other trouble in one sentence.
package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"goodword/internal/refusal"
)

// ErrFull says that the disk, or the share of it that this person may use, has no room left.
var ErrFull = errors.New("the disk is full")

// windows lists the numbers by which Windows says that a disk is full.
var windows = []syscall.Errno{39, 112}

// Explain returns ErrFull, in a sentence that names the file and the way out, when a full disk is what err is about, and else err itself.
func Explain(file string, err error) error {
	var number syscall.Errno
	full := errors.Is(err, ErrFull) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		runtime.GOOS == "windows" && errors.As(err, &number) && slices.Contains(windows, number)
	if !full {
		return err
	}
	return refusal.Because(errors.Join(ErrFull, err), "The disk has no room for %s. Nothing half-written was left behind; make room, or choose another disk, and try again", file)
}

// Write writes a file that only this person may read.
func Write(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("The file %s cannot be written: %w", filepath.Base(path), Explain(path, err))
	}
	return nil
}

// WriteMade does the same with what write makes; nothing is touched before the whole is made.
func WriteMade(path string, write func(io.Writer) error) error {
	var made bytes.Buffer
	if err := write(&made); err != nil {
		return err
	}
	return Write(path, made.Bytes())
}
