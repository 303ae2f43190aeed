package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

type spotlightVerb struct {
	List     spotlightList     `cmd:"" default:"1" help:"List the spotlights."`
	Show     spotlightShow     `cmd:"" help:"Show one spotlight."`
	Add      spotlightAdd      `cmd:"" help:"Nominate a colleague."`
	Consent  spotlightConsent  `cmd:"" help:"Record the consent of a colleague."`
	Withdraw spotlightWithdraw `cmd:"" help:"Withdraw a consent; lists what must be taken down."`
	Story    spotlightStory    `cmd:"" help:"Fill in the story sheet."`
	Write    spotlightWrite    `cmd:"" help:"Write the text for a network from the story sheet, give it, or remove it."`
	Picture  spotlightPicture  `cmd:"" help:"Add a picture; its metadata is removed."`
	Schedule spotlightSchedule `cmd:"" help:"Choose when it is to be posted."`
	Move     spotlightMove     `cmd:"" help:"Move to the next stage, or to the one named."`
	Copy     spotlightCopy     `cmd:"" help:"Print the text for a network, once all the rules allow it."`
	Post     spotlightPost     `cmd:"" help:"Post the text with the practice's own account."`
	Kit      spotlightKit      `cmd:"" help:"Write the share kit for staff into a file."`
	Posted   spotlightPosted   `cmd:"" help:"Note that it was posted."`
	Export   spotlightExport   `cmd:"" help:"Write a spotlight with its history and picture into a folder."`
}

type spotlightList struct {
	Stage string `help:"Only this stage."`
}

func (v spotlightList) Run(d *desk) error {
	if v.Stage != "" && !slices.Contains(advocacy.Stages(), advocacy.Stage(v.Stage)) {
		return wrong("There is no stage %q. The stages are: %s", v.Stage, advocacy.StageNames())
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Advocacy.List(d.ctx, advocacy.Filter{Archived: true})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return d.remark("No spotlights yet. Nominate a colleague with \"goodwordctl spotlight add PERSON --reason REASON\".")
		}
		names, err := names(d, h)
		if err != nil {
			return err
		}
		for _, s := range list {
			if v.Stage != "" && string(s.Stage) != v.Stage {
				continue
			}
			if err := d.print(s, "%4d  %-14s %-22s %-16s %s", s.ID, s.Stage, names[s.PersonID], s.Occasion, s.Title); err != nil {
				return err
			}
		}
		return nil
	})
}

func names(d *desk, h *house.House) (map[int64]string, error) {
	people, err := h.Practices.People(d.ctx)
	byID := map[int64]string{}
	for _, p := range people {
		byID[p.ID] = p.Name
	}
	return byID, err
}

type spotlightShow struct {
	ID int64 `arg:"" help:"Number of the spotlight."`
}

func (v spotlightShow) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error { return d.showSpotlight(h, v.ID) })
}

func (d *desk) showSpotlight(h *house.House, id int64) error {
	step, err := h.Advocacy.Step(d.ctx, id, audit.Actor{})
	if err != nil {
		return err
	}
	s := step.Spotlight
	var b strings.Builder
	_, _ = fmt.Fprintf(&b, "Spotlight %d: %s, %s", s.ID, s.Title, s.Stage)
	for _, beside := range step.Beside() {
		_, _ = fmt.Fprintf(&b, "\n  [%s, %s] %s", beside.What, beside.Result.Verdict, beside.Text)
		reasons(&b, beside.Result)
	}
	for _, a := range s.Answers {
		_, _ = fmt.Fprintf(&b, "\n  %s: %s", a.Question, a.Text)
	}
	for _, t := range s.Variants {
		result := step.Judge(t)
		_, _ = fmt.Fprintf(&b, "\n  [%s, %s] %s", t.Network, result.Verdict, t.Text)
		reasons(&b, result)
	}
	return d.print(s, "%s", b.String())
}

// reasons says why the gate stops words, or warns of them.
func reasons(b *strings.Builder, result guard.Result) {
	for _, f := range guard.Told(result.Findings) {
		_, _ = fmt.Fprintf(b, "\n    %s: \"%s\": %s", f.Severity, f.Quote, f.Why)
	}
}

// change does one step and shows the spotlight as it stands then.
func (d *desk) change(id int64, do func(h *house.House, by audit.Actor) error) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := do(h, by); err != nil {
			return err
		}
		return d.showSpotlight(h, id)
	})
}

type spotlightAdd struct {
	Person   string `arg:"" help:"Name or number of the colleague."`
	Occasion string `help:"Why now, such as \"meet the team\" or anniversary." default:"meet the team"`
	Title    string `help:"Working title."`
	Reason   string `help:"Why this colleague." required:""`
}

