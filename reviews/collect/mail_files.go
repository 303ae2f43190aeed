package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"goodword/reviews"
)

// holdsMail knows a mailbox file by the line before its first message, and a single message by its header.
func holdsMail(f opened) bool {
	head := bytes.TrimPrefix(f.head, []byte("\xef\xbb\xbf"))
	first, _ := cutLine(head)
	ending := strings.ToLower(filepath.Ext(f.name))
	if fromLine.Match(first) || (ending == ".mbox" || ending == ".mbx") && bytes.HasPrefix(first, []byte("From ")) {
		return true
	}
	if bytes.ContainsAny(first, "\t{") { // a table or JSON, whatever its columns are called
		return false
	}
	h, _ := splitHeader(head)
	return h.has("from") && (h.has("message-id") || h.has("mime-version") || h.has("received") || ending == ".eml")
}

func previewMail(ctx context.Context, c *Collector, f opened, _ Mapping) (Preview, error) {
	found, trouble, err := c.readMailFile(ctx, f.path)
	return Preview{Found: found, Problems: trouble, source: reviews.Source{Kind: reviews.KindImport, Name: "E-mail alerts", Address: "mail", Site: "mail"}}, err
}

// readMailFile reads an mbox file of any size, or a single message. Of a mailbox, what no rule knows is taken if it is about the practice; a
// single message was chosen by a person and is taken.
func (c *Collector) readMailFile(ctx context.Context, path string) (found []reviews.Found, trouble []string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	reader, about, err := c.fileReader(ctx)
	if err != nil {
		return nil, nil, err
	}
	head := make([]byte, len("From "))
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	all := io.MultiReader(bytes.NewReader(head[:n]), file)
	if string(head[:n]) != "From " {
		raw, err := io.ReadAll(io.LimitReader(all, longestLetter))
		if err != nil {
			return nil, nil, fmt.Errorf("The file %s cannot be read: %w", path, err)
		}
		entries, err := reader.read(raw, time.Time{})
		if err != nil {
			return nil, nil, err
		}
		found, _ := aboutPractice(entries, matcher{all: true})
		return found, nil, nil
	}
	messages, broken, ignored := 0, 0, 0
	err = splitMbox(all, func(raw []byte, arrived time.Time) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		messages++
		entries, err := reader.read(raw, arrived)
		if err != nil {
			broken++
			return nil
		}
		kept, left := aboutPractice(entries, about)
		found, ignored = append(found, kept...), ignored+left
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	if broken > 0 {
		trouble = append(trouble, fmt.Sprintf("%d of %d messages have no header and are left out.", broken, messages))
	}
	if ignored > 0 {
		trouble = append(trouble, fmt.Sprintf("%d of %d messages are no alerts that Goodword knows, and none of your watch words is in them. They are left out.", ignored, messages))
	}
	return found, trouble, nil
}

// fileReader reads files by the rules of all mailboxes of the practice and by its watch words.
func (c *Collector) fileReader(ctx context.Context) (mailReader, matcher, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return mailReader{}, matcher{}, err
	}
	sources, err := c.Store.Sources(ctx)
	if err != nil {
		return mailReader{}, matcher{}, err
	}
	reader, err := newMailReader("", "", c.Now())
	if err != nil {
		return reader, matcher{}, err
	}
	for _, s := range sources {
		own, err := readMailRules(s.Options["rules"])
		if s.Kind != kindIMAP || err != nil {
			continue // the source itself says what is wrong with its rules
		}
		reader.rules = append(own, reader.rules...)
	}
	return reader, mailMatcher(reviews.Source{}, p.WatchWords), nil
}
