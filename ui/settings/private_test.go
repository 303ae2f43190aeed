package settings_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
	"github.com/zalando/go-keyring"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/vault"
	"goodword/policy"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// texts is all that a dialog says and asks.
func texts(o fyne.CanvasObject) (labels []string, entries []*kit.Entry) {
	for _, o := range kittest.Objects(o) {
		switch o := o.(type) {
		case *kit.Label:
			labels = append(labels, o.Text())
		case *kit.Entry:
			entries = append(entries, o)
		}
	}
	return labels, entries
}

var numbered = regexp.MustCompile(`^ ?(\d+)  ([a-z]+)$`)

func TestPrivateNotesAreSetUpByWritingThePhraseDown(t *testing.T) {
	d := open(t)
	d.Receive("private notes")
	d.picture("private-none")
	d.press("Set up private notes")
	shown := d.host.LastDialog()
	words := map[int]string{}
	labels, _ := texts(shown.Content)
	for _, l := range labels {
		if m := numbered.FindStringSubmatch(l); m != nil {
			n, _ := strconv.Atoi(m[1])
			words[n] = m[2]
		}
	}
	if len(words) != 24 {
		t.Fatalf("%d words are shown: %q", len(words), labels)
	}
	shown.Press("I have written it down")
	check := d.host.LastDialog()
	labels, entries := texts(check.Content)
	if len(entries) != 3 {
		t.Fatalf("%d fields: %q", len(entries), labels)
	}
	check.Press("Set up")
	if s, err := d.vault.Status(ctx); err != nil || s.State != vault.None || check.Closed {
		t.Fatalf("set up without the check of the words: %+v, %v", s, err)
	}
	i := 0
	for _, l := range labels {
		if place, ok := strings.CutPrefix(l, "Word "); ok {
			n, err := strconv.Atoi(place)
			must(t, err)
			entries[i].SetText(words[n])
			i++
		}
	}
	check.Press("Set up")
	if s, err := d.vault.Status(ctx); err != nil || s.State != vault.Opened || len(d.host.Failures) != 0 {
		t.Fatalf("after the check: %+v, %v, %v", s, err, d.host.Failures)
	}
	d.press("Lock them")
	d.picture("private-locked")
	d.press("Open with the recovery phrase")
	again := d.host.LastDialog()
	_, entries = texts(again.Content)
	entries[0].SetText("one two three")
	again.Press("Open")
	if again.Closed || d.vault.Open() {
		t.Error("a wrong phrase opened the notes")
	}
	var phrase []string
	for n := range 24 {
		phrase = append(phrase, words[n+1])
	}
	entries[0].SetText(strings.Join(phrase, " "))
	again.Press("Open")
	if !d.vault.Open() {
		t.Error("the phrase does not open the notes")
	}
	d.picture("private-open")
}

// RecoveryPhrase and ChangePassphrase are what the house does, without its question who is the owner.
func (d *desk) RecoveryPhrase(ctx context.Context, secret string, by audit.Actor) ([]string, error) {
	return d.vault.PhraseAgain(ctx, secret, by)
}

func (d *desk) ChangePassphrase(ctx context.Context, old, passphrase string, by audit.Actor) error {
	return d.vault.ChangePassphrase(ctx, old, passphrase, by)
}

func TestTheOwnerSeesThePhraseAgainAndChangesThePassphrase(t *testing.T) {
	d := open(t)
	keyring.MockInitWithError(errors.New("no Secret Service"))
	begin, err := d.vault.Begin(ctx)
	must(t, err)
	must(t, begin.Finish(ctx, "seven grey herons wait", audit.Program))
	d.Receive("private notes")
	d.picture("private-owner")
	d.press("Show the recovery phrase again")
	asked := d.host.LastDialog()
	_, entries := texts(asked.Content)
	entries[0].SetText("not this one")
	asked.Press("Show it")
	if asked.Closed {
		t.Fatal("a wrong passphrase showed the phrase")
	}
	entries[0].SetText("seven grey herons wait")
	asked.Press("Show it")
	if labels, _ := texts(d.host.LastDialog().Content); !asked.Closed || !slices.Contains(labels, " 1  "+begin.Phrase()[0]) {
		t.Errorf("the phrase is not shown: %q", labels)
	}
	d.press("Change the passphrase")
	change := d.host.LastDialog()
	_, entries = texts(change.Content)
	for _, try := range [][3]string{{"seven grey herons wait", "nine quiet otters swim", "nine quiet otters"}, {"seven grey herons wait", "short", "short"}, {"wrong wrong wrong", "nine quiet otters swim", "nine quiet otters swim"}} {
		for i, text := range try {
			entries[i].SetText(text)
		}
		change.Press("Change it")
		if change.Closed {
			t.Fatalf("changed by %q", try)
		}
	}
	entries[0].SetText("seven grey herons wait")
	change.Press("Change it")
	d.vault.Lock()
	if err := d.vault.Enter(ctx, "nine quiet otters swim"); err != nil || !change.Closed {
		t.Errorf("the new passphrase: %v", err)
	}
}

