package advocacy_test

import (
	"slices"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
)

func TestFairness(t *testing.T) {
	now := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	p := practice.Practice{TimeZone: "UTC"}
	people := []practice.Person{
		{ID: 1, Name: "Ada", Job: "dentist", PlaceID: 1, HiredOn: "2011-04-04"},
		{ID: 2, Name: "Beth", Job: "hygienist", PlaceID: 1, HiredOn: "2018-12-20"}, // eight years in four weeks
		{ID: 3, Name: "Carl", Job: "hygienist", PlaceID: 2, HiredOn: "2026-10-05"}, // new
		{ID: 4, Name: "Dora", Job: "nurse", PlaceID: 2, HiredOn: "2020-01-13"},     // took her consent back
		{ID: 5, Name: "Emil", Job: "nurse", PlaceID: 2, HiredOn: "2020-01-13"},     // on the way
		{ID: 6, Name: "Left", Job: "nurse", PlaceID: 2, LeftOn: "2026-01-01"},
	}
	post := func(person int64, at time.Time) advocacy.Spotlight {
		return advocacy.Spotlight{PersonID: person, Stage: advocacy.Published, Variants: []advocacy.Variant{{Network: "facebook", PostedAt: at.Add(time.Hour)}, {Network: "bluesky", PostedAt: at}}}
	}
	list := []advocacy.Spotlight{post(1, now.AddDate(0, -1, 0)), post(1, now.AddDate(0, -6, 0)), post(1, now.AddDate(-2, 0, 0)), post(6, now.AddDate(0, -2, 0)),
		{ID: 9, PersonID: 5, Stage: advocacy.DraftStage}, {PersonID: 2, Stage: advocacy.Archived}, {PersonID: 2, Kind: advocacy.KindEducation, Stage: advocacy.DraftStage},
		{PersonID: 2, Kind: advocacy.KindEvent, Stage: advocacy.Published, Variants: []advocacy.Variant{{Network: "facebook", PostedAt: now.AddDate(0, 0, -3)}}}}
	consents := []advocacy.Consent{{PersonID: 4, Withdrawn: now}, {PersonID: 1, Withdrawn: now}, {PersonID: 1}}
	f := advocacy.FairnessOf(list, people, []practice.Place{{ID: 1, Name: "Main Street"}, {ID: 2, Name: "Northgate"}}, consents, p, now)

	var order []string
	for _, s := range f.People {
		order = append(order, s.Person.Name)
	}
	if want := []string{"Beth", "Dora", "Emil", "Carl", "Ada"}; !slices.Equal(order, want) {
		t.Errorf("got %v, want %v: who was shown least comes first", order, want)
	}
	ada := f.People[4]
	if ada.Shown != 3 || !ada.Last.Equal(now.AddDate(0, -1, 0)) || ada.Declined || ada.Never() {
		t.Errorf("got %+v", ada)
	}
	if emil := f.People[2]; emil.OpenID != 9 || emil.Never() {
		t.Errorf("got %+v", emil)
	}
	var next []string
	for _, s := range f.Next {
		next = append(next, s.Person.Name+": "+s.Occasion)
	}
	if want := []string{"Beth: anniversary", "Carl: new colleague"}; !slices.Equal(next, want) {
		t.Errorf("got %v, want %v", next, want)
	}
	if why := f.Next[0].Why; why != "Never shown. Eight years on 20 December." {
		t.Errorf("got %q", why)
	}
	if len(f.Places) != 2 || f.Places[0].Name != "Northgate" || !f.Places[0].Behind() || f.Places[1].Behind() || f.Places[1].Shown != 2 {
		t.Errorf("got %+v", f.Places)
	}
	if len(f.Months) != 12 || f.Months[10].Shown != 1 || f.Months[9].Shown != 1 || f.Months[11].Shown != 0 {
		t.Errorf("got %+v", f.Months)
	}
	if f.Between != 5*365/3 {
		t.Errorf("got %d days", f.Between)
	}
	if empty := advocacy.FairnessOf(nil, nil, nil, nil, p, now); len(empty.Next) != 0 || empty.Between != 0 {
		t.Errorf("got %+v of nothing", empty)
	}
}

func TestNarrow(t *testing.T) {
	people := []practice.Person{{ID: 1, Name: "Ada Brandt", Job: "dentist", PlaceID: 1}, {ID: 2, Name: "Beth Lindholm", Job: "hygienist", PlaceID: 2}}
	list := []advocacy.Spotlight{{ID: 1, PersonID: 1, Occasion: "meet the team", Title: "Ada", Stage: advocacy.DraftStage}, {ID: 2, PersonID: 2, Occasion: "anniversary", Title: "Beth", Reason: "Kind words", Stage: advocacy.Published},
		{ID: 3, PersonID: 2, Occasion: "meet the team", Stage: advocacy.Archived}}
	for _, test := range []struct {
		f    advocacy.Filter
		want []int64
	}{
		{advocacy.Filter{}, []int64{1, 2}},
		{advocacy.Filter{Archived: true}, []int64{1, 2, 3}},
		{advocacy.Filter{PersonID: 2, Archived: true}, []int64{2, 3}},
		{advocacy.Filter{Job: "Dentist"}, []int64{1}},
		{advocacy.Filter{PlaceID: 2}, []int64{2}},
		{advocacy.Filter{Occasion: "meet the team"}, []int64{1}},
		{advocacy.Filter{Stages: []advocacy.Stage{advocacy.Archived}}, []int64{3}},
		{advocacy.Filter{Words: " beth KIND "}, []int64{2}},
		{advocacy.Filter{Words: "nobody"}, nil},
	} {
		var got []int64
		for _, v := range test.f.Narrow(list, people) {
			got = append(got, v.ID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%+v: got %v, want %v", test.f, got, test.want)
		}
	}
}
