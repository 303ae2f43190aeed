package advocacy_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"goodword/advocacy"
	"goodword/policy/guard"
)

// wrote are the names under which people wrote about the practice.
type wrote []string

func (w wrote) Wrote(_ context.Context, names []string) ([]string, error) {
	if w == nil {
		return nil, errors.New("the reviews cannot be read")
	}
	return slices.DeleteFunc(slices.Clone(w), func(name string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
	}), nil
}

// The title and the words for those who cannot see the picture are public like the text, so the gate holds them too, at every door.
func TestTitleAndAltPassTheGate(t *testing.T) {
	for _, test := range []struct {
		name, title, alt string
		want             string
	}{
		{"clear", "Meet Mara Lindqvist", "Mara Lindqvist at her desk, smiling", ""},
		{"a patient in the alt, by name alone", "Meet Mara Lindqvist", "Mara beside John Smith after his root canal", "The words for the picture"},
		{"a patient in the alt", "Meet Mara Lindqvist", "Mara smiling beside patient John Smith in room 3", "The words for the picture"},
		{"the name of a file", "Meet Mara Lindqvist", "photo.jpg", "name of a file"},
		{"the name that a camera gives", "Meet Mara Lindqvist", "IMG_2041", "name of a file"},
		{"a reader in the title", "Meet Mara, who healed Ellen Marsh's mom", "Mara at her desk", "The title"},
		{"a reader in the alt", "Meet Mara", "Mara with Ellen Marsh", "wrote about the practice"},
		{"a colleague in the title", "Meet Mara and Otto Frane", "Mara at her desk", "No consent of Otto Frane"},
	} {
		d, ctx := newDesk(t), t.Context()
		d.KnowAuthors(wrote{"Ellen Marsh", "Bob R."})
		d.consent(t, advocacy.Consent{})
		v := d.drafted(t)
		d.must(t, d.SaveCard(ctx, v.ID, test.title, v.Reason, "", d.hr.Actor()))
		d.picture(t, v.ID, test.alt)
		err := d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor())
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: to review: got %v, want %q", test.name, err, test.want)
		}
		step, err := d.Step(ctx, v.ID, d.hr.Actor())
		d.must(t, err)
		blocked := slices.ContainsFunc(step.Beside(), func(b advocacy.Beside) bool { return b.Result.Verdict == guard.Block })
		if blocked != (test.want != "") {
			t.Errorf("%s: beside the text: %+v", test.name, step.Beside())
		}
	}
}

// A title that is changed after the approval is held at the copy and at the kit.
func TestATitleIsHeldAtTheCopy(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.KnowAuthors(wrote{"Ellen Marsh"})
	d.consent(t, advocacy.Consent{})
	v := d.scheduled(t)
	d.must(t, d.SaveCard(ctx, v.ID, "Meet Mara, praised by Ellen Marsh", v.Reason, "", d.hr.Actor()))
	if _, err := d.CopyVariant(ctx, v.ID, "facebook", d.hr.Actor()); !errors.Is(err, advocacy.ErrGate) {
		t.Errorf("copied: %v", err)
	}
	if _, err := d.MakeShareKit(ctx, v.ID, d.hr.Actor()); !errors.Is(err, advocacy.ErrGate) {
		t.Errorf("kit: %v", err)
	}
}

// Whom the program knows is not named without their consent: who wrote about the practice never, a colleague only with a paper of their own.
func TestKnownNamesAreHeld(t *testing.T) {
	for _, test := range []struct {
		text string
		want string
	}{
		{"A reader, Ellen Marsh, called Mara Lindqvist wonderful. Shared with Mara's permission.", "wrote about the practice"},
		{"ELLEN MARSH called Mara Lindqvist wonderful. Shared with Mara's permission.", "wrote about the practice"},
		{"Bob R. called Mara Lindqvist wonderful. Shared with Mara's permission.", "wrote about the practice"},
		{"The quiet mornings with Otto Frane are what Mara Lindqvist likes. Shared with Mara's permission.", "No consent of Otto Frane"},
		{"Mara Lindqvist works with Dr. Brandt. Shared with Mara's permission.", "No consent of Dr. Ada Brandt"},
		{"Mara Lindqvist likes quiet mornings. Shared with Mara's permission.", ""},
	} {
		d, ctx := newDesk(t), t.Context()
		d.KnowAuthors(wrote{"Ellen Marsh", "Bob R.", "Mara Lindqvist", "Sarah"})
		d.consent(t, advocacy.Consent{})
		v := d.drafted(t)
		_, result, err := d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "facebook", Text: test.text, Disclosure: true}, d.hr.Actor())
		d.must(t, err)
		if (result.Verdict == guard.Block) != (test.want != "") {
			t.Errorf("%q: %+v", test.text, result)
		}
		err = d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor())
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: got %v, want %q", test.text, err, test.want)
		}
	}
}

// Where nobody can say who wrote about the practice, no text passes.
func TestUnreadableAuthorsHoldTheText(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.KnowAuthors(wrote(nil))
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrGate, "could not be read")
}

// A colleague who is named beside the one it is about stands under a consent of their own: withdrawn, the post comes down.
func TestANamedColleagueWithdraws(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	other := d.consent(t, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{advocacy.UseName}})
	v := d.drafted(t)
	text := "Mara Lindqvist likes the quiet mornings with Otto Frane. Shared with Mara's and Otto's permission."
	_, _, err := d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "facebook", Text: text, Disclosure: true}, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(1e12), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	d.must(t, d.MarkPosted(ctx, v.ID, "facebook", "https://facebook.example/1", d.hr.Actor()))
	down, err := d.Withdraw(ctx, other.ID, d.hr.Actor())
	if err != nil || len(down) != 1 || down[0].Network != "facebook" {
		t.Errorf("got %+v, %v", down, err)
	}
}

// picture gives the spotlight a picture that is checked.
func (d *desk) picture(t *testing.T, id int64, alt string) {
	t.Helper()
	_, err := d.SavePicture(t.Context(), id, grey(t, 16), alt, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.CheckPicture(t.Context(), id, allChecks(), d.hr.Actor()))
}
