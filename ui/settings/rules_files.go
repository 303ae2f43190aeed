package settings

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"goodword/internal/audit"
	"goodword/internal/disk"
	"goodword/reviews"
	"goodword/ui/kit"
)

func (p *rulesPane) export() {
	kit.SaveFile(p.screen.host, "Exporting the rules", "goodword-rules.yaml", p.exportTo)
}

func (p *rulesPane) exportTo(file string) {
	rules := p.rules
	p.screen.back.Run(func(context.Context) func() {
		err := disk.WriteMade(file, func(w io.Writer) error { return reviews.WriteRules(w, rules) })
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
	kit.OpenFile(p.screen.host, "Importing the rules", []string{".yaml", ".yml"}, p.bringFrom)
}

// bringFrom adds the rules of a file that are not there yet at the end, all of them or none; undo takes them away again.
func (p *rulesPane) bringFrom(file string) {
	var added []reviews.Rule
	known := 0
	p.do("Importing the rules", func(ctx context.Context, by audit.Actor) error {
		in, err := os.Open(file)
		if err != nil {
			return fmt.Errorf("%s cannot be opened: %w", filepath.Base(file), err)
		}
		rules, err := reviews.ReadRules(in)
		if err = errors.Join(err, in.Close()); err != nil {
			return err
		}
		added, err = p.screen.deps.Rules.AddRules(ctx, rules, by)
		known = len(rules) - len(added)
		return err
	}, func() {
		if len(added) == 0 {
			p.screen.host.Toast("All rules of the file are there already.")
			return
		}
		text := kit.Counted(len(added), "rule", "rules") + " added at the end"
		if known > 0 {
			text += fmt.Sprintf(", %d there already", known)
		}
		p.screen.host.ToastUndo(text+".", func() {
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
