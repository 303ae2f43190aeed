package house_test

import (
	"archive/zip"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/manifest"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/proof"
)

// tamper does what nobody should: it changes the database behind the program's back.
func tamper(t *testing.T, h *house.House, statement string) {
	t.Helper()
	err := h.DB.Write(t.Context(), func(tx *sql.Tx) error {
		result, err := tx.Exec(statement)
		if err != nil {
			return err
		}
		if n, _ := result.RowsAffected(); n == 0 {
			t.Fatalf("%s changed nothing", statement)
		}
		return nil
	})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const (
	thanks = "Thank you for the kind words. They mean a lot to the whole team."
	first  = "Thank you so much. We will pass this on to the team."
)

// worked is a practice with a mention that was changed on the site and answered, and its number.
func worked(t *testing.T, path string) (*house.House, int64) {
	t.Helper()
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(t.Context(), path, func() time.Time { return now })
	must(t, err)
	t.Cleanup(func() { _ = h.Close() })
	ctx := t.Context()
	must(t, h.Practices.Save(ctx, practice.Practice{Name: "Alder Street", Phone: "512-555-0140", TimeZone: "UTC"}, audit.Program))
	dana, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Dana Whitlock", Role: practice.Manager}, audit.Program)
	must(t, err)
	ivo, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Ivo Marsh", Role: practice.Author}, audit.Program)
	must(t, err)
	manager, author := audit.Actor{ID: dana, Name: "Dana Whitlock"}, audit.Actor{ID: ivo, Name: "Ivo Marsh"}
	source, err := h.Reviews.AddSource(ctx, reviews.Source{Name: "Google", Address: "https://google.example/feed", Site: "google", All: true}, manager)
	must(t, err)
	said := reviews.Found{Key: "1", URL: "https://google.example/r/1", Author: "Maria Gonzalez", Stars: 4, Posted: now.Add(-time.Hour), Text: "Friendly people, easy to park."}
	visit := func() {
		_, err := h.Reviews.RecordVisit(ctx, reviews.Visit{SourceID: source.ID, At: now, Status: 200}, []reviews.Found{said})
		must(t, err)
	}
	visit()
	ids, err := h.Reviews.IDs(ctx, reviews.Query{})
	must(t, err)
	id := ids[0]
	now = now.Add(time.Hour)
	said.Stars, said.Text = 5, "Friendly people, easy to park. Maria here again: my root canal was painless."
	visit()
	must(t, h.Reviews.MarkRead(ctx, id, manager))
	for _, text := range []string{first, thanks} {
		_, _, err := h.Reviews.SaveDraft(ctx, id, text, "", author)
		must(t, err)
		now = now.Add(20 * time.Minute)
	}
	must(t, h.Reviews.AskApproval(ctx, id, author))
	must(t, h.Reviews.Approve(ctx, id, manager))
	_, err = h.Reviews.Copy(ctx, id, manager)
	must(t, err)
	must(t, h.Reviews.MarkPosted(ctx, id, manager))
	now = now.Add(time.Hour)
	said.Reply = thanks
	visit()
	return h, id
}

func TestVerifyVouchesForEveryText(t *testing.T) {
	h, id := worked(t, filepath.Join(t.TempDir(), "a.db"))
	p, err := h.Verify(t.Context())
	if want := (reviews.Proved{Mentions: 1, Revisions: 1, Drafts: 2, Replies: 1}); err != nil || p.Texts != want {
		t.Errorf("got %+v, %v; want %+v", p.Texts, err, want)
	}
	r, err := h.Reviews.ReplyTo(t.Context(), id)
	if err != nil || r.State != reviews.OnSite || r.Text != thanks {
		t.Errorf("got %s %q, %v", r.State, r.Text, err)
	}
}

func TestVerifyFindsEveryTampering(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		kind      error
		words     string
	}{
		"a line of the audit log":   {`UPDATE audit SET person = 'Somebody else' WHERE id = 5`, audit.ErrBroken, "Line 5"},
		"a revision":                {`UPDATE revisions SET text = 'Lovely people.'`, reviews.ErrAltered, "Revision 1 of mention 1"},
		"the stars of a revision":   {`UPDATE revisions SET stars = 1`, reviews.ErrAltered, "Revision 1 of mention 1"},
		"a revision taken away":     {`DELETE FROM revisions`, reviews.ErrAltered, "A revision of mention 1"},
		"a revision slipped in":     {`INSERT INTO revisions (mention_id, at, title, text, stars) VALUES (1, 0, '', 'x', 1)`, reviews.ErrAltered, "Revision 2"},
		"an early draft":            {`UPDATE reply_drafts SET text = 'Thank you.' WHERE id = 1`, reviews.ErrAltered, "Draft 1"},
		"the draft that was asked":  {`UPDATE reply_drafts SET text = 'Thank you.' WHERE id = 2`, reviews.ErrAltered, "Draft 2"},
		"a draft taken away":        {`DELETE FROM reply_drafts WHERE id = 2`, reviews.ErrAltered, "shown to somebody"},
		"the reply":                 {`UPDATE replies SET text = 'Thank you.'`, reviews.ErrAltered, "The reply to mention 1"},
		"the state of the reply":    {`UPDATE replies SET state = 'approved'`, reviews.ErrAltered, "The reply to mention 1"},
		"what the mention says":     {`UPDATE mentions SET text = 'Nice.'`, reviews.ErrAltered, "The words of mention 1"},
		"the rating of the mention": {`UPDATE mentions SET stars = 1`, reviews.ErrAltered, "The words of mention 1"},
		"every draft":               {`UPDATE reply_drafts SET text = 'Thank you.'`, reviews.ErrAltered, "Draft 2"},
	} {
		t.Run(name, func(t *testing.T) {
			h, _ := worked(t, filepath.Join(t.TempDir(), "a.db"))
			tamper(t, h, c.statement)
			if _, err := h.Verify(t.Context()); !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v; want one of kind %q with %q", err, c.kind, c.words)
			}
		})
	}
}

