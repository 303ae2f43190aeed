// Package learn keeps the judge of one practice: the lists that come with the program, what the practice changed in them, and what its
// corrections taught. When one of these changes it makes the judge anew, and has older mentions judged again. Nothing of it leaves the database.
package learn

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// Judge understands mentions as the practice has it. It may be used by many goroutines; what it goes by is read at the first use.
type Judge struct {
	store *reviews.Store
	now   atomic.Pointer[classify.Classifier]
	mu    sync.Mutex // held while the judge is made
	again sync.Mutex // held while mentions are judged anew
}

// New returns the judge of a practice; nothing is read yet.
func New(store *reviews.Store) *Judge { return &Judge{store: store} }

// mostLessons is how many corrections are learned from, the newest ones.
const mostLessons = 2000

// Reload makes the judge anew from the lists and the corrections as they stand.
func (j *Judge) Reload(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	lists, err := j.store.OwnLists(ctx)
	if err != nil {
		return err
	}
	corrected, err := j.store.Corrections(ctx, mostLessons)
	if err != nil {
		return err
	}
	var lessons []classify.Lesson
	for _, m := range corrected {
		if m.Purged.IsZero() {
			lessons = append(lessons, m.Lesson())
		}
	}
	made, err := classify.ForPractice(lists, lessons)
	if err == nil {
		j.now.Store(made)
	}
	return err
}

// classifier is what is in force. Should it be unreadable, the lists of the program judge alone: no mention may stay behind unjudged.
func (j *Judge) classifier() *classify.Classifier {
	if c := j.now.Load(); c != nil {
		return c
	}
	if err := j.Reload(context.Background()); err != nil {
		slog.Error("read what the practice taught", "error", err)
		return classify.Default()
	}
	return j.now.Load()
}

// Judge reads a text and the stars that came with it.
func (j *Judge) Judge(text string, stars int) classify.Result {
	return j.classifier().Judge(text, stars)
}

// Topics lists the topics of the practice, without those that it switched off.
func (j *Judge) Topics() []classify.Topic { return j.classifier().Topics() }

// Topic finds a topic by its id, also one that is switched off.
func (j *Judge) Topic(id string) (classify.Topic, bool) { return j.classifier().Topic(id) }

// Marks finds the names and health details in a text.
func (j *Judge) Marks(text string, team *classify.Team) []classify.Mark {
	return j.classifier().Marks(text, team)
}

// Signal finds an urgency signal by its id.
func (j *Judge) Signal(id string) (classify.Signal, bool) { return j.classifier().Signal(id) }

// Understand says what is understood of a mention.
type Understand = func(title, text string, stars int) reviews.Understood

// Again judges all mentions anew by what is in force, or goes on where it was stopped, and says how many changed. What people corrected stays.
func (j *Judge) Again(ctx context.Context, understand Understand, progress func(reviews.Rejudging)) (changed int, err error) {
	j.again.Lock()
	defer j.again.Unlock()
	c := j.classifier()
	return j.store.Rejudge(ctx, c.Stamp(), func(m reviews.Mention) reviews.Understood { return understand(m.Title, m.Text, m.Stars) }, progress)
}

// Due reports whether older mentions still wait to be judged by what is in force.
func (j *Judge) Due(ctx context.Context) (bool, error) {
	done, err := j.store.Rejudged(ctx, j.classifier().Stamp())
	return !done, err
}

// TakeBack undoes what a person corrected in a mention: it is judged by the program again, which no longer learns from it. Its language and its
// place stay as they were put.
func (j *Judge) TakeBack(ctx context.Context, id int64, understand Understand, by audit.Actor) error {
	m, err := j.store.Find(ctx, id)
	if err != nil {
		return err
	}
	u := understand(m.Title, m.Text, m.Stars)
	kept := slices.DeleteFunc(slices.Clone(m.Corrected), func(part string) bool { return reviews.Teaches([]string{part}) })
	if slices.Contains(kept, "language") {
		u.Language = m.Language
	}
	u.Corrected = kept
	return j.store.TakeBack(ctx, id, u, by)
}
