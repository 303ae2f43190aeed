package inbox

import (
	"strings"

	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

// removable reports whether the open mention is of a kind that a site may take down, with reasons to give.
func (s *Screen) removable() bool {
	kind := s.reading.shown.judged.Kind
	return s.reading.id != 0 && (kind == classify.Spam || kind == classify.SuspectedFake) && len(s.reading.shown.judged.KindWhy) > 0
}

// copyRemoval copies a report that asks the site to look at the mention. It says what stands in the text, and nothing of the practice's own records: whether
// the writer was ever here is not for the site to hear.
func (s *Screen) copyRemoval() {
	s.host.Copy(removalReport(s.reading.shown.mention, s.reading.page(), s.reading.shown.judged.KindWhy))
	s.host.Toast("The reasons are copied. Put them into the site's own report form")
}

// removalReport words the report.
func removalReport(m reviews.Mention, page string, why []classify.KindReason) string {
	var b strings.Builder
	b.WriteString("Please look at this post on " + respond.SiteName(m.Site) + ". It does not seem to be about a visit to this practice.\n\n")
	if page != "" {
		b.WriteString("Post: " + page + "\n")
	}
	if !m.Posted.IsZero() {
		b.WriteString("Posted: " + m.Posted.Format("2 January 2006") + "\n")
	}
	b.WriteString("\nWhat stands in it:\n")
	for _, reason := range why {
		b.WriteString("- " + reasonLine(reason) + "\n")
	}
	return b.String()
}

// reasonLine is a reason with the words that it stands on.
func reasonLine(r classify.KindReason) string {
	if r.Words == "" {
		return r.Says
	}
	return r.Says + " “" + strings.Join(strings.Fields(r.Words), " ") + "”"
}
