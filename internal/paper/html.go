package paper

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
)

// page is the whole of a web page that needs nothing but itself.
var page = template.Must(template.New("sheet").Funcs(template.FuncMap{
	"kind":    func(b Block) string { return strings.TrimPrefix(fmt.Sprintf("%T", b), "paper.") },
	"source":  source,
	"marked":  Marked.markup,
	"share":   func(w float64) string { return fmt.Sprintf("%.0f%%", 100*w) },
	"longest": Bars.longest,
	"part": func(size, all float64) string {
		if all <= 0 {
			return "0"
		}
		return fmt.Sprintf("%.1f%%", 80*size/all)
	},
	"lines": func(text string) []string { return strings.Split(text, "\n") },
}).Parse(`<!DOCTYPE html>
<html lang="{{.Language}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Sheet.Title}}</title>
<style>
body { font: 16px/1.55 system-ui, sans-serif; color: #1d2329; background: #fff; max-width: 46rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .3rem; } h2 { margin-top: 2rem; } h3, h4 { margin-top: 1.5rem; }
.small, footer, .subtitle { color: #5b6570; font-size: .87rem; } .subtitle { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; } th, td { text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #d8dde2; }
th { background: #eef1f4; } dl { display: grid; grid-template-columns: 12rem 1fr; gap: .3rem 1rem; } dt { color: #5b6570; } dd { margin: 0; }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid #c6cdd4; font-style: italic; } img { max-width: 100%; }
.bars { display: grid; grid-template-columns: 12rem 1fr; gap: .25rem 1rem; margin: 1rem 0; } .bars span { display: inline-block; } .bars span[style] { height: .8rem; }
.plain { background: #0b6e69; } .good { background: #2f9a63; } .mixed { background: #c98712; } .bad { background: #a83024; } .rest { background: #c8d0d4; }
ul.ticks { list-style: none; padding-left: 0; } ul.ticks li::before { content: "☐ "; } .sign { border-top: 1px solid #5b6570; width: 22rem; margin-top: 3rem; }
ins { color: #0b603e; } del { color: #a83024; }
footer { margin-top: 3rem; border-top: 1px solid #d8dde2; padding-top: .6rem; }
@media print { body { margin: 0; } .break { break-after: page; } }
</style>
</head>
<body>
<h1>{{.Sheet.Title}}</h1>
{{with .Sheet.Subtitle}}<p class="subtitle">{{.}}</p>
{{end}}{{range .Sheet.Blocks}}{{$k := kind .}}{{if eq $k "Heading"}}{{if le .Level 1}}<h2>{{.Text}}</h2>{{else if eq .Level 2}}<h3>{{.Text}}</h3>{{else}}<h4>{{.Text}}</h4>{{end}}
{{else if eq $k "Text"}}<p>{{if .Bold}}<strong>{{.Text}}</strong>{{else}}{{range $i, $l := lines .Text}}{{if $i}}<br>{{end}}{{$l}}{{end}}{{end}}</p>
{{else if eq $k "Small"}}<p class="small">{{.Text}}</p>
{{else if eq $k "List"}}{{if .Numbered}}<ol>{{range .Items}}<li>{{.}}</li>{{end}}</ol>{{else}}<ul{{if .Ticks}} class="ticks"{{end}}>{{range .Items}}<li>{{.}}</li>{{end}}</ul>{{end}}
{{else if eq $k "Table"}}<table>{{with .Head}}<tr>{{range .}}<th>{{.}}</th>{{end}}</tr>{{end}}{{range .Rows}}<tr>{{range .}}<td>{{.}}</td>{{end}}</tr>{{end}}</table>
{{else if eq $k "Facts"}}<dl>{{range .}}<dt>{{.Name}}</dt><dd>{{.Value}}</dd>{{end}}</dl>
{{else if eq $k "Quote"}}<blockquote>{{.Text}}</blockquote>
{{else if eq $k "Picture"}}<p><img src="{{source .Data}}" alt="{{.Alt}}"{{if .Width}} style="width:{{share .Width}}"{{end}}></p>
{{else if eq $k "Bars"}}{{$all := longest .}}<div class="bars">{{range .}}<div>{{.Name}}</div><div>{{range .Parts}}<span class="{{.Tone}}" style="width:{{part .Size $all}}"></span>{{end}} <span class="small">{{.Value}}</span></div>{{end}}</div>
{{else if eq $k "Marked"}}<p>{{marked .}}</p>
{{else if eq $k "Sign"}}<p class="sign small">{{.Under}}</p>
{{else if eq $k "Break"}}<div class="break"></div>
{{end}}{{end}}{{with .Sheet.Footer}}<footer>{{.}}</footer>
{{end}}</body>
</html>
`))

// source is a picture as an address that holds it whole.
func source(data []byte) template.URL {
	return template.URL("data:" + http.DetectContentType(data) + ";base64," + base64.StdEncoding.EncodeToString(data)) //nolint:gosec // the kind is one of a fixed list
}

// WriteHTML writes the sheet as one web page with its pictures inside, that loads nothing from anywhere.
func WriteHTML(w io.Writer, s Sheet) error {
	err := page.Execute(w, struct {
		Sheet    Sheet
		Language string
	}{s, s.language()})
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}
