package classify_test

import (
	"testing"

	"goodword/reviews/classify"
)

// A plain complaint, a plain praise and one with an urgency signal, about 400 bytes each.
var benchTexts = []string{
	"I have been coming here for three years and the hygienist is always gentle, but the front desk has gone downhill. I called four times about a bill that my insurance should have covered and nobody ever called me back. When I finally got through I was put on hold for twenty minutes and then the lady hung up on me. The doctor is great, it is the office that lets him down. Very disappointed and looking for another dentist.",
	"Dr. Smith and her whole team are fantastic. They got me in the same day for a broken tooth, explained everything before they started and I did not feel a thing. The office is spotless, parking is easy and the receptionist greeted me by name. My kids love coming here too, which says a lot. The price was exactly what they quoted and they handled the insurance for me. I would highly recommend this practice to everyone.",
	"Waited over an hour past my appointment time in a crowded waiting room, and when I was taken back the assistant was in a rush and did not listen when I told her about my allergies. They gave me the wrong medication and I ended up in the ER with an allergic reaction that evening. No one has called to apologise. My lawyer will be in touch, and I have filed a complaint with the dental board. Stay away from this place if you value your health.",
}

func BenchmarkJudge(b *testing.B) {
	c := classify.Default()
	bytes := 0
	for _, text := range benchTexts {
		bytes += len(text)
	}
	b.SetBytes(int64(bytes / len(benchTexts)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		c.Judge(benchTexts[i%len(benchTexts)], 0)
		i++
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
