package respond

// Tone is how a practice sounds. It chooses among the wordings of a template; what may be said is the same in each.
type Tone string

// The tones.
const (
	Plain  Tone = "plain"
	Warm   Tone = "warm"
	Formal Tone = "formal"
)

// Tones lists the tones in the order in which a form offers them.
func Tones() []Tone { return []Tone{Plain, Warm, Formal} }

// SettingTone is the name under which the practice's settings keep the tone.
const SettingTone = "tone"

// in are the wordings of a template in a tone; where it has none, the plain ones.
func (t Template) in(tone Tone) []string {
	if own := t.Tones[tone]; len(own) > 0 {
		return own
	}
	return t.Wordings
}

// all are the wordings of a template in every tone.
func (t Template) all() []string {
	list := append([]string(nil), t.Wordings...)
	for _, tone := range Tones() {
		list = append(list, t.Tones[tone]...)
	}
	return list
}
