package sample

import (
	"fmt"
	"time"

	"goodword/internal/practice"
	"goodword/policy"
)

// policy answers half of the checklist, puts a policy in force and lets most of the staff sign and learn.
func (m *maker) policy() error {
	for _, step := range []func() error{m.checklist, m.document, m.training, m.registers, m.ownItem, m.crisis, m.drill} {
		if err := step(); err != nil {
			return err
		}
	}
	m.now = m.end
	return nil
}

// proofs are what a practice notes as evidence, by answer.
var proofs = map[policy.Answer][]string{
	policy.Yes:           {"Letter in the compliance folder", "Page 4 of the policy", "Minutes of the staff meeting", "Screenshot of the setting, in the folder"},
	policy.Partly:        {"Draft is with Priya", "Done at Main Street, not yet at Northgate"},
	policy.No:            {"On the list for next quarter"},
	policy.NotApplicable: {"We do not do this"},
}

func (m *maker) checklist() error {
	groups, err := m.h.Policy.Checklist(m.ctx)
	if err != nil {
		return err
	}
	owners := []string{"Priya Raman", "Dana Whitlock", "Marcus Bell"}
	number := 0
	for _, g := range groups {
		for _, item := range g.Items {
			number++
			answer := []policy.Answer{policy.Yes, policy.Yes, policy.Partly, "", policy.Yes, "", policy.No, policy.Yes, "", policy.NotApplicable, policy.Yes, ""}[number%12]
			if answer == "" {
				continue
			}
			m.now = m.ago(float64(260 - 3*number))
			owner := owners[number%len(owners)]
			note := proofs[answer][number%len(proofs[answer])]
			due := ""
			if answer == policy.Partly || answer == policy.No {
				due = m.end.AddDate(0, 0, 9*(number%7)-12).Format(practice.Day)
			}
			if err := m.h.Policy.Answer(m.ctx, item.ID, policy.Answered{Answer: answer, Note: note, OwnerID: m.people[owner].ID, Due: due}, m.actor("Priya Raman")); err != nil {
				return fmt.Errorf("answer %s: %w", item.ID, err)
			}
		}
	}
	return nil
}

func (m *maker) document() error {
	priya := m.actor("Priya Raman")
	text, err := m.h.Policy.SuggestedText(m.ctx)
	if err != nil {
		return err
	}
	var newest policy.Version
	for _, v := range []struct {
		days    float64
		summary string
		signers int
	}{{400, "First version", 12}, {70, "Adds rules for chat assistants and for pictures", 9}} {
		m.now = m.ago(v.days)
		draft, err := m.h.Policy.DraftVersion(m.ctx, fmt.Sprintf("%s\n\nReviewed by the compliance officer on %s.\n", text, m.now.Format("2 January 2006")), v.summary, true, priya)
		if err != nil {
			return err
		}
		put, err := m.h.Policy.PutInForce(m.ctx, draft.ID, m.now.Format(practice.Day), priya)
		if err != nil {
			return err
		}
		if err := m.sign(draft.ID, v.signers); err != nil {
			return err
		}
		newest = put
	}
	return m.refuseAndSign(newest)
}

// sign lets the first people of the staff list who were there sign, a day apart.
func (m *maker) sign(version int64, signers int) error {
	people, err := m.h.Practices.People(m.ctx)
	if err != nil {
		return err
	}
	for _, p := range people {
		if signers == 0 {
			return nil
		}
		if p.HiredOn > m.now.Format(practice.Day) {
			continue
		}
		signers--
		m.now = m.now.Add(27 * time.Hour)
		if _, err := m.h.Policy.Sign(m.ctx, p.ID, version, policy.OnScreen, p.Actor()); err != nil {
			return err
		}
	}
	return nil
}

// training lets most people pass the first lesson, some fail one, and some not begin.
func (m *maker) training() error {
	modules := policy.Modules()
	number := 0
	for _, name := range []string{"Dana Whitlock", "Priya Raman", "Rosa Delgado", "Kelechi Adeyemi", "Linh Tran", "Gwen Parry", "Marcus Bell", "Samir Qureshi"} {
		for _, module := range modules[:3] {
			number++
			if number%5 == 4 {
				continue
			}
			m.now = m.ago(float64(64 - 2*number))
			attempt, err := m.h.Policy.Start(m.ctx, m.people[name].ID, module.ID)
			if err != nil {
				return err
			}
			answers := policy.RightAnswers(module.Quiz(attempt.Seed))
			if number%7 == 3 {
				answers = nil
			}
			if _, err := m.h.Policy.Grade(m.ctx, m.people[name].ID, module.ID, answers, m.actor(name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *maker) registers() error {
	priya := m.actor("Priya Raman")
	m.now = m.ago(120)
	for _, v := range []policy.Vendor{
		{Name: "Chairside Cloud", Service: "practice software", Sees: "charts and schedules", Patients: true, Agreement: policy.AgreementSigned,
			SignedOn: m.ago(500).Format(practice.Day), ExpiresOn: m.end.AddDate(0, 2, 0).Format(practice.Day), Contact: "555-0150"},
		{Name: "Pinewood Web", Service: "website and booking button", Sees: "names and phone numbers of people who book", Patients: true, Agreement: policy.AgreementAsked, Contact: "studio@pinewood.example"},
		{Name: "Ferry Lane Photo", Service: "staff portraits", Sees: "staff only", Agreement: policy.AgreementNotNeeded},
		{Name: "Chat assistant in the browser", Service: "wording help", Sees: "whatever is pasted", Assistant: true, Agreement: policy.NoAgreement, Note: "Nothing about patients may be pasted"},
	} {
		if _, err := m.h.Policy.SaveVendor(m.ctx, v, priya); err != nil {
			return err
		}
	}
	return nil
}
