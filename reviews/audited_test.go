package reviews_test

import (
	"bytes"
	"context"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// openVault is a vault that anybody may open; what it seals only looks sealed.
type openVault struct{}

func (openVault) Open() bool                        { return true }
func (openVault) Seal(plain []byte) ([]byte, error) { return bytes.ToUpper(plain), nil }
func (openVault) Unseal(b []byte) ([]byte, error)   { return bytes.ToLower(b), nil }

// scene is a practice in which every step can be taken.
type scene struct {
	*desk
	source, other reviews.Source
	id, second    int64
	rule          reviews.Rule
	view          reviews.View
	seen          int // lines of the audit log before the step, with those of what prepared it
}

const kindly = "Thank you for the kind words. They mean a lot to the whole team."

func (s *scene) draft() {
	_, _, err := s.SaveDraft(ctx, s.id, kindly, "", s.author)
	s.ok(err)
}

func (s *scene) ask() {
	s.draft()
	s.ok(s.AskApproval(ctx, s.id, s.author))
}

func (s *scene) copy() {
	s.ask()
	s.ok(s.Approve(ctx, s.id, s.manager))
	_, err := s.Copy(ctx, s.id, s.manager)
	s.ok(err)
}

// ok is for what prepares a step: the lines of that do not count.
func (s *scene) ok(err error) {
	if err != nil {
		panic(err)
	}
	lines, err := audit.List(ctx, s.db.Reader(), "", 1000)
	if err != nil {
		panic(err)
	}
	s.seen = len(lines)
}

func newScene(t *testing.T) *scene {
	s := &scene{desk: open(t)}
	s.KeepNotes(openVault{})
	s.JudgeTemplates(func(context.Context, reviews.OwnTemplate) error { return nil })
	s.source, s.other = s.feed(t, "google"), s.feed(t, "yelp")
	s.visit(t, s.source, reviews.Found{Key: "1", Author: "Maria", Text: "Friendly people, and it was easy to park behind the house.", Stars: 5, Posted: monday},
		reviews.Found{Key: "2", Author: "Jo", Text: "The opening hours on the door are out of date since the summer.", Stars: 3, Posted: monday})
	ids := s.ids(t, "")
	s.id, s.second = ids[1], ids[0]
	var err error
	s.rule, err = s.SaveRule(ctx, reviews.Rule{Name: "park", Query: "park", Actions: []reviews.Action{{Do: reviews.DoTag, Value: "parking"}}, Active: true}, s.manager)
	must(t, err)
	_, err = s.SaveRule(ctx, reviews.Rule{Name: "door", Query: "door", Actions: []reviews.Action{{Do: reviews.DoTag, Value: "door"}}, Active: true}, s.manager)
	must(t, err)
	s.view, err = s.SaveView(ctx, reviews.View{Name: "Parking", Query: "park"}, s.manager)
	must(t, err)
	return s
}

func (s *scene) template(id string) error {
	_, err := s.SaveTemplate(ctx, reviews.OwnTemplate{ID: id, Title: "Thanks", When: "always", Kind: "praise", Language: "en", Wordings: []string{kindly}}, s.author)
	return err
}

// audited is each method of the store that changes something on behalf of somebody, and a call of it. Each has to leave a line in the audit log.
var audited = map[string]func(s *scene) error{
	"Add": func(s *scene) error {
		_, err := s.Add(ctx, reviews.Found{Text: "Said at the door."}, s.manager)
		return err
	},
	"AddRules": func(s *scene) error {
		_, err := s.AddRules(ctx, []reviews.Rule{{Name: "b", Query: "stars:1", Actions: []reviews.Action{{Do: reviews.DoTag, Value: "b"}}}}, s.manager)
		return err
	},
	"AddSource": func(s *scene) error {
		_, err := s.AddSource(ctx, reviews.Source{Name: "c", Address: "https://c.example/feed", Site: "c"}, s.manager)
		return err
	},
	"ApplyRule":       func(s *scene) error { _, err := s.ApplyRule(ctx, s.rule.ID, s.manager, nil); return err },
	"Approve":         func(s *scene) error { s.ask(); return s.Approve(ctx, s.id, s.manager) },
	"ApproveTemplate": func(s *scene) error { s.ok(s.template("own-a")); return s.ApproveTemplate(ctx, "own-a", s.manager) },
	"AskApproval":     func(s *scene) error { s.draft(); return s.AskApproval(ctx, s.id, s.author) },
	"Assign":          func(s *scene) error { return s.Assign(ctx, s.id, s.author.ID, s.manager) },
	"Checked": func(s *scene) error {
		sweep, err := s.AddSource(ctx, reviews.Source{Kind: reviews.KindSweep, Name: "w", Address: "https://w.example/", Site: "w"}, s.manager)
		s.ok(err)
		_, err = s.Checked(ctx, sweep.ID, nil, s.manager)
		return err
	},
	"Close": func(s *scene) error { return s.Close(ctx, s.id, "nothing to say", s.manager) },
	"Copy": func(s *scene) error {
		s.ask()
		s.ok(s.Approve(ctx, s.id, s.manager))
		_, err := s.Copy(ctx, s.id, s.manager)
		return err
	},
	"CopyNow": func(s *scene) error {
		s.ok(s.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestAlways, Minutes: 10}, s.manager))
		_, _, err := s.SaveDraft(ctx, s.id, kindly, "", s.manager)
		s.ok(err)
		_, err = s.CopyNow(ctx, s.id, "the owner waits for it", s.manager)
		return err
	},
	"Correct": func(s *scene) error {
		mixed := "mixed"
		return s.Correct(ctx, s.id, reviews.Correction{Sentiment: &mixed}, s.manager)
	},
	"Escalate":      func(s *scene) error { return s.Escalate(ctx, s.id, s.manager.ID, "for the owner", s.author) },
	"Flag":          func(s *scene) error { return s.Flag(ctx, s.id, true, s.manager) },
	"ForgetSecret":  func(s *scene) error { return s.ForgetSecret(ctx, s.source.ID, s.manager) },
	"CloseUnposted": func(s *scene) error { s.copy(); return s.CloseUnposted(ctx, s.id, "the caller was reached", s.manager) },
	"HandBack": func(s *scene) error {
		s.ok(s.TakeUp(ctx, s.id, s.manager))
		return s.HandBack(ctx, s.id, s.author.ID, s.manager)
	},
	"TakeOver": func(s *scene) error {
		s.ok(s.TakeUp(ctx, s.id, s.author))
		return s.TakeOver(ctx, s.id, s.manager)
	},
	"GoAhead": func(s *scene) error {
		return s.GoAhead(ctx, s.id, reviews.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line"}, s.manager)
	},
	"HandOver": func(s *scene) error {
		return s.HandOver(ctx, s.id, reviews.HandOver{Person: s.manager.ID, Reason: "for the owner"}, s.author)
	},
	"HideAddress": func(s *scene) error {
		moved := s.source
		moved.Address = "https://hidden.example/"
		_, err := s.HideAddress(ctx, moved, s.manager)
		return err
	},
	"Hold": func(s *scene) error { return s.Hold(ctx, s.id, true, s.manager) },
	"Import": func(s *scene) error {
		_, err := s.Import(ctx, reviews.Source{Name: "file", Address: "file"}, []reviews.Found{{Key: "9", Text: "From a file, and long ago.", Stars: 4}}, s.manager)
		return err
	},
	"Join":         func(s *scene) error { return s.Join(ctx, s.id, s.second, s.manager) },
	"MarkAllRead":  func(s *scene) error { _, err := s.MarkAllRead(ctx, reviews.Query{}, s.manager); return err },
	"MarkGone":     func(s *scene) error { return s.MarkGone(ctx, s.id, true, s.manager) },
	"MarkPosted":   func(s *scene) error { s.copy(); return s.MarkPosted(ctx, s.id, s.manager) },
	"MarkRead":     func(s *scene) error { return s.MarkRead(ctx, s.id, s.manager) },
	"MarkRejected": func(s *scene) error { s.copy(); return s.MarkRejected(ctx, s.id, "too long", s.manager) },
	"MarkUnread": func(s *scene) error {
		s.ok(s.MarkRead(ctx, s.id, s.manager))
		return s.MarkUnread(ctx, s.id, s.manager)
	},
	"MoveRule": func(s *scene) error { return s.MoveRule(ctx, s.rule.ID, 1, s.manager) },
	"Recall": func(s *scene) error {
		s.ok(s.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestAlways, Minutes: 10}, s.manager))
		_, _, err := s.SaveDraft(ctx, s.id, kindly, "", s.manager)
		s.ok(err)
		_, err = s.Release(ctx, s.id, s.manager)
		s.ok(err)
		return s.Recall(ctx, s.id, s.manager)
	},
	"Release": func(s *scene) error {
		s.ok(s.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestAlways, Minutes: 10}, s.manager))
		_, _, err := s.SaveDraft(ctx, s.id, kindly, "", s.manager)
		s.ok(err)
		_, err = s.Release(ctx, s.id, s.manager)
		return err
	},
	"RemoveNotes": func(s *scene) error {
		s.ok(s.SaveNote(ctx, s.id, "it was us", s.manager))
		return s.RemoveNotes(ctx, s.id, s.manager)
	},
	"RemoveRule":   func(s *scene) error { return s.RemoveRule(ctx, s.rule.ID, s.manager) },
	"RemoveSource": func(s *scene) error { return s.RemoveSource(ctx, s.source.ID, s.manager) },
	"RemoveView":   func(s *scene) error { return s.RemoveView(ctx, s.view.ID, s.manager) },
	"Reopen":       func(s *scene) error { s.ok(s.Close(ctx, s.id, "no", s.manager)); return s.Reopen(ctx, s.id, s.manager) },
	"Resolve": func(s *scene) error {
		s.ok(s.Escalate(ctx, s.id, s.manager.ID, "for the owner", s.author))
		return s.Resolve(ctx, s.id, "done", s.manager)
	},
	"RestoreSource": func(s *scene) error {
		s.ok(s.RemoveSource(ctx, s.source.ID, s.manager))
		return s.RestoreSource(ctx, s.source, s.manager)
	},
	"RestoreTemplate": func(s *scene) error { s.ok(s.template("own-a")); return s.RestoreTemplate(ctx, "own-a", s.manager) },
	"SaveDraft":       func(s *scene) error { _, _, err := s.SaveDraft(ctx, s.id, kindly, "", s.author); return err },
	"SaveLadder": func(s *scene) error {
		l := reviews.DefaultLadder()
		l.Rungs[0].Person = s.manager.ID
		return s.SaveLadder(ctx, l, s.manager)
	},
	"SaveMapping": func(s *scene) error { return s.SaveMapping(ctx, "a,b", map[string]string{"text": "a"}, s.manager) },
	"SaveNote":    func(s *scene) error { return s.SaveNote(ctx, s.id, "it was us", s.manager) },
	"SaveOwnLists": func(s *scene) error {
		_, err := s.SaveOwnLists(ctx, classify.Lists{Topics: []classify.OwnTopic{{Label: "Robot dog", About: []string{"robot dog"}}}}, s.manager)
		return err
	},
	"SaveRule": func(s *scene) error {
		s.rule.Name = "parking"
		_, err := s.SaveRule(ctx, s.rule, s.manager)
		return err
	},
	"SaveSource": func(s *scene) error {
		s.source.Name = "Google reviews"
		return s.SaveSource(ctx, s.source, s.manager)
	},
	"SaveTemplate": func(s *scene) error { return s.template("own-a") },
	"SaveView": func(s *scene) error {
		_, err := s.SaveView(ctx, reviews.View{Name: "Stars", Query: "stars:5"}, s.manager)
		return err
	},
	"SendBack": func(s *scene) error { s.ask(); return s.SendBack(ctx, s.id, "shorter", s.manager) },
	"SetLeaving": func(s *scene) error {
		return s.SetLeaving(ctx, reviews.Leaving{Rest: reviews.RestAlways, Minutes: 5}, s.manager)
	},
	"Snooze": func(s *scene) error { return s.Snooze(ctx, s.id, s.at.AddDate(0, 0, 7), "", s.manager) },
	"Split": func(s *scene) error {
		s.ok(s.Join(ctx, s.id, s.second, s.manager))
		places, err := s.Appearances(ctx, s.id)
		s.ok(err)
		_, err = s.Split(ctx, s.id, places[0], reviews.Understood{}, s.manager)
		return err
	},
	"SwitchTemplate": func(s *scene) error {
		s.ok(s.template("own-a"))
		return s.SwitchTemplate(ctx, "own-a", true, s.manager)
	},
	"Tag": func(s *scene) error { return s.Tag(ctx, s.id, "later", true, s.manager) },
	"TakeBack": func(s *scene) error {
		mixed := "mixed"
		s.ok(s.Correct(ctx, s.id, reviews.Correction{Sentiment: &mixed}, s.manager))
		return s.TakeBack(ctx, s.id, reviews.Understood{}, s.manager)
	},
	"TakeBackImport": func(s *scene) error {
		_, err := s.Import(ctx, reviews.Source{Name: "file", Address: "file"}, []reviews.Found{{Key: "9", Text: "From a file, and long ago.", Stars: 4}}, s.manager)
		s.ok(err)
		all, err := s.Sources(ctx)
		s.ok(err)
		i := slices.IndexFunc(all, func(x reviews.Source) bool { return x.Kind == reviews.KindImport })
		_, err = s.TakeBackImport(ctx, all[i].ID, s.manager)
		return err
	},
	"TakeUp": func(s *scene) error {
		s.ok(s.Escalate(ctx, s.id, s.manager.ID, "for the owner", s.author))
		return s.TakeUp(ctx, s.id, s.manager)
	},
	"Uncheck": func(s *scene) error {
		sweep, err := s.AddSource(ctx, reviews.Source{Kind: reviews.KindSweep, Name: "w", Address: "https://w.example/", Site: "w"}, s.manager)
		s.ok(err)
		stamp, err := s.Checked(ctx, sweep.ID, nil, s.manager)
		s.ok(err)
		return s.Uncheck(ctx, stamp, s.manager)
	},
	"Wake": func(s *scene) error {
		s.ok(s.Snooze(ctx, s.id, s.at.AddDate(0, 0, 7), "", s.manager))
		return s.Wake(ctx, s.id, s.manager)
	},
}

