package ui

import (
	"goodword/ui/insights"
	"goodword/ui/kit"
	"goodword/ui/policyroom"
	"goodword/ui/spotlights"
)

// screens makes the places of the rail, in its order.
func (w *Window) screens() []kit.Screen {
	h, back := w.house, w.options.Background
	return []kit.Screen{
		spotlights.New(w.shell, back, spotlights.Deps{Store: h.Advocacy, Practices: h.Practices, Now: h.Now}),
		policyroom.New(w.shell, back, policyroom.Deps{Checklist: h.Policy, Document: h.Policy, Training: h.Policy, Registers: h.Policy, Practices: h.Practices, Rules: h.Gate.Rules, Now: h.Now}),
		insights.New(w.shell, back, insights.Deps{Reader: h.Insight, Practices: h.Practices, Now: h.Now}),
	}
}

// firstRun asks what the program must know, or opens the sample practice.
func (w *Window) firstRun() {}
