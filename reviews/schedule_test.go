package reviews

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var nine = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// lived visits a source until the end, each time when it is due, and tells each visit what came since the last one.
func lived(s Source, from, until time.Time, arrivals func(since, at time.Time) (int, []Found)) (Source, int) {
	visits, since := 0, from
	for at := from; at.Before(until); at = s.Next {
		n, found := arrivals(since, at)
		s = s.after(Visit{At: at, Status: 200, Entries: 10, Outcome: Outcome{New: n}}, paceOf(found))
		visits++
		since = at
	}
	return s, visits
}

// everySo is a source that brings one thing in each gap.
func everySo(gap time.Duration, dated bool) func(since, at time.Time) (int, []Found) {
	return func(since, at time.Time) (int, []Found) {
		n := int(at.Sub(nine)/gap) - int(since.Sub(nine)/gap)
		if !dated || n == 0 {
			return n, nil
		}
		var found []Found
		for i := range 20 {
			found = append(found, Found{Posted: at.Truncate(gap).Add(-time.Duration(i) * gap)})
		}
		return n, found
	}
}

func TestASourceLearnsItsRhythm(t *testing.T) {
	tests := []struct {
		gap        time.Duration
		least, top time.Duration
	}{
		{5 * time.Minute, 15 * time.Minute, 20 * time.Minute},
		{time.Hour, 15 * time.Minute, 20 * time.Minute},
		{12 * time.Hour, time.Hour, 4 * time.Hour},
		{24 * time.Hour, 2 * time.Hour, 5 * time.Hour},
		{4 * 24 * time.Hour, 8 * time.Hour, 18 * time.Hour},
		{30 * 24 * time.Hour, 16 * time.Hour, 24 * time.Hour},
	}
	for _, dated := range []bool{true, false} {
		for _, test := range tests {
			t.Run(fmt.Sprintf("%v dated %v", test.gap, dated), func(t *testing.T) {
				s, visits := lived(Source{ID: 7}, nine, nine.Add(200*24*time.Hour), everySo(test.gap, dated))
				if got := time.Duration(s.Rhythm) * time.Minute; got < test.least || got > test.top {
					t.Errorf("got a rhythm of %v after %d visits, want between %v and %v", got, visits, test.least, test.top)
				}
			})
		}
	}
}

func TestAQuietSourceIsAskedLessAndLessAndWakesUp(t *testing.T) {
	s, _ := lived(Source{ID: 3}, nine, nine.Add(10*24*time.Hour), everySo(2*time.Hour, false))
	busy := s.Rhythm
	s, _ = lived(s, s.Next, s.Next.Add(90*24*time.Hour), func(_, _ time.Time) (int, []Found) { return 0, nil })
	if s.Rhythm < 20*60 {
		t.Errorf("got a rhythm of %d minutes after three quiet months, want nearly a day", s.Rhythm)
	}
	s, _ = lived(s, s.Next, s.Next.Add(10*24*time.Hour), everySo(2*time.Hour, false))
	if s.Rhythm > 4*busy {
		t.Errorf("got %d minutes ten days after it woke up, want about %d again", s.Rhythm, busy)
	}
}

func TestWhatAPersonChoseIsKept(t *testing.T) {
	s, visits := lived(Source{ID: 3, Every: 180}, nine, nine.Add(30*24*time.Hour), everySo(time.Hour, true))
	if want := 30 * 8; visits != want || s.Next.Sub(s.Visited) != 3*time.Hour {
		t.Errorf("got %d visits, the next after %v; want %d, each after three hours", visits, s.Next.Sub(s.Visited), want)
	}
}