// onlyReads are methods that take a person to say what that person may do, and change nothing.
var onlyReads = []string{"Choices"}

func TestEveryStepLeavesALineInTheAuditLog(t *testing.T) {
	if testing.Short() {
		t.Skip("a database for each of many steps, one after the other: the race detector finds nothing here")
	}
	for name, step := range audited {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			before := s.lines(t)
			s.seen = len(before)
			must(t, step(s))
			if lines := s.lines(t); len(lines) <= s.seen {
				t.Errorf("%s left no line in the audit log after %q", name, lines[0].Did)
			}
			if _, err := s.ProveTexts(ctx); err != nil {
				t.Errorf("after %s: %v", name, err)
			}
			if _, err := audit.Verify(ctx, s.db.Reader()); err != nil {
				t.Errorf("after %s: %v", name, err)
			}
		})
	}
}

func (s *scene) lines(t *testing.T) []audit.Line {
	lines, err := audit.List(ctx, s.db.Reader(), "", 1000)
	must(t, err)
	return lines
}

func TestNoStepIsForgotten(t *testing.T) {
	files, err := filepath.Glob("*.go")
	must(t, err)
	found := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		must(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !f.Name.IsExported() || !takesActor(f) {
				continue
			}
			found++
			if audited[f.Name.Name] == nil && !slices.Contains(onlyReads, f.Name.Name) {
				t.Errorf("%s: nobody proves that %s leaves a line in the audit log", name, f.Name.Name)
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d steps were found", found)
	}
}

func takesActor(f *ast.FuncDecl) bool {
	for _, p := range f.Type.Params.List {
		if s, ok := p.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Actor" {
			return true
		}
	}
	return false
}

