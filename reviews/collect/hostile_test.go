package collect

import (
	"strings"
	"testing"
	"time"
)

// TestTagsThatNeverEndTakeNoLonger is for feeds that make a careless reader search to their end again and again: a megabyte of each may take no
// longer than a megabyte of anything.
func TestTagsThatNeverEndTakeNoLonger(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time, which the race detector stretches")
	}
	const most = time.Minute // many minutes, where it is searched again and again
	for _, piece := range []string{"</a<a ", "</a<!--", "</a<![CDATA[", "<![CDATA[", "<item><title>x", "<item><link>", "<a b='", "&", "&#", "<?", "<!DOCTYPE a [", `{"items":[`, "[", `"`} {
		for _, frame := range [][2]string{{`<rss version="2.0"><channel>`, "</channel></rss>"}, {`<feed xmlns="http://www.w3.org/2005/Atom">`, "</feed>"}, {`{"version":"https://jsonfeed.org/version/1","items":[`, ""}} {
			body := frame[0] + strings.Repeat(piece, (1<<20)/len(piece)) + frame[1]
			start := time.Now()
			_, err := parseFeed([]byte(body), "", "https://example.org/feed", noon)
			if took := time.Since(start); took > most {
				t.Errorf("%q in %q: took %v (%v), want less than %v", piece, frame[0], took, err, most)
			}
		}
	}
}
