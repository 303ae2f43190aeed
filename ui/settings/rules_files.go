package settings

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
)

func (p *rulesPane) export() {
	window := p.screen.host.Window()
	if window == nil {
		return
	}
	chooser := dialog.NewFileSave(func(out fyne.URIWriteCloser, err error) {
		if err != nil || out == nil {
			return
		}
		file := out.URI().Path()
		_ = out.Close()
		p.exportTo(file)
	}, window)
	chooser.SetFileName("goodword-rules.yaml")
	chooser.Show()
}

func (p *rulesPane) exportTo(file string) {
	rules := p.rules
	p.screen.back.Run(func(context.Context) func() {
		var text bytes.Buffer
		err := reviews.WriteRules(&text, rules)
		if err == nil {
			err = os.WriteFile(file, text.Bytes(), 0o600)
		}
		return func() {
			if err != nil {
				p.screen.host.Fail("Exporting the rules", err)
				return
			}
			p.screen.host.Toast(kit.Counted(len(rules), "rule is", "rules are") + " in " + filepath.Base(file) + ".")
		}
	})
}

func (p *rulesPane) bring() {
	window := p.screen.host.Window()
	if window == nil {
		return
	}
	chooser := dialog.NewFileOpen(func(in fyne.URIReadCloser, err error) {
		if err != nil || in == nil {
			return
		}
		file := in.URI().Path()
		_ = in.Close()
		p.bringFrom(file)
	}, window)
	chooser.SetFilter(storage.NewExtensionFileFilter([]string{".yaml", ".yml"}))
	chooser.Show()
}

// bringFrom adds the rules of a file at the end, all of them or none; undo takes them away again.
func (p *rulesPane) bringFrom(file string) {
	var added []reviews.Rule
	p.do("Importing the rules", func(ctx context.Context, by audit.Actor) error {
		in, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("%s cannot be opened: %w", filepath.Base(file), err)
		}
		rules, err := reviews.ReadRules(in)
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
		for _, r := range rules {
			saved, err := p.screen.deps.Rules.SaveRule(ctx, r, by)
			if err != nil {
				return errors.Join(fmt.Errorf("The rule %q: %w", r.Name, err), p.takeAway(ctx, added, by))
			}
			added = append(added, saved)
		}
		return nil
	}, func() {
		p.screen.host.ToastUndo(kit.Counted(len(added), "rule", "rules")+" added at the end.", func() {
			p.do("Taking the rules away", func(ctx context.Context, by audit.Actor) error { return p.takeAway(ctx, added, by) }, nil)
		})
	})
}

func (p *rulesPane) takeAway(ctx context.Context, rules []reviews.Rule, by audit.Actor) error {
	var errs []error
	for _, r := range rules {
		errs = append(errs, p.screen.deps.Rules.RemoveRule(ctx, r.ID, by))
	}
	return errors.Join(errs...)
}
