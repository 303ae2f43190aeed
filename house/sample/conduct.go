package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"time"

	"goodword/internal/manifest"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

// refuseAndSign lets one colleague refuse the version and another sign it on paper; the sheet is scanned.
func (m *maker) refuseAndSign(version policy.Version) error {
	omar, samir, priya := m.people["Omar Haddad"], m.people["Samir Qureshi"], m.actor("Priya Raman")
	m.now = m.now.Add(5 * time.Hour)
	if _, err := m.h.Policy.Refuse(m.ctx, omar.ID, version.ID, "I want to ask the union first what the part on my own accounts means.", "Marcus Bell", priya); err != nil {
		return err
	}
	m.now = m.now.Add(22 * time.Hour)
	p, err := m.h.Practices.Get(m.ctx)
	if err != nil {
		return err
	}
	var scan bytes.Buffer
	s := paper.Sheet{Title: "Social media policy", Subtitle: p.Name, Made: m.now, Footer: "scanned at the front desk", Blocks: []paper.Block{paper.Text{Text: policy.Acknowledgement(version)},
		paper.Picture{Data: scribble(), Alt: "A signature", Width: 60}, paper.Sign{Under: samir.Name + ", " + m.now.Format("2 January 2006")}}}
	if err := paper.WritePDF(&scan, s); err != nil {
		return err
	}
	sheet := policy.Sheet{Hash: manifest.Hash(scan.Bytes()), Name: "policy-2-samir-qureshi.pdf", Kind: "pdf", Data: scan.Bytes()}
	_, err = m.h.Policy.SignAs(m.ctx, policy.Signing{PersonID: samir.ID, VersionID: version.ID, Way: policy.OnPaper, Witness: "Rosa Delgado", Sheet: &sheet}, priya)
	return err
}

// ownItem adds a point of the practice's own to the checklist, and answers it.
func (m *maker) ownItem() error {
	m.now = m.ago(52)
	priya := m.actor("Priya Raman")
	o, err := m.h.Policy.SaveOwnItem(m.ctx, policy.OwnItem{GroupID: "governance", Text: "The password of each public page is in the vault, and two people can reach it", Evidence: "List of the pages with the two names",
		Months: 6}, priya)
	if err != nil {
		return err
	}
	m.now = m.ago(40)
	return m.h.Policy.Answer(m.ctx, o.ItemID(), policy.Answered{Answer: policy.Partly, Note: "After the drill: all pages but Zocdoc", OwnerID: m.people["Kelechi Adeyemi"].ID, Due: m.end.AddDate(0, 0, 14).Format(practice.Day)}, priya)
}

// crisis names people for most duties of the crisis plan.
func (m *maker) crisis() error {
	m.now = m.ago(50)
	plan, err := m.h.Policy.CrisisPlan(m.ctx)
	if err != nil {
		return err
	}
	named := map[string]policy.Duty{
		"lead":    {Person: "Dr. Ines Okafor", Phone: "555-0161", Deputy: "Dana Whitlock", Second: "555-0162"},
		"privacy": {Person: "Priya Raman", Phone: "555-0163", Deputy: "Dana Whitlock", Second: "555-0162"},
		"voice":   {Person: "Dana Whitlock", Phone: "555-0162", Deputy: "Dr. Tomas Lindqvist", Second: "555-0164"},
		"pages":   {Person: "Kelechi Adeyemi", Phone: "555-0165"},
		"counsel": {Person: "Harbor & Pine, attorneys", Phone: "555-0170"},
		"desk":    {Person: "Rosa Delgado", Phone: "555-0166", Deputy: "Samir Qureshi", Second: "555-0167"},
	}
	for _, duty := range plan.Duties {
		who, ok := named[duty.ID]
		if !ok {
			continue
		}
		duty.Person, duty.Phone, duty.Deputy, duty.Second = who.Person, who.Phone, who.Deputy, who.Second
		if _, err := m.h.Policy.SaveDuty(m.ctx, duty, m.actor("Priya Raman")); err != nil {
			return err
		}
	}
	return nil
}

// drill rehearses a slip: every step of the first hour, what was noted, what was learned.
func (m *maker) drill() error {
	m.now = m.ago(44)
	priya := m.actor("Priya Raman")
	story := policy.Stories()[0]
	d, err := m.h.Policy.SaveIncident(m.ctx, policy.Incident{Title: story.Title, Drill: story.Text, Place: "Google, in the rehearsal"}, priya)
	if err != nil {
		return err
	}
	who := []string{"Kelechi Adeyemi", "Kelechi Adeyemi", "Rosa Delgado", "Dana Whitlock", "Priya Raman", "Priya Raman", "Dana Whitlock"}
	for n, step := range policy.FirstHour().Steps {
		m.now = m.now.Add(time.Duration(3+4*n%11) * time.Minute)
		if _, err := m.h.Policy.TickStep(m.ctx, d.ID, step.ID, true, m.actor(who[n%len(who)])); err != nil {
			return err
		}
		if n != 1 {
			continue
		}
		note := policy.Entry{IncidentID: d.ID, Text: "The password of the page lay in a drawer that was locked. It took four minutes to find the key."}
		if _, err := m.h.Policy.AddEntry(m.ctx, note, m.actor("Kelechi Adeyemi")); err != nil {
			return err
		}
	}
	d, err = m.h.Policy.Incident(m.ctx, d.ID)
	if err != nil {
		return err
	}
	d.Lesson = "The password of each public page goes into the vault, and two people can reach it."
	if _, err := m.h.Policy.SaveIncident(m.ctx, d, priya); err != nil {
		return err
	}
	_, err = m.h.Policy.CloseIncident(m.ctx, d.ID, true, priya)
	return err
}

// scribble draws a signature that nobody writes.
func scribble() []byte {
	const width, height = 480, 120
	ink := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i := range ink.Pix {
		ink.Pix[i] = 0xff
	}
	for step := range 6000 {
		t := float64(step) / 6000
		x := 24 + 430*t + 26*math.Sin(31*t)
		y := 62 + (34-20*t)*math.Sin(19*t+0.6) + 9*math.Sin(53*t)
		for dy := range 3 {
			for dx := range 3 {
				ink.SetNRGBA(int(x)+dx, int(y)+dy, color.NRGBA{0x1d, 0x2f, 0x6f, 0xff})
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, ink); err != nil {
		panic(err) // a buffer takes everything
	}
	return out.Bytes()
}
