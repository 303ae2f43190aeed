package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews/classify"
)

type topicsVerb struct {
	List   topicsListVerb   `cmd:"" help:"List the topics with where they come from."`
	Add    topicsAddVerb    `cmd:"" help:"Add a topic of your own, or phrases to a topic."`
	Remove topicsRemoveVerb `cmd:"" help:"Remove a topic of your own, or phrases from a topic; a topic that comes with the program is again as it comes."`
	Off    topicsOffVerb    `cmd:"" help:"Switch a topic off."`
	On     topicsOnVerb     `cmd:"" help:"Switch a topic on again."`
	Export topicsExportVerb `cmd:"" help:"Write what you changed as YAML."`
	Import topicsImportVerb `cmd:"" help:"Take over a file of topics in the place of what you changed."`
	Again  topicsAgainVerb  `cmd:"" help:"Judge older mentions by the topics, words and corrections as they stand."`
}

// topicWords are the phrases of a topic.
type topicWords struct {
	About     []string `help:"A phrase that tells the topic. A word with ~ stands for its regular endings, with * for any." sep:"none" placeholder:"PHRASE"`
	Complaint []string `help:"A phrase that tells the topic and that something is wrong." sep:"none" placeholder:"PHRASE"`
	Praise    []string `help:"A phrase that tells the topic and that it is good." sep:"none" placeholder:"PHRASE"`
}

type topicLine struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	On      bool     `json:"on"`
	Own     bool     `json:"own"`
	Source  string   `json:"source,omitempty"`
	Checked string   `json:"checked,omitempty"`
	About   []string `json:"about,omitempty"`
	Worse   []string `json:"complaint,omitempty"`
	Better  []string `json:"praise,omitempty"`
	Without []string `json:"without,omitempty"`
}

// topicsOf lists all topics of the practice, also those that are off.
func (d *desk) topicsOf(h *house.House) (classify.Lists, []topicLine, error) {
	lists, err := h.Reviews.OwnLists(d.ctx)
	if err != nil {
		return lists, nil, err
	}
	var lines []topicLine
	add := func(t classify.Topic, own bool) {
		o := lists.Of(t.ID)
		l := topicLine{ID: t.ID, Label: t.Label, On: !o.Off, Own: own, Source: t.Source, Checked: t.Checked, About: o.About, Worse: o.Complaint, Better: o.Praise, Without: o.Without}
		if o.Label != "" {
			l.Label = o.Label
		}
		lines = append(lines, l)
	}
	ours := classify.Default().Topics()
	for _, t := range ours {
		add(t, false)
	}
	for _, o := range lists.Topics {
		if !slices.ContainsFunc(ours, func(t classify.Topic) bool { return t.ID == o.ID }) {
			add(classify.Topic{ID: o.ID}, true)
		}
	}
	return lists, lines, nil
}

// topic finds a topic by its id or its name.
func (d *desk) topic(h *house.House, name string) (classify.Lists, topicLine, error) {
	lists, lines, err := d.topicsOf(h)
	if err != nil {
		return lists, topicLine{}, err
	}
	for _, l := range lines {
		if l.ID == name || strings.EqualFold(l.Label, name) {
			return lists, l, nil
		}
	}
	return lists, topicLine{}, fmt.Errorf("There is no topic %q. \"goodwordctl topics list\" shows them", name)
}

func (d *desk) printTopic(l topicLine) error {
	state := ""
	if !l.On {
		state = "  (off)"
	}
	from := "your own"
	if !l.Own {
		from = l.Source + ", checked " + l.Checked
	}
	text := fmt.Sprintf("%-26s %s%s\n      %s", l.ID, l.Label, state, from)
	for _, list := range []struct {
		name    string
		phrases []string
	}{{"your phrases", l.About}, {"your complaints", l.Worse}, {"your praise", l.Better}, {"left out", l.Without}} {
		if len(list.phrases) > 0 {
			text += "\n      " + list.name + ": " + strings.Join(list.phrases, ", ")
		}
	}
	return d.print(l, "%s", text)
}

// saveTopics keeps what was changed and prints the topic. Older mentions follow with "topics again", or when the window is open next.
func (d *desk) saveTopics(h *house.House, lists classify.Lists, name string, by audit.Actor) error {
	if _, err := h.Reviews.SaveOwnLists(d.ctx, lists, by); err != nil {
		return err
	}
	_, l, err := d.topic(h, name)
	if err != nil {
		return err
	}
	return d.printTopic(l)
}

