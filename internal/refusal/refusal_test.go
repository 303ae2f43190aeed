package refusal_test

import (
	"errors"
	"testing"

	"goodword/internal/refusal"
)

func TestTheSentenceIsAllThatIsRead(t *testing.T) {
	kind := errors.New("this step is not possible now")
	err := refusal.Because(kind, "Choose the %s first", "day")
	if err.Error() != "Choose the day first" || !errors.Is(err, kind) {
		t.Errorf("got %q, of the kind: %v", err, errors.Is(err, kind))
	}
}
