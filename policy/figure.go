package policy

import (
	"slices"
	"sync"
)

// Figure is a number or a way of ours that screens show: what it says, and what it stands on.
type Figure struct {
	ID    string `yaml:"id" json:"id"`
	Says  string `yaml:"says" json:"says"`
	Basis `yaml:",inline"`
}

var figures = sync.OnceValue(func() []Figure {
	var file struct {
		Figures []Figure `yaml:"figures"`
	}
	load("checklist/figures.yaml", &file)
	return file.Figures
})

// Figures returns all of them.
func Figures() []Figure { return slices.Clone(figures()) }

// FigureOf returns the figure of that id. They ship inside the program, so one that is missing is a mistake of ours, and a figure without source
// or day comes back, which the tests of the screens refuse.
func FigureOf(id string) Figure {
	for _, m := range figures() {
		if m.ID == id {
			return m
		}
	}
	return Figure{ID: id}
}