func TestWithoutAKeychainAPassphraseIsAsked(t *testing.T) {
	d := open(t)
	keyring.MockInitWithError(errors.New("no Secret Service"))
	d.Receive("private notes")
	d.press("Set up private notes")
	d.host.LastDialog().Press("I have written it down")
	if _, entries := texts(d.host.LastDialog().Content); len(entries) != 5 {
		t.Errorf("%d fields, want three words and the passphrase twice", len(entries))
	}
}

func TestHowRepliesLeave(t *testing.T) {
	d := open(t)
	d.Receive("outbox")
	d.picture("outbox")
	entry(d, d.window.Content(), "10").SetText("61")
	d.press("Save")
	if l, err := d.reviews.Leaving(ctx); err != nil || l != reviews.UsualLeaving {
		t.Errorf("61 minutes were taken: %+v, %v", l, err)
	}
	entry(d, d.window.Content(), "10").SetText("25")
	d.press("Save")
	if l, err := d.reviews.Leaving(ctx); err != nil || l.Minutes != 25 || l.Rest != reviews.RestNegative || l.Second || len(d.host.Failures) != 0 {
		t.Errorf("got %+v, %v, %v", l, err, d.host.Failures)
	}
}

// Where the policy in force wants a second person, the switch says so: it alone changes nothing then.
func TestThePolicyInForceDecidesOnASecondPerson(t *testing.T) {
	d := open(t)
	policies := policy.NewStore(d.db, func() time.Time { return d.at }, d.store)
	by := audit.Actor{ID: 1, Name: "Dana Whitlock"}
	put := func(reader string) policy.Version {
		t.Helper()
		v, _, err := policies.BuildDraft(ctx, policy.Situation{"reader": {reader}}, by)
		must(t, err)
		_, err = policies.PutInForce(ctx, v.ID, d.at.Format("2006-01-02"), by)
		must(t, err)
		return v
	}
	v := put("second")
	d.Receive("outbox")
	d.sees("“" + v.Name() + "”, version 1, in force since 22 Nov 2026")
	d.picture("outbox-policy")
	d.press("Open the policy")
	if got := d.host.Went; len(got) != 1 || got[0].Screen != "policy" || got[0].Arg != fmt.Sprint("document/", v.ID) {
		t.Errorf("the button opens %v", got)
	}
	d.at = d.at.AddDate(0, 0, 40)
	put("alone")
	d.Shown()
	for _, o := range kittest.Objects(d.window.Content()) {
		if b, ok := o.(*kit.Banner); ok && strings.Contains(b.AccessibilityLabel(), "The policy decides") {
			t.Errorf("the policy leaves it to the practice, and the switch says %q", b.AccessibilityLabel())
		}
	}
}

// Who may not change how replies leave finds the button out of use, with the reason.
func TestWhoMayNotChangeHowRepliesLeaveIsToldSo(t *testing.T) {
	d := open(t)
	id, err := d.store.SavePerson(ctx, practice.Person{Name: "Ida Berg", Role: practice.Staff}, audit.Program)
	must(t, err)
	save := func() *widget.Button {
		return find(d, d.window.Content(), func(b *widget.Button) bool { return b.Text == "Save" })
	}
	d.Receive("outbox")
	if save().Disabled() {
		t.Error("a manager may not save")
	}
	d.host.PersonID, d.host.Person = id, "Ida Berg"
	d.Shown()
	if !save().Disabled() {
		t.Error("an assistant may press Save")
	}
	d.sees("An owner, manager or compliance officer changes how replies leave.")
}