func TestAPostedReplyIsLookedFor(t *testing.T) {
	d := open(t)
	source := d.feed(t, "google")
	said := reviews.Found{Key: "1", Author: "Maria", Text: "Friendly people, and it was easy to park.", Stars: 5, Posted: monday}
	answered := reviews.Found{Key: "2", Author: "Jo", Text: "The hours on the door are out of date.", Stars: 3, Posted: monday, Reply: "Thank you, we changed the sign."}
	d.visit(t, source, said, answered)
	id := d.ids(t, "author:maria")[0]
	_, _, err := d.SaveDraft(ctx, id, kindly, "", d.manager)
	must(t, err)
	_, err = d.Copy(ctx, id, d.manager)
	must(t, err)
	must(t, d.MarkPosted(ctx, id, d.manager))
	sight := func() reviews.Sighting {
		s, err := d.Sighting(ctx, id)
		must(t, err)
		return s
	}
	for n := range 3 {
		if s := sight(); s.Unseen() || s.Visits != n || s.Posted.IsZero() {
			t.Errorf("after %d visits: got %+v", n, s)
		}
		d.at = d.at.Add(time.Hour)
		d.visit(t, source, said, answered)
	}
	if found := d.list(t, "is:unseen"); len(found) != 1 || found[0].ID != id {
		t.Errorf("is:unseen finds %v, want the mention whose reply the site does not show", found)
	}
	if s := sight(); !s.Unseen() {
		t.Errorf("after three visits: got %+v, want it told", s)
	}
	said.Reply = "Thank you for the kind words! They mean a lot to the whole team"
	d.at = d.at.Add(time.Hour)
	d.visit(t, source, said, answered)
	r, err := d.ReplyTo(ctx, id)
	must(t, err)
	if found := d.list(t, "is:unseen"); len(found) != 0 {
		t.Errorf("is:unseen finds %v, want none once it was seen", found)
	}
	if s := sight(); s.Unseen() || s.Differs() || !s.Seen.Equal(d.at) || r.State != reviews.OnSite || r.Text != kindly || r.Author != d.manager.ID {
		t.Errorf("the same words but for a full stop: got %+v, %+v", s, r)
	}
	said.Reply = "Thank you for nothing."
	d.visit(t, source, said, answered)
	if r, err = d.ReplyTo(ctx, id); err != nil || r.Text != kindly || sight().Words != said.Reply {
		t.Errorf("other words: got %+v, %+v, %v", r, sight(), err)
	}
	if _, err := d.ProveTexts(ctx); err != nil {
		t.Error(err)
	}
}