func TestPauses(t *testing.T) {
	tests := []struct {
		name       string
		source     Source
		visit      Visit
		least, top time.Duration
	}{
		{"not learned yet", Source{}, Visit{}, time.Hour, 72 * time.Minute},
		{"the kind's own", Source{Rhythm: 360}, Visit{}, 6 * time.Hour, 432 * time.Minute},
		{"first failure", Source{}, Visit{Problem: "x"}, time.Hour, 72 * time.Minute},
		{"first failure of a rare source", Source{Rhythm: 1440}, Visit{Problem: "x"}, time.Hour, 72 * time.Minute},
		{"third failure", Source{Failures: 2}, Visit{Problem: "x"}, 4 * time.Hour, 288 * time.Minute},
		{"hundredth failure", Source{Failures: 99}, Visit{Problem: "x"}, 24 * time.Hour, 29 * time.Hour},
		{"a rare source by choice", Source{Every: 7 * 24 * 60, Failures: 99}, Visit{Problem: "x"}, 24 * time.Hour, 29 * time.Hour},
		{"a rare source that is asked too often", Source{Every: 7 * 24 * 60, Failures: 99}, Visit{Problem: "x", Status: 429}, 7 * 24 * time.Hour, 9 * 24 * time.Hour},
		{"gone for good", Source{}, Visit{Problem: "x", Status: 410}, 7 * 24 * time.Hour, 9 * 24 * time.Hour},
		{"too often", Source{Every: 720}, Visit{Problem: "x", Status: 429}, 12 * time.Hour, 15 * time.Hour},
		{"the server's wish", Source{}, Visit{Problem: "x", Status: 429, Retry: 12 * time.Hour}, 12 * time.Hour, 15 * time.Hour},
		{"the server's wish on a good day", Source{Every: 15}, Visit{Retry: 3 * time.Hour}, 3 * time.Hour, 4 * time.Hour},
		{"the server's wish for a year", Source{}, Visit{Problem: "x", Retry: 365 * 24 * time.Hour}, 24 * time.Hour, 29 * time.Hour},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spread := map[time.Duration]bool{}
			for id := range int64(50) {
				test.source.ID, test.visit.At = id, nine
				s := test.source.after(test.visit, pace{})
				got := s.Next.Sub(nine)
				spread[got] = true
				if got < test.least || got > test.top {
					t.Fatalf("source %d: got a pause of %v, want between %v and %v", id, got, test.least, test.top)
				}
				if again := test.source.after(test.visit, pace{}); again.Next != s.Next {
					t.Fatalf("the same visit twice: got %v and %v", s.Next, again.Next)
				}
			}
			if len(spread) < 40 {
				t.Errorf("got %d different pauses of 50 sources, want nearly as many as sources", len(spread))
			}
		})
	}
}

// TestNoVisitStopsTheNext is for any sequence of visits and any clock: the next visit is ahead, and not further than a day and its jitter.
func TestNoVisitStopsTheNext(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Source{ID: rapid.Int64Range(0, 1000).Draw(t, "id"), Every: rapid.SampledFrom([]int{0, 0, 15, 60, 1440}).Draw(t, "every"),
			Rhythm: rapid.SampledFrom([]int{0, 1, 60, 99999}).Draw(t, "rhythm")}
		at := nine
		for range rapid.IntRange(1, 60).Draw(t, "visits") {
			at = at.Add(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 25 * time.Hour, 400 * 24 * time.Hour, -time.Hour, -9000 * time.Hour}).Draw(t, "clock"))
			v := Visit{At: at, Status: rapid.SampledFrom([]int{0, 200, 304, 429, 500}).Draw(t, "status"), Unchanged: rapid.Bool().Draw(t, "unchanged"),
				Retry: rapid.SampledFrom([]time.Duration{0, time.Second, 1000 * time.Hour}).Draw(t, "retry")}
			if rapid.Bool().Draw(t, "fails") {
				v.Problem = "The server did not answer"
			} else if !v.Unchanged {
				v.New, v.Entries = rapid.IntRange(0, 200).Draw(t, "new"), 200
			}
			p := pace{}
			if v.New > 0 {
				p = paceOf([]Found{{Posted: at}, {Posted: at.Add(-time.Hour)}, {Posted: at.Add(time.Hour)}, {Posted: nine}, {Posted: time.Unix(0, 0)}, {}})
			}
			before := s
			s = s.after(v, p)
			if pause := s.Next.Sub(at); pause < 15*time.Minute || pause > 29*time.Hour {
				t.Fatalf("got a pause of %v after %+v", pause, v)
			}
			if s.Rhythm != before.Rhythm && (s.Rhythm < 15 || s.Rhythm > 1440) || s.Gap < 0 {
				t.Fatalf("got a rhythm of %d and a gap of %d minutes", s.Rhythm, s.Gap)
			}
			if (s.Failures > 0) != (v.Problem != "") || s.Failing.IsZero() != (v.Problem == "") || s.Failing.After(at) || s.Newest.After(at) {
				t.Fatalf("got %+v after %+v", s, v)
			}
			if HealthOf(s, at).Says == "" {
				t.Fatal("the health has no sentence")
			}
		}
	})
}
