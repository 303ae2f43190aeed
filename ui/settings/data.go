package settings

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/database"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// dataPane shows where the data lie, and keeps and proves copies of them.
type dataPane struct {
	screen *Screen
	states *kit.States
	read   reading
	busy   bool

	place, size, last *kit.Paragraph
	found             *kit.Banner
	steps             []*widget.Button
	body              fyne.CanvasObject
}

// facts are what the disk says about the database.
type facts struct {
	size   int64
	schema int64
	last   string
	lastAt time.Time
}

func newDataPane(s *Screen) *dataPane {
	p := &dataPane{screen: s, states: kit.NewStates(), place: kit.NewParagraph(""), size: kit.NewParagraph(""), last: kit.NewParagraph(""), found: kit.NewBanner(kit.ToneGood, "")}
	p.found.Hide()
	copyPath := kit.NewQuiet("Copy the path", theme.Icon("copy"), func() {
		s.host.Copy(s.deps.Data.Path())
		s.host.Toast("The path is on the clipboard.")
	})
	p.steps = []*widget.Button{
		kit.NewPrimary("Back up now", theme.Icon("save"), p.backUp),
		kit.NewButton("Back up to a place of yours", theme.Icon("hard-drive"), p.backUpTo),
		kit.NewButton("Verify", theme.Icon("shield-check"), p.verify),
		kit.NewButton("Restore a backup", theme.Icon("rotate-ccw"), p.restore),
	}
	p.body = scrolled(kit.Column(theme.Space6,
		kit.NewSection("The database", kit.Column(theme.Space2, p.place, p.size, kit.Line(0, copyPath))),
		kit.NewSection("Backups", kit.Column(theme.Space3, p.last, kit.Help("A backup is one file with everything in it. Keep a copy on a disk that is not in this computer, as safe as any other record of the practice."),
			kit.Flow(p.steps[0], p.steps[1]))),
		kit.NewSection("Proof", kit.Column(theme.Space3, kit.Help("Verify reads the whole database, walks the audit log from its first line and checks every picture."), kit.Flow(p.steps[2]), p.found)),
		kit.NewSection("Going back", kit.Column(theme.Space3, kit.Help("A backup is proved before it takes the place of the database. What stands there now is kept in the folder of backups."), kit.Flow(p.steps[3])))))
	return p
}

func (p *dataPane) name() string               { return "Data" }
func (p *dataPane) content() fyne.CanvasObject { return p.states }

func (p *dataPane) commands() []kit.Command {
	idle := func() bool { return !p.busy }
	return []kit.Command{{Title: "Back up now", Key: "B", Run: p.backUp, Enabled: idle}, {Title: "Verify the database", Key: "V", Run: p.verify, Enabled: idle}}
}

func (p *dataPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.facts(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The database could not be looked at", err, p.load)
				return
			}
			p.place.SetText(p.screen.deps.Data.Path())
			p.size.SetText(fmt.Sprintf("%s, schema %d", kit.Bytes(f.size), f.schema))
			p.last.SetText("There is no backup yet.")
			if f.last != "" {
				p.last.SetText(fmt.Sprintf("The last backup is of %s: %s", f.lastAt.Format("2 January 2006, 15:04"), f.last))
			}
			p.states.ShowContent(p.body)
		}
	})
}

func (p *dataPane) facts(ctx context.Context) (facts, error) {
	path := p.screen.deps.Data.Path()
	var f facts
	var err error
	if f.schema, err = p.screen.deps.Data.Version(ctx); err != nil {
		return f, err
	}
	for _, tail := range []string{"", "-wal"} {
		var info fs.FileInfo
		if info, err = os.Stat(path + tail); err == nil {
			f.size += info.Size()
		}
	}
	if f.last = database.LastBackup(path); f.last != "" {
		if info, err := os.Stat(f.last); err == nil {
			f.lastAt = info.ModTime()
		}
	}
	return f, nil
}

// work runs one long step at a time, with its name in the top bar.
func (p *dataPane) work(doing string, step func(ctx context.Context) error, done func()) {
	if p.busy {
		return
	}
	p.busy = true
	for _, b := range p.steps {
		b.Disable()
	}
	var cancel func()
	over := func() {
		p.busy = false
		for _, b := range p.steps {
			b.Enable()
		}
		p.screen.host.SetStatus("", -1, nil)
	}
	p.screen.host.SetStatus(doing, -1, func() {
		if cancel != nil {
			cancel()
		}
		over()
	})
	cancel = p.screen.back.Run(func(ctx context.Context) func() {
		err := step(ctx)
		return func() {
			over()
			if err != nil {
				p.screen.host.Fail(doing, err)
				return
			}
			done()
		}
	})
}

func (p *dataPane) backUp() {
	path := p.screen.deps.Data.Path()
	p.backUpInto(filepath.Join(database.BackupFolder(path), "goodword-"+p.screen.deps.Now().Format("20060102-150405")+".db"))
}

func (p *dataPane) backUpInto(file string) {
	p.work("Backing up", func(ctx context.Context) error { return p.screen.deps.Data.Backup(ctx, file) }, func() {
		p.load()
		p.screen.host.Toast("Backed up and checked: " + filepath.Base(file))
	})
}

func (p *dataPane) backUpTo() {
	kit.SaveFile(p.screen.host, "Backing up", "goodword-"+p.screen.deps.Now().Format("20060102")+".db", p.backUpInto)
}

func (p *dataPane) verify() {
	var found string
	p.found.Hide()
	p.work("Verifying", func(ctx context.Context) (err error) {
		found, err = p.screen.deps.Verify(ctx)
		return err
	}, func() {
		p.found.Set(kit.ToneGood, found)
		p.found.Show()
	})
}

func (p *dataPane) restore() {
	kit.OpenFile(p.screen.host, "Checking the backup", []string{".db"}, p.restoreFrom)
}

// restoreFrom proves the file before it asks.
func (p *dataPane) restoreFrom(file string) {
	p.work("Checking the backup", func(ctx context.Context) error { return database.CheckFile(ctx, file) }, func() {
		p.screen.host.Confirm("Restore "+filepath.Base(file), "Everything entered since that backup will no longer be in sight. The present database is kept in the folder of backups.", "Restore",
			func() { p.screen.deps.Restore(file) })
	})
}