func TestASourceThatShowsNoRepliesIsNotWaitedFor(t *testing.T) {
	d := open(t)
	source := d.feed(t, "blog")
	said := reviews.Found{Key: "1", Author: "Maria", Text: "Friendly people, and it was easy to park.", Stars: 5, Posted: monday}
	d.visit(t, source, said)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, kindly, "", d.manager)
	must(t, err)
	_, err = d.Copy(ctx, id, d.manager)
	must(t, err)
	must(t, d.MarkPosted(ctx, id, d.manager))
	for range 5 {
		d.at = d.at.Add(time.Hour)
		d.visit(t, source, said)
	}
	if s, err := d.Sighting(ctx, id); err != nil || s.Unseen() || s.Visits != 0 {
		t.Errorf("got %+v, %v", s, err)
	}
}

func TestAReplyWrittenElsewhereTakesThePlaceOfADraft(t *testing.T) {
	d := open(t)
	source := d.feed(t, "google")
	said := reviews.Found{Key: "1", Author: "Maria", Text: "Friendly people, and it was easy to park.", Stars: 5, Posted: monday}
	d.visit(t, source, said)
	id := d.only(t).ID
	_, _, err := d.SaveDraft(ctx, id, kindly, "", d.author)
	must(t, err)
	said.Reply = "Thanks Maria!"
	d.visit(t, source, said)
	r, err := d.ReplyTo(ctx, id)
	must(t, err)
	if r.State != reviews.OnSite || r.Text != said.Reply || r.Author != 0 || d.find(t, id).Status != reviews.Answered {
		t.Errorf("got %+v", r)
	}
	if drafts, err := d.Drafts(ctx, id); err != nil || len(drafts) != 1 || drafts[0].Text != kindly {
		t.Errorf("the draft is lost: %+v, %v", drafts, err)
	}
	if _, err := d.ProveTexts(ctx); err != nil {
		t.Error(err)
	}
}

func TestSameWords(t *testing.T) {
	for _, c := range []struct {
		posted, shown string
		want          bool
	}{
		{"Thank you. Call us at 512-555-0140.", "thank you — call us at 512 555 0140", true},
		{"We’re here.", "We're here", true},
		{"Thank you so much, Jo and all of you at home.", "Thank you so much, Jo and all of you…", true},
		{"Thank you all.", "Thank you…", false},
		{"Thank you.", "Thank you not.", false},
		{"¡Gracias por venir!", "Gracias por venir", true},
		{"🙂", "", true},
		{"Thank you", "", false},
	} {
		if got := reviews.SameWords(c.posted, c.shown); got != c.want {
			t.Errorf("%q as %q: got %v", c.posted, c.shown, got)
		}
	}
}
