package classify_test

import (
	"io/fs"
	"testing"

	"goodword/assets"
	"goodword/reviews/classify"
)

func TestSentiment(t *testing.T) {
	tests := []struct {
		text  string
		stars int
		want  classify.Sentiment
	}{
		{"Dr. Lee is wonderful and so gentle. I could not be happier.", 0, classify.Positive},
		{"What a waste of time. Would not recommend.", 0, classify.Negative},
		{"Rude!", 0, classify.Negative},
		{"The hygienist was great but the billing office is a nightmare and they overcharged me.", 0, classify.Negative},
		{"Not bad at all.", 0, classify.Positive},
		{"The staff were not friendly.", 0, classify.Negative},
		{"I can't recommend them enough!", 0, classify.Positive},
		{"Can’t recommend this place.", 0, classify.Negative},
		{"Painless. No complaints.", 0, classify.Positive},
		{"Never had a bad experience here.", 0, classify.Positive},
		{"", 5, classify.Positive},
		{"", 1, classify.Negative},
		{"", 3, classify.Mixed},
		{"", 0, classify.NotJudged},
		{"La doctora fue muy amable y no me dolió nada.", 0, classify.Positive},
		{"Pésimo servicio, nunca contestan el teléfono y me cobraron de más.", 0, classify.Negative},
		{"No lo recomiendo para nada, una pérdida de tiempo.", 0, classify.Negative},
		{"I was in terrible pain and they got me in the same day and fixed it. So grateful!", 0, classify.Positive},
		{"I used to love this place. Since the new owners took over you wait an hour and nobody returns calls.", 0, classify.Negative},
		{"If you want to be treated like a number, this is the place for you.", 0, classify.Negative},
		{"Thanks for nothing.", 0, classify.Negative},
		{"I have been terrified of dentists all my life. Dr. Ortiz changed that, she is gentle and kind.", 0, classify.Positive},
		{"The only reason I gave two stars is that the parking was easy.", 2, classify.Negative},
		{"No hidden fees, no upselling, no pressure.", 0, classify.Positive},
		{"They never answer the phone and when they do they put you on hold forever.", 0, classify.Negative},
		{"They billed my insurance wrong three times and then sent me to collections.", 0, classify.Negative},
		{"Good doctor, terrible office staff.", 0, classify.Mixed},
		{"I had an appointment on Tuesday.", 0, classify.Mixed},
		{"They would not see my daughter because we were six minutes late.", 0, classify.Negative},
		{"I would like to thank Maria at the front desk for her patience.", 0, classify.Positive},
		{"WORST. PLACE. EVER.", 0, classify.Negative},
		{"👍👍👍", 0, classify.NotJudged},
		{"Le personnel est très gentil et le docteur a pris le temps de tout expliquer.", 0, classify.NotJudged},
		{"Der Arzt war sehr freundlich und hat sich viel Zeit genommen.", 0, classify.NotJudged},
		{"Der Arzt war sehr freundlich und hat sich viel Zeit genommen.", 5, classify.Positive},
		{"医生非常好，服务态度也很好。", 0, classify.NotJudged},
	}
	c := classify.Default()
	for _, test := range tests {
		got := c.Judge(test.text, test.stars)
		if got.Sentiment != test.want {
			t.Errorf("Judge(%q, %d) is %s (%.2f, %s, %v), want %s", test.text, test.stars, got.Sentiment, got.Score, got.Language, got.Why, test.want)
		}
	}
}

func TestStarsAndTextDisagree(t *testing.T) {
	tests := []struct {
		text  string
		stars int
		want  bool
	}{
		{"Absolutely wonderful, the best dentist, highly recommend!", 1, true},
		{"Terrible experience, rude staff, never again.", 5, true},
		{"Terrible experience, rude staff, never again.", 1, false},
		{"Great office.", 5, false},
		{"", 1, false},
		{"Great people, long wait.", 3, false},
	}
	c := classify.Default()
	for _, test := range tests {
		if got := c.Judge(test.text, test.stars).Disagrees; got != test.want {
			t.Errorf("Judge(%q, %d).Disagrees is %v, want %v", test.text, test.stars, got, test.want)
		}
	}
}

