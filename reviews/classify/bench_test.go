package classify_test

import (
	"maps"
	"slices"
	"testing"

	"goodword/reviews/classify"
)

// Texts of about 400 bytes: what most mentions are, and one with five urgency signals.
var benchTexts = map[string]string{
	"complaint": "I have been coming here for three years and the hygienist is always gentle, but the front desk has gone downhill. I called four times about a bill that my insurance should have covered and nobody ever called me back. When I finally got through I was put on hold for twenty minutes and then the lady hung up on me. The doctor is great, it is the office that lets him down. Very disappointed and looking for another dentist.",
	"praise":    "Dr. Smith and her whole team are fantastic. They got me in the same day for a broken tooth, explained everything before they started and I did not feel a thing. The office is spotless, parking is easy and the receptionist greeted me by name. My kids love coming here too, which says a lot. The price was exactly what they quoted and they handled the insurance for me. I would highly recommend this practice to everyone.",
	"urgent":    "Waited over an hour past my appointment time in a crowded waiting room, and when I was taken back the assistant was in a rush and did not listen when I told her about my allergies. They gave me the wrong medication and I ended up in the ER with an allergic reaction that evening. No one has called to apologise. My lawyer will be in touch, and I have filed a complaint with the dental board. Stay away from this place if you value your health.",
}

func BenchmarkJudge(b *testing.B) {
	c := classify.Default()
	for _, kind := range slices.Sorted(maps.Keys(benchTexts)) {
		text := benchTexts[kind]
		b.Run(kind, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				c.Judge(text, 0)
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := classify.Load(listsFS); err != nil {
			b.Fatal(err)
		}
	}
}
