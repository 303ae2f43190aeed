package inbox

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// busy fills the inbox with a plausible day.
func (r *room) busy() []int64 {
	google, yelp, health := r.source("google"), r.source("yelp"), r.source("healthgrades")
	hour := time.Hour
	ids := []int64{
		r.say(google, "Pat Quinn", 2, 30*hour, "I sat in the waiting room for a whole hour past my slot and nobody at the front desk said a word. When I asked, the answer was a shrug. The dentist herself was kind, but I lost half a day of work and I will think twice before I come back."),
		r.say(yelp, "Marguerite van der Westhuizen-Oyelaran", 1, 2*hour, "They pulled the wrong tooth. I woke up, told them at once, and they told me to go home and rest. I have been bleeding since last night and nobody answers the phone. I am calling a lawyer on Monday."),
		r.say(google, "Sam", 5, 3*hour, "Lovely team, gentle with my son, and the new rooms are spotless. Thank you!"),
		r.say(health, "J. Osei", 3, 26*hour, "Good dentist, confusing bill. I was charged twice for the same cleaning and it took three calls to sort it out."),
		r.say(google, "Ana Lucía", 5, 50*hour, "Muy amables con los niños, todo limpio y puntual. Gracias por explicar cada paso."),
		r.say(yelp, "Without words", 4, 60*hour, ""),
		r.say(health, "Robin T.", 4, 75*hour, "Parking is tight but the staff make up for it. My crown was done in one visit."),
		r.say(google, "Kim Delgado", 1, 80*hour, "The receptionist was rude on the phone and hung up on me while I was asking about my insurance."),
	}
	for i := range 30 {
		ids = append(ids, r.say([]reviews.Source{google, yelp, health}[i%3], "Reviewer "+string(rune('A'+i%26))+string(rune('a'+i/26)), 3+i%3, time.Duration(90+9*i)*hour,
			[]string{"Quick, friendly, painless.", "The hygienist explained everything and never rushed me.", "Long wait but worth it in the end.", "Booking online works well. The text reminders help."}[i%4]))
	}
	r.must(r.store.Close(ctx, ids[6], "Praise that needs no answer", r.manager))
	r.must(r.store.Escalate(ctx, ids[7], r.manager.ID, "Staff manner on the phone", r.author))
	return ids
}

func TestScreenshots(t *testing.T) {
	if os.Getenv("GOODWORD_SHOTS") == "" {
		t.Skip("set GOODWORD_SHOTS to a folder to draw the screen")
	}
	for _, size := range []fyne.Size{fyne.NewSize(1064, 748), fyne.NewSize(1700, 1028)} {
		for _, dark := range []bool{false, true} {
			r := newRoom(t, size.Width, size.Height)
			if dark {
				fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1))
			}
			name := "inbox-light"
			if dark {
				name = "inbox-dark"
			}
			if size.Width > 1200 {
				name += "-wide"
			}
			shot := func(what string) {
				kittest.Shot(t, r.window, name+"-"+what)
			}
			r.Shown()
			shot("empty")
			ids := r.busy()
			r.Changed("mentions")
			r.list.rows.OpenAt(1)
			shot("list")
			r.open(ids[0])
			r.press("R")
			r.press("1")
			shot("reply")
			r.typeReply("Hi Pat, we are sorry your root canal on March 3 ran late. As our patient you get 20% off your next visit if you change your review.")
			shot("blocked")
			r.open(ids[1])
			shot("urgent")
			r.open(ids[7])
			r.reading.history = true
			r.reading.render()
			shot("escalated")
			r.open(ids[3])
			r.press("R")
			r.press("1")
			r.press("Ctrl+Enter")
			shot("posted")
			r.as(r.author)
			r.open(ids[0])
			r.typeReply("Thank you for telling us. Please call our office manager at 512-555-0140.")
			shot("ask")
			for what, key := range map[string]string{"close": "N", "escalate": "E", "topics": "T", "add": "Ctrl+N", "assign": "A"} {
				r.press(key)
				w := kittest.Window(t, kit.Inset(r.host.LastDialog().Content, 24), 560, 560)
				kittest.Shot(t, w, name+"-dialog-"+what)
			}
			r.list.search("topic:billing_insurance -is:done doctor")
			shot("nothing")
			r.list.search("stars:9")
			shot("wrong")
		}
	}
}