// folder exports the mention of a practice that was worked on.
func folder(t *testing.T, name string, c proof.Choice) (*house.House, string) {
	t.Helper()
	home := t.TempDir()
	h, id := worked(t, filepath.Join(home, "a.db"))
	path := filepath.Join(home, name)
	m, err := h.Folders.Export(t.Context(), id, path, c, audit.Actor{ID: 1, Name: "Dana Whitlock"}, nil)
	must(t, err)
	if len(m.Files) < 8 || m.Hash == "" {
		t.Fatalf("got %d files", len(m.Files))
	}
	return h, path
}

func TestAFolderIsProved(t *testing.T) {
	for _, name := range []string{"incident", "incident.zip"} {
		h, path := folder(t, name, proof.Choice{})
		r, err := h.Folders.Verify(t.Context(), path)
		if err != nil || !r.Holds() || r.Files < 8 || r.Lines < 8 || r.Noted.IsZero() || !r.Masked {
			t.Errorf("%s: got %+v, %v", name, r, err)
		}
		if r, err := proof.VerifyFiles(t.Context(), path); err != nil || r.Asked {
			t.Errorf("%s without the audit log: got %+v, %v", name, r, err)
		}
		if _, err := h.Verify(t.Context()); err != nil {
			t.Errorf("the practice after the export: %v", err)
		}
	}
}