func (v spotlightAdd) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, by audit.Actor) error {
		title := v.Title
		if title == "" {
			title = "Meet " + person.Name
		}
		s, err := h.Advocacy.Nominate(d.ctx, advocacy.Spotlight{PersonID: person.ID, Occasion: v.Occasion, Title: title, Reason: v.Reason}, by)
		if err != nil {
			return err
		}
		return d.showSpotlight(h, s.ID)
	})
}

type spotlightConsent struct {
	Person   string   `arg:"" help:"Name or number of the colleague."`
	Uses     []string `help:"What is allowed: name, photo, video, quote, story, credentials." default:"name,story,quote"`
	Form     string   `help:"Where the signed paper lies, in your own words, such as \"staff file, blue folder\"." required:"" placeholder:"WHERE"`
	Guardian string   `help:"Who signed too, for somebody under age."`
	consentTerms
}

func (v spotlightConsent) Run(d *desk) error {
	return d.about(v.Person, func(h *house.House, person practice.Person, by audit.Actor) error {
		c := v.of(d, person, v.Uses)
		c.Form, c.Guardian = v.Form, v.Guardian
		c, err := h.Advocacy.Record(d.ctx, c, by)
		if err != nil {
			return err
		}
		return d.print(c, "Recorded consent %d of %s: %s.", c.ID, person.Name, strings.Join(c.Uses, ", "))
	})
}

type spotlightWithdraw struct {
	Consent int64 `arg:"" help:"Number of the consent."`
}

func (v spotlightWithdraw) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		down, err := h.Advocacy.Withdraw(d.ctx, v.Consent, by)
		if err != nil {
			return err
		}
		if !d.json {
			if err := d.print(nil, "Consent %d is withdrawn. To be taken down: %d.", v.Consent, len(down)); err != nil {
				return err
			}
		}
		return d.downs(down)
	})
}

type spotlightStory struct {
	ID     int64             `arg:"" help:"Number of the spotlight."`
	Answer map[string]string `arg:"" optional:"" help:"QUESTION=ANSWER; without any, the questions are listed."`
}

func (v spotlightStory) Run(d *desk) error {
	if len(v.Answer) == 0 {
		return d.work(func(h *house.House, _ audit.Actor) error {
			step, err := h.Advocacy.Step(d.ctx, v.ID, audit.Actor{})
			if err != nil {
				return err
			}
			for _, q := range advocacy.QuestionsFor(step.Spotlight.Occasion, step.Person.Job) {
				if err := d.print(q, "%-10s %s", q.ID, q.Ask); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return d.change(v.ID, func(h *house.House, by audit.Actor) error {
		step, err := h.Advocacy.Step(d.ctx, v.ID, by)
		if err != nil {
			return err
		}
		s, person := step.Spotlight, step.Person
		var answers []advocacy.Answer
		known := 0
		for _, q := range advocacy.QuestionsFor(s.Occasion, person.Job) {
			text, given := v.Answer[q.ID]
			if given {
				known++
			} else {
				text = s.Answered(q.ID)
			}
			if text != "" {
				answers = append(answers, advocacy.Answer{Question: q.ID, Text: text})
			}
		}
		if known != len(v.Answer) {
			return wrong("One of the questions is not on the sheet of %q. \"goodwordctl spotlight story %d\" lists them", s.Occasion, v.ID)
		}
		return h.Advocacy.SaveStory(d.ctx, v.ID, answers, by)
	})
}

type spotlightWrite struct {
	ID      int64  `arg:"" help:"Number of the spotlight."`
	Network string `arg:"" help:"Network, such as facebook."`
	Text    string `help:"The text; without it, it is written from the story sheet." placeholder:"T" xor:"text"`
	Drop    bool   `help:"Remove the text for this network." xor:"text"`
}

func (v spotlightWrite) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) error {
		if v.Drop {
			return h.Advocacy.RemoveVariant(d.ctx, v.ID, v.Network, by)
		}
		if v.Text == "" {
			return saveVariant(d.ctx, h, v.ID, v.Network, by)
		}
		_, _, err := h.Advocacy.SaveVariant(d.ctx, v.ID, advocacy.Variant{Network: v.Network, Text: v.Text, Disclosure: true}, by)
		return err
	})
}

type spotlightPicture struct {
	ID      int64    `arg:"" help:"Number of the spotlight."`
	File    string   `arg:"" help:"JPEG, PNG, GIF or WebP."`
	Alt     string   `help:"What it shows, for people who cannot see it." required:""`
	With    []string `help:"Colleagues who can be seen too, by name or number."`
	Checked bool     `help:"You looked for patients, screens, papers, boards, badges and other people, and sign for it."`
}

func (v spotlightPicture) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) (err error) {
		file, err := os.Open(v.File)
		if err != nil {
			return fmt.Errorf("The file %s cannot be read: %w", v.File, err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		if _, err := h.Advocacy.SavePicture(d.ctx, v.ID, file, v.Alt, by); err != nil {
			return err
		}
		var people []int64
		for _, name := range v.With {
			person, err := d.colleague(h, name)
			if err != nil {
				return err
			}
			people = append(people, person.ID)
		}
		if err := h.Advocacy.NamePeople(d.ctx, v.ID, people, by); err != nil || !v.Checked {
			return err
		}
		var ids []string
		checks, _ := advocacy.PictureChecks()
		for _, c := range checks {
			ids = append(ids, c.ID)
		}
		return h.Advocacy.CheckPicture(d.ctx, v.ID, ids, by)
	})
}