type topicsListVerb struct{}

func (topicsListVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		_, lines, err := d.topicsOf(h)
		for _, l := range lines {
			if err := d.printTopic(l); err != nil {
				return err
			}
		}
		return err
	})
}

type topicsAddVerb struct {
	Name string `arg:"" help:"Id or name of a topic; another name makes a new one."`
	topicWords
	Rename  string   `help:"Call it otherwise." placeholder:"NAME"`
	Without []string `help:"A phrase that comes with the program and is not to count." sep:"none" placeholder:"PHRASE"`
}

func (v topicsAddVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		lists, l, err := d.topic(h, v.Name)
		own := lists.Of(l.ID)
		if err != nil {
			own = classify.OwnTopic{Label: v.Name}
		}
		own.About, own.Complaint, own.Praise = slices.Concat(own.About, v.About), slices.Concat(own.Complaint, v.Complaint), slices.Concat(own.Praise, v.Praise)
		own.Without = slices.Concat(own.Without, v.Without)
		name := v.Name
		if v.Rename != "" {
			own.Label, name = v.Rename, v.Rename
		}
		return d.saveTopics(h, lists.With(own), name, by)
	})
}

type topicsRemoveVerb struct {
	Name string `arg:"" help:"Id or name of the topic."`
	topicWords
}

func (v topicsRemoveVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		lists, l, err := d.topic(h, v.Name)
		if err != nil {
			return err
		}
		if len(v.About)+len(v.Complaint)+len(v.Praise) > 0 {
			own := lists.Of(l.ID)
			own.About, own.Complaint, own.Praise = less(own.About, v.About), less(own.Complaint, v.Complaint), less(own.Praise, v.Praise)
			return d.saveTopics(h, lists.With(own), l.ID, by)
		}
		if _, err := h.Reviews.SaveOwnLists(d.ctx, lists.Without(l.ID), by); err != nil {
			return err
		}
		said := "The topic %s is as it comes with the program."
		if l.Own {
			said = "Removed the topic %s."
		}
		return d.print(struct {
			ID string `json:"id"`
		}{l.ID}, said, l.Label)
	})
}

func less(list, without []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(p string) bool {
		return slices.ContainsFunc(without, func(w string) bool { return strings.EqualFold(p, strings.TrimSpace(w)) })
	})
}

type topicsOffVerb struct {
	Name string `arg:"" help:"Id or name of the topic."`
}

func (v topicsOffVerb) Run(d *desk) error { return d.switchTopic(v.Name, true) }

type topicsOnVerb struct {
	Name string `arg:"" help:"Id or name of the topic."`
}

func (v topicsOnVerb) Run(d *desk) error { return d.switchTopic(v.Name, false) }

func (d *desk) switchTopic(name string, off bool) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		lists, l, err := d.topic(h, name)
		if err != nil {
			return err
		}
		own := lists.Of(l.ID)
		own.Off = off
		return d.saveTopics(h, lists.With(own), l.ID, by)
	})
}

type topicsExportVerb struct{}

func (topicsExportVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		lists, err := h.Reviews.OwnLists(d.ctx)
		if err != nil {
			return err
		}
		return classify.WriteLists(d.out, lists)
	})
}

type topicsImportVerb struct {
	File string `arg:"" help:"The file, or \"-\" for standard input."`
}

func (v topicsImportVerb) Run(d *desk) error {
	in := d.in
	if v.File != "-" {
		file, err := os.Open(v.File)
		if err != nil {
			return unreadable(v.File, err)
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	lists, err := classify.ReadLists(in)
	if err != nil {
		return err
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		lists, err := h.Reviews.SaveOwnLists(d.ctx, lists, by)
		if err != nil {
			return err
		}
		return d.print(struct {
			Topics int `json:"topics"`
		}{len(lists.Topics)}, "Topics with changes of your own: %d.", len(lists.Topics))
	})
}

type topicsAgainVerb struct{}

func (topicsAgainVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		n, err := h.Judge.Again(d.ctx, h.Collect.Understand, nil)
		if err != nil {
			return err
		}
		if n > 0 {
			h.LookForMoves(d.ctx)
		}
		return d.print(struct {
			Changed int `json:"changed"`
		}{n}, "Older mentions that are judged otherwise now: %d.", n)
	})
}