func TestEveryTamperingWithAFolderIsFound(t *testing.T) {
	write := func(name, text string) func(*testing.T, *house.House, string) {
		return func(t *testing.T, _ *house.House, path string) {
			must(t, os.WriteFile(filepath.Join(path, filepath.FromSlash(name)), []byte(text), 0o600))
		}
	}
	replace := func(name, before, after string) func(*testing.T, *house.House, string) {
		return func(t *testing.T, _ *house.House, path string) {
			at := filepath.Join(path, filepath.FromSlash(name))
			text, err := os.ReadFile(at)
			must(t, err)
			if !strings.Contains(string(text), before) {
				t.Fatalf("%s has no %q:\n%s", name, before, text)
			}
			must(t, os.WriteFile(at, []byte(strings.Replace(string(text), before, after, 1)), 0o600))
		}
	}
	for name, c := range map[string]struct {
		do    func(t *testing.T, h *house.House, path string)
		words string
	}{
		"a wording":           {replace("revisions/01-until-2026-03-02.txt", "park", "bark"), "Altered: revisions/01-until-2026-03-02.txt"},
		"the paper":           {write("story.pdf", "%PDF"), "Altered: story.pdf"},
		"the story":           {replace("story.json", "Dana Whitlock", "Dana Whitlick"), "Altered: story.json"},
		"a line of the table": {replace("audit.csv", "approved the reply", "disowned the reply"), "Line "},
		"an extra file":       {write("drafts/99.txt", "We never said this."), "Added: drafts/99.txt"},
		"a missing file": {func(t *testing.T, _ *house.House, path string) { must(t, os.Remove(filepath.Join(path, "masked.txt"))) },
			"Missing: masked.txt"},
		"the manifest":            {replace("manifest.json", `"by": "Dana Whitlock"`, `"by": "Ivo Marsh"`), "does not know this manifest"},
		"the manifest, to a name": {replace("manifest.json", `"name": "audit.csv"`, `"name": "../audit.csv"`), "no file of a folder"},
		"no manifest at all": {func(t *testing.T, _ *house.House, path string) {
			must(t, os.Remove(filepath.Join(path, "manifest.json")))
		},
			"no manifest.json"},
		"the practice's own log": {func(t *testing.T, h *house.House, _ string) {
			tamper(t, h, `UPDATE audit SET did = 'disowned the reply' WHERE did = 'approved the reply'`)
		}, "is not in the audit log"},
	} {
		t.Run(name, func(t *testing.T) {
			h, path := folder(t, "incident", proof.Choice{})
			c.do(t, h, path)
			if _, err := h.Folders.Verify(t.Context(), path); err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v; want %q", err, c.words)
			}
		})
	}
}

func TestAFileAndTheManifestTogether(t *testing.T) {
	h, path := folder(t, "incident", proof.Choice{})
	_, other := folder(t, "incident", proof.Choice{Unmasked: true})
	for _, name := range []string{"manifest.json", "story.json", "story.pdf"} { // a whole other folder in its place
		text, err := os.ReadFile(filepath.Join(other, name))
		must(t, err)
		must(t, os.WriteFile(filepath.Join(path, name), text, 0o600))
	}
	if _, err := h.Folders.Verify(t.Context(), path); !errors.Is(err, manifest.ErrAltered) {
		t.Errorf("got %v, want ErrAltered", err)
	}
}