type spotlightSchedule struct {
	ID int64  `arg:"" help:"Number of the spotlight."`
	At string `arg:"" help:"Day and time, such as \"2026-12-01 09:00\"."`
}

func (v spotlightSchedule) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) error {
		at, err := d.moment(v.At)
		if err != nil {
			return err
		}
		return h.Advocacy.Schedule(d.ctx, v.ID, at, by)
	})
}

type spotlightMove struct {
	ID    int64  `arg:"" help:"Number of the spotlight."`
	Stage string `arg:"" optional:"" help:"Stage; the next one when left out."`
}

func (v spotlightMove) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) error {
		to := advocacy.Stage(v.Stage)
		if to == "" {
			s, err := h.Advocacy.Find(d.ctx, v.ID)
			if err != nil {
				return err
			}
			to = after(s.Stage)
		}
		return h.Advocacy.Move(d.ctx, v.ID, to, by)
	})
}

func after(stage advocacy.Stage) advocacy.Stage {
	stages := advocacy.Stages()
	for i, s := range stages[:len(stages)-1] {
		if s == stage {
			return stages[i+1]
		}
	}
	return stage
}

type spotlightCopy struct {
	ID      int64  `arg:"" help:"Number of the spotlight."`
	Network string `arg:"" help:"Network, such as facebook."`
}

func (v spotlightCopy) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		text, err := h.Advocacy.CopyVariant(d.ctx, v.ID, v.Network, by)
		if err != nil {
			return err
		}
		link := advocacy.ShareLink(v.Network, text)
		return d.print(map[string]string{"network": v.Network, "text": text, "open": link}, "%s\n\nOpen: %s", text, link)
	})
}

type spotlightPosted struct {
	ID      int64  `arg:"" help:"Number of the spotlight."`
	Network string `arg:"" help:"Network, such as facebook."`
	URL     string `help:"Address of the post." name:"url"`
}

func (v spotlightPosted) Run(d *desk) error {
	return d.change(v.ID, func(h *house.House, by audit.Actor) error {
		return h.Advocacy.MarkPosted(d.ctx, v.ID, v.Network, v.URL, by)
	})
}

type spotlightExport struct {
	ID     int64  `arg:"" help:"Number of the spotlight."`
	Folder string `arg:"" help:"Where it goes."`
}

// Run writes everything about a spotlight: the record with its history as JSON, and the picture.
func (v spotlightExport) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		s, err := h.Advocacy.Find(d.ctx, v.ID)
		if err != nil {
			return err
		}
		history, err := h.Advocacy.History(d.ctx, v.ID)
		if err != nil {
			return err
		}
		record, err := json.MarshalIndent(map[string]any{"spotlight": s, "history": history}, "", "  ")
		if err != nil {
			return err
		}
		if err := os.MkdirAll(v.Folder, 0o755); err != nil {
			return fmt.Errorf("The folder %s cannot be made: %w", v.Folder, err)
		}
		files := map[string][]byte{fmt.Sprintf("spotlight-%d.json", v.ID): record}
		if s.Picture.File != "" {
			if files[s.Picture.File], err = h.Advocacy.ReadPicture(d.ctx, s.Picture); err != nil {
				return err
			}
		}
		for name, data := range files {
			if err := os.WriteFile(filepath.Join(v.Folder, name), data, 0o600); err != nil {
				return fmt.Errorf("The file %s cannot be written: %w", name, err)
			}
		}
		return d.print(map[string]string{"exported": v.Folder}, "Wrote spotlight %d into %s.", v.ID, v.Folder)
	})
}
