package sample

import (
	"slices"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/reviews"
)

type spotlightEntry struct {
	Person, Occasion, By, Title, Reason string
	Picture                             string // what it shows; empty: no picture
	Stage                               advocacy.Stage
	Days                                float64
	Missed                              bool // scheduled for a day on which the computer slept
	FromPraise                          bool `yaml:"from_praise"`
	Networks, Answers                   []string
}

func (m *maker) spotlights() error {
	file, err := read[struct{ Spotlights []spotlightEntry }]("spotlights.yaml")
	if err != nil {
		return err
	}
	for _, e := range file.Spotlights {
		m.now = m.ago(e.Days)
		if err := m.spotlight(e); err != nil {
			return err
		}
	}
	m.now = m.end
	return nil
}

// spotlight nominates somebody and takes the spotlight through the stages as the people of the practice would, up to where it stands.
func (m *maker) spotlight(e spotlightEntry) error {
	person, kelechi := m.people[e.Person], m.actor("Kelechi Adeyemi")
	new := advocacy.Spotlight{PersonID: person.ID, Occasion: e.Occasion, Title: e.Title, Reason: e.Reason}
	if e.FromPraise {
		new.MentionID = m.praise()
	}
	s, err := m.h.Advocacy.Nominate(m.ctx, new, m.actor(e.By))
	if err != nil {
		return err
	}
	for _, stage := range advocacy.Stages()[1:] {
		if slices.Index(advocacy.Stages(), stage) > slices.Index(advocacy.Stages(), e.Stage) {
			return nil
		}
		m.now = m.now.Add(time.Duration(6+m.chance.IntN(30)) * time.Hour)
		if m.now.After(m.end) {
			m.now = m.end
		}
		if err := m.prepare(s.ID, stage, e, person); err != nil {
			return err
		}
		by := kelechi
		if stage == advocacy.Scheduled || stage == advocacy.Archived {
			by = m.actor("Dana Whitlock")
		}
		if stage == advocacy.Published {
			continue // posting the last text has published it
		}
		if err := m.h.Advocacy.Move(m.ctx, s.ID, stage, by); err != nil {
			return err
		}
	}
	return nil
}

// praise is the newest five-star mention.
func (m *maker) praise() int64 {
	query, err := reviews.ParseQuery("stars:5", m.end, time.UTC)
	if err != nil {
		return 0
	}
	ids, err := m.h.Reviews.IDs(m.ctx, query)
	if err != nil || len(ids) == 0 {
		return 0
	}
	return ids[0]
}

// prepare does what a stage needs before the spotlight may reach it.
func (m *maker) prepare(id int64, stage advocacy.Stage, e spotlightEntry, person practice.Person) error {
	kelechi, dana := m.actor("Kelechi Adeyemi"), m.actor("Dana Whitlock")
	switch stage {
	case advocacy.StoryStage:
		uses := []string{advocacy.UseName, advocacy.UseStory, advocacy.UseQuote, advocacy.UsePhoto, advocacy.UseCredentials}
		_, err := m.h.Advocacy.Record(m.ctx, advocacy.Consent{PersonID: person.ID, Uses: uses, From: m.now.Format(practice.Day),
			Until: m.end.AddDate(1, 0, 0).Format(practice.Day), Form: "Release of " + m.now.Format(practice.Day) + ", staff file"}, m.actor("Marcus Bell"))
		return err
	case advocacy.DraftStage:
		var answers []advocacy.Answer
		for i, q := range advocacy.Questions(e.Occasion) {
			if i < len(e.Answers) {
				answers = append(answers, advocacy.Answer{Question: q.ID, Text: e.Answers[i]})
			}
		}
		return m.h.Advocacy.SaveStory(m.ctx, id, answers, kelechi)
	case advocacy.ReviewStage:
		if e.Picture != "" {
			if err := m.picture(id, e.Picture); err != nil {
				return err
			}
		}
		return m.write(id, e.Networks)
	case advocacy.Scheduled:
		at := m.now.Add(26 * time.Hour)
		if e.Stage == advocacy.Scheduled && !e.Missed {
			at = m.end.Add(52 * time.Hour)
		}
		return m.h.Advocacy.Schedule(m.ctx, id, at, dana)
	case advocacy.Published:
		return m.post(id, e.Networks)
	}
	return nil
}

func (m *maker) write(id int64, networks []string) error {
	s, err := m.h.Advocacy.Find(m.ctx, id)
	if err != nil {
		return err
	}
	p, err := m.h.Practices.Get(m.ctx)
	if err != nil {
		return err
	}
	person, err := m.h.Practices.Person(m.ctx, s.PersonID)
	if err != nil {
		return err
	}
	for _, v := range advocacy.WriteVariants(s, person, p, m.now) {
		if !slices.Contains(networks, v.Network) {
			continue
		}
		if _, _, err := m.h.Advocacy.SaveVariant(m.ctx, id, v, m.actor("Kelechi Adeyemi")); err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) picture(id int64, alt string) error {
	kelechi := m.actor("Kelechi Adeyemi")
	if _, err := m.h.Advocacy.SavePicture(m.ctx, id, portrait(int(id)), alt, kelechi); err != nil {
		return err
	}
	var all []string
	checks, _ := advocacy.PictureChecks()
	for _, check := range checks {
		all = append(all, check.ID)
	}
	return m.h.Advocacy.CheckPicture(m.ctx, id, all, kelechi)
}

func (m *maker) post(id int64, networks []string) error {
	for _, network := range networks {
		m.now = m.now.Add(20 * time.Minute)
		if _, err := m.h.Advocacy.CopyVariant(m.ctx, id, network, m.actor("Kelechi Adeyemi")); err != nil {
			return err
		}
		if err := m.h.Advocacy.MarkPosted(m.ctx, id, network, "https://"+network+".example/willowmere/posts/"+keyOf("p", int(id)), m.actor("Kelechi Adeyemi")); err != nil {
			return err
		}
	}
	return nil
}
