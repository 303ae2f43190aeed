package sources

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
)

// anyAddress is the kind of a source by its address alone.
const anyAddress = reviews.KindFeed

// kindOf is the kind of a source; the zero kind for files and what is typed by hand.
func kindOf(id string) collect.Kind {
	for _, kind := range collect.Kinds() {
		if kind.ID == id {
			return kind
		}
	}
	return collect.Kind{}
}

// recognised is the kind that a pasted address belongs to, with its fields filled in.
func recognised(address string) (collect.Kind, reviews.Options) {
	if kind, values, ok := collect.Recognise(address); ok {
		return kind, values
	}
	return kindOf(anyAddress), reviews.Options{"address": address}
}

// input is one field of a kind on the screen: an entry, a password entry or a choice.
type input struct {
	field collect.Field
	frame *kit.Field
	entry *kit.Entry
	pick  *widget.Select
}

// inputsOf makes the form of a kind. keeper says where a secret is kept; held tells that there is one already.
func inputsOf(kind collect.Kind, values reviews.Options, keeper string, held bool, changed, submitted func()) []*input {
	var list []*input
	for _, f := range kind.Fields {
		in := &input{field: f}
		label, help := f.Label, f.Help
		if f.Optional {
			label += " (not needed)"
		}
		if len(f.Choices) > 0 {
			in.pick = kit.NewSelect(f.Choices, nil)
			in.pick.SetSelected(f.Choices[0])
			if values[f.Name] != "" {
				in.pick.SetSelected(values[f.Name])
			}
			in.pick.OnChanged = func(string) { changed() }
			in.frame = kit.NewField(label, help, in.pick)
		} else {
			in.entry = kit.NewEntry(f.Example)
			if f.Lines {
				in.entry = kit.NewMultiLine(f.Example, 5)
			}
			if f.Secret {
				in.entry.Password = true
				help = strings.TrimSpace(help + " " + keeper)
				if held {
					in.entry.PlaceHolder = "As it is. Paste another to replace it"
				}
			}
			in.entry.SetText(values[f.Name])
			in.entry.OnChanged = func(string) { in.frame.SetError(""); changed() }
			in.entry.OnSubmitted = func(string) { submitted() }
			in.frame = kit.NewField(label, help, in.entry)
		}
		list = append(list, in)
	}
	return list
}

// filled are the values of the form.
func filled(list []*input) reviews.Options {
	values := reviews.Options{}
	for _, in := range list {
		if value := in.value(); value != "" {
			values[in.field.Name] = value
		}
	}
	return values
}

func (in *input) value() string {
	if in.pick != nil {
		return in.pick.Selected
	}
	return strings.TrimSpace(in.entry.Text)
}

// missing marks the first field that has to be filled in and is not, and returns it.
func missing(list []*input, held bool) *input {
	for _, in := range list {
		if in.value() == "" && !in.field.Optional && !(held && in.field.Secret) {
			in.frame.SetError(in.field.Label + " is needed.")
			return in
		}
	}
	return nil
}

func (in *input) focusable() fyne.Focusable {
	if in.pick != nil {
		return in.pick
	}
	return in.entry
}

// keeper says where the secrets of sources are kept.
func (s *Screen) keeper() string {
	if s.deps.InFile() {
		return "Kept in a file that only your user of this computer can read, since this computer has no keychain. It is never shown again."
	}
	return "Kept in this computer's keychain and never shown again."
}

// kept says where the secret of a source is.
func (s *Screen) kept() string {
	if s.deps.InFile() {
		return "In a file that only your user of this computer can read"
	}
	return "In this computer's keychain"
}
