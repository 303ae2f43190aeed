package spotlights

import (
	"testing"

	"goodword/advocacy"
)

// What nobody marked as posted is called so, and not as if it stood there.
func TestWhatIsOnlyPerhapsPostedIsCalledSo(t *testing.T) {
	out, perhaps := advocacy.TakeDown{}, advocacy.TakeDown{Perhaps: true}
	for want, downs := range map[string][]advocacy.TakeDown{
		"A post must be taken down, because the consent under it was withdrawn.":                                                   {out},
		"A post that is perhaps out must be looked for and taken down, because the consent under it was withdrawn.":                {perhaps},
		"2 posts must be taken down, because the consent under them was withdrawn or ran out.":                                     {out, out},
		"3 posts must be taken down, 1 of them only perhaps posted, because the consent under them was withdrawn or ran out.":      {out, perhaps, out},
		"2 posts that are perhaps out must be looked for and taken down, because the consent under them was withdrawn or ran out.": {perhaps, perhaps},
	} {
		if got := mustComeDown(downs); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