func TestMaskedAndUnmasked(t *testing.T) {
	read := func(path string) map[string]string {
		z, err := zip.OpenReader(path)
		must(t, err)
		defer func() { _ = z.Close() }()
		all := map[string]string{}
		for _, f := range z.File {
			r, err := f.Open()
			must(t, err)
			text, err := io.ReadAll(r)
			must(t, err)
			all[f.Name] = string(text)
		}
		return all
	}
	h, path := folder(t, "incident.zip", proof.Choice{})
	for name, text := range read(path) {
		for _, secret := range []string{"Maria", "Gonzalez", "root canal", "google.example/r/1"} {
			if name != "story.pdf" && strings.Contains(text, secret) {
				t.Errorf("%s has %q although it is masked:\n%s", name, secret, text)
			}
		}
	}
	if account := read(path)["masked.txt"]; !strings.Contains(account, "health 1") || !strings.Contains(account, "164.514") {
		t.Errorf("masked.txt says %s", account)
	}
	bare := filepath.Join(filepath.Dir(path), "counsel.zip")
	_, err := h.Folders.Export(t.Context(), 1, bare, proof.Choice{Unmasked: true}, audit.Actor{ID: 1, Name: "Dana Whitlock"}, nil)
	must(t, err)
	files := read(bare)
	if !strings.Contains(files["revisions/02-now.txt"], "root canal") || !strings.Contains(files["story.json"], "Maria Gonzalez") {
		t.Errorf("the unmasked folder lacks the words: %s", files["story.json"])
	}
	lines, err := h.Reviews.History(t.Context(), 1)
	must(t, err)
	if got := lines[0].Did; got != "exported the incident folder for counsel, unmasked" {
		t.Errorf("the audit log says %q", got)
	}
	if !slices.ContainsFunc(lines, func(l audit.Line) bool { return l.Did == "exported the incident folder, masked" }) {
		t.Error("the masked export is not in the audit log")
	}
}

// glass is a vault that lies open.
type glass struct{ open bool }

func (g glass) Open() bool                    { return g.open }
func (glass) Seal(b []byte) ([]byte, error)   { return append([]byte("sealed "), b...), nil }
func (glass) Unseal(b []byte) ([]byte, error) { return b[len("sealed "):], nil }

func TestThePolicyTheTrainingTheIncidentAndTheNotes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	h, id := worked(t, path)
	ctx, dana := t.Context(), audit.Actor{ID: 1, Name: "Dana Whitlock"}
	v, err := h.Policy.DraftVersion(ctx, "Nobody answers alone.", "The first policy", true, dana)
	must(t, err)
	_, err = h.Policy.PutInForce(ctx, v.ID, "2026-03-02", dana)
	must(t, err)
	_, err = h.Policy.SaveIncident(ctx, policy.Incident{Title: "A name slipped out", What: "The first draft had a name.", Place: "Google", MentionID: id, Noticed: h.Now()}, dana)
	must(t, err)
	h.Reviews.KeepNotes(glass{true})
	must(t, h.Reviews.SaveNote(ctx, id, "We called her on Friday.", dana))
	export := func(c proof.Choice) (string, error) {
		at := filepath.Join(t.TempDir(), "incident")
		_, err := h.Folders.Export(ctx, id, at, c, dana, nil)
		text, _ := os.ReadFile(filepath.Join(at, "story.json"))
		return string(text), err
	}
	story, err := export(proof.Choice{})
	if err != nil || !strings.Contains(story, "A name slipped out") || !strings.Contains(story, policy.Hash("Nobody answers alone.")) || strings.Contains(story, "Friday") {
		t.Errorf("without the notes: %v\n%s", err, story)
	}
	if story, err = export(proof.Choice{Notes: true}); err != nil || !strings.Contains(story, "We called her on Friday.") {
		t.Errorf("with the notes: %v\n%s", err, story)
	}
	h.Reviews.KeepNotes(glass{false})
	if _, err = export(proof.Choice{Notes: true}); !errors.Is(err, proof.ErrNotes) {
		t.Errorf("with the vault locked: got %v, want ErrNotes", err)
	}
}

func TestWhatIsThereIsNotWrittenOver(t *testing.T) {
	h, path := folder(t, "incident", proof.Choice{})
	if _, err := h.Folders.Export(t.Context(), 1, path, proof.Choice{}, audit.Program, nil); !errors.Is(err, manifest.ErrThere) {
		t.Errorf("got %v, want ErrThere", err)
	}
	if _, err := h.Folders.Export(t.Context(), 99, path+"2", proof.Choice{}, audit.Program, nil); !errors.Is(err, reviews.ErrNotFound) {
		t.Errorf("a mention that is not there: got %v", err)
	}
	if _, err := os.Stat(path + "2"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder was begun: %v", err)
	}
}