func TestAnAlarmWithoutStarsIsNeverNeutral(t *testing.T) {
	tests := []struct {
		text  string
		stars int
		want  classify.Sentiment
	}{
		{"I am going to kill myself.", 0, classify.Negative},
		{"I am going to kill myself.", 3, classify.Mixed}, // the stars speak where there are stars
		{"I had an appointment on Tuesday.", 0, classify.Mixed},
	}
	c := classify.Default()
	for _, test := range tests {
		got := c.Judge(test.text, test.stars)
		if got.Sentiment != test.want || test.want == classify.Negative && (got.Urgency != classify.Critical || got.Score >= 0) {
			t.Errorf("Judge(%q, %d) is %s (%.2f), urgency %q, want %s", test.text, test.stars, got.Sentiment, got.Score, got.Urgency, test.want)
		}
	}
}

func TestAHygienistIsNotCleanliness(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"The hygienist explained everything to me.", false},
		{"Two hygienists looked at my teeth.", false},
		{"The hygiene in the treatment room worries me.", true},
		{"It did not look hygienic in there.", true},
	}
	c := classify.Default()
	for _, test := range tests {
		got := false
		for _, topic := range c.Judge(test.text, 0).Topics {
			got = got || topic.ID == "cleanliness_infection"
		}
		if got != test.want {
			t.Errorf("%q is about cleanliness: got %v, want %v", test.text, got, test.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The staff was friendly and I felt welcome.", "en"},
		{"Great dentist!", "en"},
		{"Rude", "en"},
		{"El doctor es muy amable y me explicó todo.", "es"},
		{"Excelente atención", "es"},
		{"Muy buen servicio, gracias", "es"},
		{"Le médecin est très à l'écoute, je recommande.", "fr"},
		{"Die Praxis ist sauber und das Team sehr nett.", "de"},
		{"Ottimo dentista, molto gentile e professionale con tutti.", "it"},
		{"Atendimento muito bom, não tenho do que reclamar.", "pt"},
		{"De assistente was heel vriendelijk en het wachten viel mee.", "nl"},
		{"Очень хороший врач, спасибо большое!", "ru"},
		{"先生はとても優しかったです。", "ja"},
		{"医生非常好。", "zh"},
		{"의사 선생님이 친절해요", "ko"},
		{"الطبيب ممتاز", "ar"},
		{"Xyzzy plugh 12345", "und"},
		{"Excellent care received", "en"},
		{"Great care", "en"}, // "care" is Romanian, too
		{"Brilliant as per usual", "en"},
		{"Come more often", "en"},
		{"Angus Morrison", "und"},
		{"Excellent service", "en"}, // French, too: each word is English
		{"Excellent service dentaire", "und"},
		{"Service excellent, merci", "fr"},
		{"Service excellent, personnel gentil, docteur aimable", "und"},
		{"Servicio excelente", "es"},
		{"Care medic bun", "ro"},
		{"Terrible receptionist at Brightsmile", "en"},
		{"Horrible", "en"},
		{"", "und"},
		{"👍👍👍", "und"},
	}
	c := classify.Default()
	for _, test := range tests {
		if got := c.Judge(test.text, 0).Language; got != test.want {
			t.Errorf("language of %q is %s, want %s", test.text, got, test.want)
		}
	}
}

func TestFactsUrgencyExamples(t *testing.T) {
	c := classify.Default()
	for _, s := range c.Signals() {
		for _, example := range s.Examples {
			if !has(c.Judge(example, 0).Signals, s.ID) {
				t.Errorf("%q is not caught as %s", example, s.ID)
			}
		}
		for _, friend := range s.FalseFriends {
			if has(c.Judge(friend, 0).Signals, s.ID) {
				t.Errorf("%q is taken for %s", friend, s.ID)
			}
		}
	}
}

func has(hits []classify.SignalHit, id string) bool {
	for _, h := range hits {
		if h.ID == id {
			return true
		}
	}
	return false
}

var listsFS fs.FS = assets.FS
