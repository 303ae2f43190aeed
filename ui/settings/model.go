package settings

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/reviews/respond/model"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Models is the language model on this computer; *house.House knows it.
type Models interface {
	ModelSettings(ctx context.Context) (model.Settings, error)
	SaveModelSettings(ctx context.Context, s model.Settings, by audit.Actor) error
	Models(ctx context.Context, address string) ([]string, error)
}

// Statements keeps which statements about health the practice's clinicians stand behind; *policy.Store does.
type Statements interface {
	Approved(ctx context.Context) ([]policy.ApprovedMyth, error)
	ApproveMyth(ctx context.Context, id string, by audit.Actor) error
	WithdrawMyth(ctx context.Context, id string, by audit.Actor) error
}

// modelPane is the form of the language model on this computer, which is off until somebody switches it on.
type modelPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	on      *widget.Check
	address *kit.Entry
	field   *kit.Field
	which   *widget.SelectEntry
	open    *widget.Check
	seconds *kit.Entry
	save    *widget.Button
	form    fyne.CanvasObject

	dirty, filling bool
}

func newModelPane(s *Screen) *modelPane {
	p := &modelPane{screen: s, states: kit.NewStates(), address: kit.NewEntry("http://127.0.0.1:11434"), which: widget.NewSelectEntry(nil), seconds: kit.NewEntry(strconv.Itoa(model.DefaultSeconds))}
	p.on = widget.NewCheck("A language model on this computer may be asked for a draft", func(bool) { p.touched() })
	p.open = widget.NewCheck("Show it names and health words as they stand", func(bool) { p.touched() })
	p.address.OnChanged = func(string) { p.touched() }
	p.which.OnChanged = func(string) { p.touched() }
	p.seconds.OnChanged = func(string) { p.touched() }
	var usual []string
	for name, address := range model.Usual() {
		usual = append(usual, name+" "+address)
	}
	slices.Sort(usual)
	p.field = kit.NewField("Address", "Only addresses on this computer are asked, whatever stands here. Usual are: "+strings.Join(usual, ", ")+".", p.address)
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.form = saved(kit.Column(theme.Space6, kit.NewSection("Language model", kit.Column(theme.Space3, p.on,
		kit.Help("It is asked only when you press for it, for one mention at a time. What it writes is judged by the gate like any other words, never counts as a template, and is marked in the record. Each call stands in the network ledger."),
		p.field, kit.NewField("Model", "", kit.Line(theme.Space2, kit.Fill(p.which), kit.NewButton("Look what is there", nil, p.look))),
		kit.NewField("Seconds to wait", "", p.seconds), p.open,
		kit.Help("Without this names, the writer and health words are covered before anything is sent.")))), "Off unless you switch it on.", p.save)
	return p
}

func (p *modelPane) name() string               { return "Language model" }
func (p *modelPane) content() fyne.CanvasObject { return p.states }

func (p *modelPane) commands() []kit.Command {
	return []kit.Command{{Title: "Save the language model", Key: "Ctrl+S", Run: p.check, Enabled: func() bool { return p.dirty }}}
}

func (p *modelPane) touched() {
	if !p.filling {
		p.dirty = true
		p.save.Enable()
	}
}

func (p *modelPane) load() {
	if p.dirty {
		return
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		s, err := p.screen.deps.Models.ModelSettings(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The settings of the language model could not be read", err, p.load)
				return
			}
			p.filling = true
			p.on.SetChecked(s.On)
			p.address.SetText(s.Address)
			p.which.SetText(s.Name)
			p.open.SetChecked(s.Open)
			p.seconds.SetText("")
			if s.Seconds > 0 {
				p.seconds.SetText(strconv.Itoa(s.Seconds))
			}
			p.filling = false
			p.save.Disable()
			p.states.ShowContent(p.form)
		}
	})
}

// look asks the server which models it has.
func (p *modelPane) look() {
	address := p.address.Text
	p.screen.back.Run(func(ctx context.Context) func() {
		names, err := p.screen.deps.Models.Models(ctx, address)
		return func() {
			p.field.SetErr(err)
			if err != nil {
				return
			}
			p.which.SetOptions(names)
			if !slices.Contains(names, p.which.Text) {
				p.which.SetText(names[0])
			}
		}
	})
}

func (p *modelPane) check() {
	s := model.Settings{On: p.on.Checked, Address: strings.TrimSpace(p.address.Text), Name: strings.TrimSpace(p.which.Text), Open: p.open.Checked}
	if text := strings.TrimSpace(p.seconds.Text); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 600 {
			p.screen.host.Toast("Not saved: the seconds to wait are a number from 1 to 600.")
			return
		}
		s.Seconds = n
	}
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.Models.SaveModelSettings(ctx, s, by)
		return func() {
			p.field.SetError("")
			switch {
			case errors.Is(err, model.ErrAddress):
				p.field.SetErr(err)
			case err != nil:
				p.screen.host.Fail("Saving the language model", err)
			default:
				p.dirty = false
				p.screen.told()
				p.screen.host.Toast("Saved.")
			}
		}
	})
}
