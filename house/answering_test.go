package house_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/reviews/respond/model"
)

// desk is an open practice with an owner, a manager, an author and a clinician.
type desk struct {
	*house.House
	owner, manager, author, clinician audit.Actor
}

func newDesk(t *testing.T) desk {
	t.Helper()
	h, err := house.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), clock.At(time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := h.Practices.Save(t.Context(), practice.Practice{Name: "Elm Street Dental", Phone: "555-0140", ContactName: "Dana Whitlock", TimeZone: "UTC"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	person := func(name string, role practice.Role) audit.Actor {
		id, err := h.Practices.SavePerson(t.Context(), practice.Person{Name: name, Role: role}, audit.Program)
		if err != nil {
			t.Fatal(err)
		}
		return audit.Actor{ID: id, Name: name}
	}
	return desk{h, person("Ola Berg", practice.Owner), person("Dana Whitlock", practice.Manager), person("Ivo Marsh", practice.Author), person("Rae Lindqvist", practice.Clinician)}
}

func (d desk) says(t *testing.T, text string, stars int) reviews.Mention {
	t.Helper()
	m, err := d.Collect.AddByHand(t.Context(), reviews.Found{Site: "google", Author: "Q. Larkin", Stars: stars, Text: text}, d.manager)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func (d desk) draft(t *testing.T, m reviews.Mention) respond.Draft {
	t.Helper()
	draft, err := d.Draft(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

func TestAnOwnCopyOfATemplate(t *testing.T) {
	d := newDesk(t)
	m := d.says(t, "Lovely people.", 5)
	shipped, _ := d.Respond.Template("praise-general")
	own := shipped.Copy()
	own.Wordings, own.Tones = []string{"All of us at {practice} say thank you for these kind words."}, nil
	const filled = "All of us at Elm Street Dental say thank you for these kind words."

	unsafe := own
	unsafe.Wordings = []string{"Thank you for your visit on Tuesday. We are glad your root canal went well."}
	if _, err := d.Reviews.SaveTemplate(t.Context(), unsafe, d.author); !errors.Is(err, respond.ErrTemplate) {
		t.Errorf("a template that discloses: got %v", err)
	}
	unsafe.Wordings = []string{"Thank you, {author}."}
	if _, err := d.Reviews.SaveTemplate(t.Context(), unsafe, d.author); err == nil {
		t.Error("a variable of the writer was taken")
	}
	if _, err := d.Reviews.SaveTemplate(t.Context(), own, d.clinician); !errors.Is(err, reviews.ErrRights) {
		t.Errorf("a clinician writes: got %v", err)
	}

	trusted := func() bool {
		reply, _, err := d.Reviews.SaveDraft(t.Context(), m.ID, filled, own.ID, d.author)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Reviews.SaveDraft(t.Context(), m.ID, "", "", d.author); err != nil {
			t.Fatal(err)
		}
		return reply.Template == own.ID
	}
	v, err := d.Reviews.SaveTemplate(t.Context(), own, d.manager)
	if err != nil || v.Version != 1 || v.State != reviews.TemplateDraft {
		t.Fatalf("got %+v, %v", v, err)
	}
	if trusted() {
		t.Error("a version that nobody approved skips approval")
	}
	for name, by := range map[string]audit.Actor{"the author of it": d.manager, "an author": d.author, "a clinician": d.clinician} {
		if err := d.Reviews.ApproveTemplate(t.Context(), own.ID, by); !errors.Is(err, reviews.ErrRights) {
			t.Errorf("%s approves: got %v", name, err)
		}
	}
	if err := d.Reviews.ApproveTemplate(t.Context(), own.ID, d.owner); err != nil {
		t.Fatal(err)
	}
	if !trusted() {
		t.Error("the approved copy does not count as a template")
	}
	if got := d.draft(t, m).Suggestions[0]; got.Text != filled || !got.Own {
		t.Errorf("the draft is %+v, want the practice's own words", got)
	}

	own.Wordings = []string{"Thank you from everyone at {practice}."}
	if _, err := d.Reviews.SaveTemplate(t.Context(), own, d.owner); err != nil {
		t.Fatal(err)
	}
	if !trusted() {
		t.Error("a later draft takes the approved version out of use")
	}
	if err := d.Reviews.RestoreTemplate(t.Context(), own.ID, d.manager); err != nil {
		t.Fatal(err)
	}
	if trusted() || d.draft(t, m).Suggestions[0].Own {
		t.Error("after the shipped text was restored the own words still count")
	}
	if err := d.Reviews.ApproveTemplate(t.Context(), own.ID, d.manager); err == nil {
		t.Error("a draft from before the restoring was approved")
	}
	if err := d.Reviews.SwitchTemplate(t.Context(), own.ID, true, d.manager); err != nil {
		t.Fatal(err)
	}
	for _, s := range d.draft(t, m).Suggestions {
		if s.TemplateID == own.ID {
			t.Error("a template that is switched off is offered")
		}
	}
	versions, err := d.Reviews.TemplateHistory(t.Context(), own.ID)
	if err != nil || len(versions) != 3 || versions[2].State != reviews.TemplateApproved || versions[2].Approver != d.owner.ID {
		t.Errorf("the history is %+v, %v", versions, err)
	}
	lines, err := audit.List(t.Context(), d.DB.Reader(), "template/"+own.ID, 20)
	if err != nil || len(lines) != 5 {
		t.Errorf("got %d lines of the audit log, want 5: %+v, %v", len(lines), lines, err)
	}
}

func TestOneWhoWorksAloneApprovesTheirOwn(t *testing.T) {
	d := newDesk(t)
	if _, err := d.Practices.SavePerson(t.Context(), practice.Person{ID: d.owner.ID, Name: d.owner.Name, Role: practice.Owner, LeftOn: "2026-01-01"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	shipped, _ := d.Respond.Template("stars-high")
	if _, err := d.Reviews.SaveTemplate(t.Context(), shipped.Copy(), d.manager); err != nil {
		t.Fatal(err)
	}
	if err := d.Reviews.ApproveTemplate(t.Context(), "stars-high", d.manager); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestAStatementAboutHealthNeedsAClinician(t *testing.T) {
	d := newDesk(t)
	m := d.says(t, "Fluoride in tap water is poison, wake up.", 0)
	offer := d.draft(t, m)
	if offer.Claim == nil || offer.Claim.Approved {
		t.Fatalf("got %+v", offer.Claim)
	}
	id := offer.Claim.Myth.ID
	for _, by := range []audit.Actor{d.owner, d.manager, d.author, audit.Program} {
		if err := d.Policy.ApproveMyth(t.Context(), id, by); err == nil {
			t.Errorf("%s approved a statement about health", by.Name)
		}
	}
	if err := d.Policy.ApproveMyth(t.Context(), id, d.clinician); err != nil {
		t.Fatal(err)
	}
	chosen := d.draft(t, m).Suggestions[0]
	if chosen.TemplateID != "myth/"+id {
		t.Fatalf("got %+v", chosen)
	}
	reply, result, err := d.Reviews.SaveDraft(t.Context(), m.ID, chosen.Text, chosen.TemplateID, d.author)
	if err != nil || result.Verdict != guard.Clear || reply.Template != chosen.TemplateID {
		t.Errorf("got %s, %q, %v: %+v", result.Verdict, reply.Template, err, result.Findings)
	}
	if err := d.Policy.WithdrawMyth(t.Context(), id, d.manager); err != nil {
		t.Fatal(err)
	}
	if approved, err := d.Policy.Approved(t.Context()); err != nil || len(approved) != 0 {
		t.Errorf("got %v, %v", approved, err)
	}
	if draft, err := d.Reviews.GateDraft(t.Context(), m.ID, chosen.Text); err != nil || d.Gate.Check(draft).Verdict == guard.Clear {
		t.Errorf("the words still pass: %v", err)
	}
}

func TestApprovalsOfStatementsEnd(t *testing.T) {
	d := newDesk(t)
	id := policy.Myths()[0].ID
	if err := d.Policy.ApproveMyth(t.Context(), id, d.clinician); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Practices.SavePerson(t.Context(), practice.Person{ID: d.clinician.ID, Name: d.clinician.Name, Role: practice.Clinician, LeftOn: "2026-11-01"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	if approved, err := d.Policy.Approved(t.Context()); err != nil || len(approved) != 0 {
		t.Errorf("the clinician left: got %v, %v", approved, err)
	}
}

func TestTheToneOfThePracticeIsKept(t *testing.T) {
	d := newDesk(t)
	m := d.says(t, "Lovely people.", 5)
	if err := d.Practices.SetSetting(t.Context(), respond.SettingTone, string(respond.Formal), d.owner); err != nil {
		t.Fatal(err)
	}
	shipped, _ := d.Respond.Template("praise-general")
	formal := respond.Filled(respond.Template{Language: "en", Wordings: shipped.Tones[respond.Formal]}, respond.Ground{Practice: practice.Practice{Name: "Elm Street Dental"}})
	if got := d.draft(t, m).Suggestions[0].Text; !slices.Contains(formal, got) {
		t.Errorf("got %q, want one of %q", got, formal)
	}
}

func TestTheModelIsOffAndStaysOnThisComputer(t *testing.T) {
	d := newDesk(t)
	if on, err := d.ModelOn(t.Context()); on || err != nil {
		t.Errorf("got %v, %v", on, err)
	}
	if err := d.SaveModelSettings(t.Context(), model.Settings{On: true, Address: "http://models.example.com", Name: "m"}, d.owner); !errors.Is(err, model.ErrAddress) {
		t.Errorf("got %v", err)
	}
	m := d.says(t, "Lovely people.", 5)
	if _, _, err := d.AskModel(t.Context(), m); err == nil {
		t.Error("a model that is off was asked")
	}
}

func TestWhatTheModelIsToldAndWhatItsWordsAre(t *testing.T) {
	d := newDesk(t)
	var asked string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = string(body)
		_, _ = io.WriteString(w, `{"choices":[{"message":{"role":"assistant","content":"{\"reply\":\"Your root canal on Tuesday went fine.\"}"}}]}`)
	}))
	t.Cleanup(server.Close)
	if err := d.SaveModelSettings(t.Context(), model.Settings{On: true, Address: server.URL, Name: "tiny"}, d.owner); err != nil {
		t.Fatal(err)
	}
	m := d.says(t, "Dr. Lindqvist botched my root canal and was rude. Larkin.", 1)
	text, name, err := d.AskModel(t.Context(), m)
	if err != nil || name != "tiny" {
		t.Fatal(name, err)
	}
	for _, private := range []string{"Lindqvist", "Larkin", "root canal"} {
		if strings.Contains(asked, private) {
			t.Errorf("the model was told %q: %s", private, asked)
		}
	}
	if !strings.Contains(asked, "was rude") {
		t.Errorf("the model was not told what it is about: %s", asked)
	}
	reply, result, err := d.Reviews.SaveDraft(t.Context(), m.ID, text, reviews.ByModel+name, d.manager)
	if err != nil || result.Verdict != guard.Block || reply.Template != "" {
		t.Errorf("got %s, template %q, %v; want the gate's block and no trust", result.Verdict, reply.Template, err)
	}
	drafts, err := d.Reviews.Drafts(t.Context(), m.ID)
	if err != nil || len(drafts) != 1 || !drafts[0].ByModel() {
		t.Errorf("the record does not say that a model wrote it: %+v, %v", drafts, err)
	}
	entries, err := d.Fetch.Ledger(t.Context(), 10)
	if err != nil || len(entries) != 1 || entries[0].Why != "language model" {
		t.Errorf("the ledger has %+v, %v", entries, err)
	}
}

func TestAStatementOfThePracticeItself(t *testing.T) {
	d := newDesk(t)
	own := policy.Myth{Topic: "oil pulling", Myth: "Oil pulling replaces brushing", Correct: "Brushing twice a day with fluoride toothpaste removes plaque. Rinsing with oil does not replace it.",
		Basis: policy.Basis{Source: "NIDCR", URL: "https://www.nidcr.nih.gov/health-info/oral-hygiene"}}
	saved, err := d.Policy.SaveMyth(t.Context(), own, d.clinician)
	if err != nil || !saved.Own() || saved.Checked == "" {
		t.Fatalf("got %+v, %v", saved, err)
	}
	m := d.says(t, "They told me oil pulling does not help. Oil pulling replaces brushing, everybody knows.", 2)
	if err := d.Policy.ApproveMyth(t.Context(), saved.ID, d.clinician); err != nil {
		t.Fatal(err)
	}
	draft, err := d.Draft(t.Context(), m)
	if err != nil || draft.Claim == nil || draft.Claim.Myth.ID != saved.ID || !draft.Claim.Approved {
		t.Errorf("the claim was not found: %+v, %v", draft.Claim, err)
	}
	if uses, err := d.MythUses(t.Context(), saved); err != nil || len(uses) != 0 {
		t.Errorf("used before it was said: %+v, %v", uses, err)
	}
	if _, _, err := d.Reviews.SaveDraft(t.Context(), m.ID, draft.Suggestions[0].Text, respond.MythTemplateID(saved), d.author); err != nil {
		t.Fatal(err)
	}
	post, err := d.Advocacy.Plan(t.Context(), advocacy.Spotlight{Kind: advocacy.KindEducation, Title: "Oil and teeth"}, d.manager)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Advocacy.SaveVariant(t.Context(), post.ID, advocacy.Variant{Network: "facebook", Text: "Brushing twice a day with fluoride toothpaste removes plaque. Oil does not."}, d.manager); err != nil {
		t.Fatal(err)
	}
	uses, err := d.MythUses(t.Context(), saved)
	if err != nil || len(uses) != 2 || uses[0].Kind != policy.UsedInReply || uses[0].ID != m.ID || uses[1].Kind != policy.UsedInPost || uses[1].Title != "Oil and teeth" {
		t.Errorf("got %+v, %v", uses, err)
	}
	saved.Correct = "Rinsing with oil does not replace brushing with fluoride toothpaste twice a day."
	if _, err := d.Policy.SaveMyth(t.Context(), saved, d.clinician); err != nil {
		t.Fatal(err)
	}
	if approved, err := d.Policy.Approved(t.Context()); err != nil || len(approved) != 0 {
		t.Errorf("other words kept the approval: %v, %v", approved, err)
	}
	if err := d.Policy.EndMyth(t.Context(), saved.ID, d.clinician); err != nil {
		t.Fatal(err)
	}
	if err := d.Policy.ApproveMyth(t.Context(), saved.ID, d.clinician); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("what is out of use was approved: %v", err)
	}
	if err := d.Policy.RestoreMyth(t.Context(), saved.ID, audit.Actor{}); !errors.Is(err, policy.ErrRights) {
		t.Errorf("nobody brought a statement back: %v", err)
	}
	if err := d.Policy.RestoreMyth(t.Context(), saved.ID, d.manager); err != nil {
		t.Error(err)
	}
	if all, err := d.Policy.AllMyths(t.Context()); err != nil || !all[len(all)-1].Own() {
		t.Errorf("it is not back: %v", err)
	}
	for name, bad := range map[string]policy.Myth{"no source": {Topic: "a", Myth: "b", Correct: "c"}, "no page": {Topic: "a", Myth: "b", Correct: "c", Basis: policy.Basis{Source: "s", URL: "http://x"}},
		"one source of two": {Topic: "a", Myth: "b", Correct: "c", Contested: true, Basis: policy.Basis{Source: "s", URL: "https://x.org"}}} {
		if _, err := d.Policy.SaveMyth(t.Context(), bad, d.clinician); !errors.Is(err, policy.ErrStep) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
