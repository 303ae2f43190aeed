package spotlights_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
)

// A health tip is looked after on its card: its page, and the clinician who stands behind its words.
func TestAHealthTipIsApprovedOnItsCard(t *testing.T) {
	r := newRoom(t)
	r.show()
	doctor := practice.Person{Name: "Dr. Lena Ferro", Role: practice.Clinician, Job: "dentist"}
	var err error
	doctor.ID, err = r.people.SavePerson(t.Context(), doctor, r.hr.Actor())
	r.must(err)
	v, err := r.store.Plan(t.Context(), advocacy.Spotlight{Kind: advocacy.KindEducation, Education: advocacy.Education{Tip: "mouthguard"}, Schedule: r.now.Add(48 * time.Hour)}, r.hr.Actor())
	r.must(err)
	r.screen.Shown()
	r.screen.Receive(v.ID)
	r.sees("What it stands on", "Mouthguards for sport", "Nobody has noted that they read the page", "Only a clinician of the practice approves")
	r.press("Source")
	r.answer("Save")
	r.sees("Read on 22 November 2026")
	r.be(doctor)
	r.screen.Shown()
	r.press("Approve as a clinician")
	r.sees("Approved by Dr. Lena Ferro on 22 November 2026, in exactly these words.")
	if got := r.spotlight(v.ID).Education; got.By != doctor.ID || got.Read != "2026-11-22" {
		t.Errorf("got %+v", got)
	}
	r.press("Take the approval back")
	r.sees("A clinician of the practice approves exactly these words")
	r.calm()
}

func TestACampaignHoldsPostsTogether(t *testing.T) {
	r := newRoom(t)
	v, err := r.store.Nominate(t.Context(), advocacy.Spotlight{PersonID: r.mara.ID, Occasion: "meet the team"}, r.hr.Actor())
	r.must(err)
	r.show()
	r.run("Show campaigns")
	r.sees("No campaign yet")
	r.press("New campaign")
	r.answer("Save")
	if r.host.LastDialog().Closed {
		t.Error("a campaign without a name was saved")
	}
	r.answer("Cancel")
	_, err = r.store.SaveCampaign(t.Context(), advocacy.Campaign{Name: "An assistant before spring", Goal: advocacy.GoalHiring, Wanted: 3, From: "2026-11-01", Until: "2027-02-28"}, r.hr.Actor())
	r.must(err)
	r.run("Show campaigns")
	r.sees("An assistant before spring", "Running", "0 of 3 applications that named a post.", "No post is in it yet.")
	r.press("Add posts")
	tick, _ := sought(r.host.LastDialog().Content, func(c *widget.Check) bool { return true })
	tick.SetChecked(true)
	r.answer("Done")
	if got := r.spotlight(v.ID).CampaignID; got != 1 {
		t.Errorf("got campaign %d, want 1", got)
	}
	r.sees("Meet the team: Mara Lindqvist")
	r.press("Remove")
	r.sees("No campaign yet")
	r.host.Undo()
	r.sees("An assistant before spring")
	r.run("Back from the campaigns")
	r.sees("1 under way, 0 published")
	r.calm()
}
