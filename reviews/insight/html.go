package insight

import (
	_ "embed"
	"html/template"
	"io"
	"time"

	"goodword/internal/practice"
)

//go:embed report.html
var reportPage string

var reportTemplate = template.Must(template.New("report").Funcs(template.FuncMap{
	"percent": percentOf,
	"stars":   stars,
	"day":     func(t time.Time) string { return t.Format("2 January 2006") },
	"volume":  volumeChart,
	"rating":  ratingChart,
	"topics":  topicChart,
	"top":     shown,
}).Parse(reportPage))

// shownInReport bounds the lists of topics, sites and places on paper; the tables of CSV and XLSX are whole.
const shownInReport = 15

// page is what the report is made of.
type page struct {
	Figures
	Practice practice.Practice
	Made     time.Time
	Filter   string // "Harbor Point, Google", or "" for all
}

// writeHTML writes a page that stands alone: own styles, drawings inside, no script, nothing to fetch.
func writeHTML(w io.Writer, p page) error { return reportTemplate.Execute(w, p) }
