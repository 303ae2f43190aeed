package publish

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"goodword/advocacy"
)

// wordpressNetwork is the practice's own website, where it is made with WordPress.
var wordpressNetwork = Network{
	ID: "website", Name: "WordPress", Example: "editor", Secret: "Application password", Schedule: true,
	Help: "In WordPress open Users, Profile, Application passwords, and add one called Goodword.\nThe user must be allowed to publish posts and to upload pictures: an author or an editor.\nEnter the address of the website, that user's name and the application password, never the user's own.",
	wire: wordpress{},
}

type wordpress struct{}

// route is the address of an interface that every WordPress answers at, whatever form its own addresses have.
func route(path string, query url.Values) string {
	if query == nil {
		query = url.Values{}
	}
	query.Set("rest_route", path)
	return "/?" + query.Encode()
}

func (wordpress) proof(l *line) http.Header {
	proof := base64.StdEncoding.EncodeToString([]byte(l.account.Handle + ":" + l.password))
	return http.Header{"Authorization": {"Basic " + proof}}
}

type wordpressPost struct {
	ID     int64  `json:"id"`
	Link   string `json:"link"`
	Status string `json:"status"`
}

func (w wordpress) who(ctx context.Context, l *line) (handle, shows string, err error) {
	var user struct {
		Name   string          `json:"name"`
		Rights map[string]bool `json:"capabilities"`
	}
	if err := l.ask(ctx, call{path: route("/wp/v2/users/me", url.Values{"context": {"edit"}}), header: w.proof(l)}, &user); err != nil {
		return l.account.Handle, "", err
	}
	if !user.Rights["publish_posts"] || !user.Rights["upload_files"] {
		return l.account.Handle, "", problem(ErrAccount, nil, "The user %s may not publish posts and upload pictures on %s. Take an author or an editor", l.account.Handle, l.host())
	}
	return l.account.Handle, user.Name + " at " + l.host(), nil
}

// find asks for the post by its name in the address, in whatever state it is.
func (w wordpress) find(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, bool, error) {
	var list []wordpressPost
	query := url.Values{"slug": {slug(p)}, "status": {"publish,future,draft,pending,private"}, "context": {"edit"}}
	if err := l.ask(ctx, call{path: route("/wp/v2/posts", query), header: w.proof(l)}, &list); err != nil || len(list) == 0 {
		return advocacy.Made{}, false, err
	}
	return list[0].made(), list[0].ID != 0, nil
}

func (p wordpressPost) made() advocacy.Made {
	return advocacy.Made{Remote: fmt.Sprint(p.ID), URL: p.Link}
}

func (w wordpress) post(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, error) {
	content := paragraphs(p.Text)
	if len(p.Picture.Data) > 0 {
		figure, err := w.figure(ctx, l, p)
		if err != nil {
			return advocacy.Made{}, err
		}
		content = figure + "\n\n" + content
	}
	body := map[string]any{"title": p.Title, "content": content, "slug": slug(p), "status": "publish"}
	if !p.Appears.IsZero() {
		body["status"], body["date_gmt"] = "future", p.Appears.UTC().Format("2006-01-02T15:04:05")
	}
	var taken wordpressPost
	if err := l.ask(ctx, call{path: route("/wp/v2/posts", nil), header: w.proof(l), body: pack(body), makes: true}, &taken); err != nil {
		return advocacy.Made{}, err
	}
	if taken.ID == 0 {
		return advocacy.Made{}, problem(ErrUnsure, nil, "%s did not say where the post is, so it may be up or not. Press again: Goodword looks first, and nothing is posted twice", l.host())
	}
	return taken.made(), nil
}

type wordpressMedia struct {
	ID     int64  `json:"id"`
	Source string `json:"source_url"`
}

// figure puts the picture into the media of the site, unless an earlier try did, and returns the part of the page that shows it.
func (w wordpress) figure(ctx context.Context, l *line, p advocacy.Post) (string, error) {
	name := slug(p) + "-" + pictureMark(p.Picture)
	var there []wordpressMedia
	if p.Tries > 1 {
		if err := l.ask(ctx, call{path: route("/wp/v2/media", url.Values{"slug": {name}}), header: w.proof(l)}, &there); err != nil {
			return "", err
		}
	}
	if len(there) == 0 {
		body, kind, err := form(map[string]string{"alt_text": p.Picture.Alt, "slug": name, "title": p.Title}, p.Picture)
		if err != nil {
			return "", err
		}
		var media wordpressMedia
		if err := l.ask(ctx, call{path: route("/wp/v2/media", nil), header: w.proof(l), body: body, kind: kind}, &media); err != nil {
			return "", err
		}
		there = append(there, media)
	}
	if there[0].ID == 0 || there[0].Source == "" {
		return "", problem(ErrRefused, nil, "%s did not take the picture", l.host())
	}
	return fmt.Sprintf("<!-- wp:image {\"id\":%d} -->\n<figure class=\"wp-block-image\"><img src=\"%s\" alt=\"%s\" class=\"wp-image-%d\"/></figure>\n<!-- /wp:image -->",
		there[0].ID, html.EscapeString(there[0].Source), html.EscapeString(p.Picture.Alt), there[0].ID), nil
}

// paragraphs sets a text as a page does, with its links.
func paragraphs(text string) string {
	var parts []string
	for part := range strings.SplitSeq(text, "\n\n") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		parts = append(parts, "<!-- wp:paragraph -->\n<p>"+strings.ReplaceAll(linked(part), "\n", "<br>")+"</p>\n<!-- /wp:paragraph -->")
	}
	return strings.Join(parts, "\n\n")
}

func linked(text string) string {
	var b strings.Builder
	from := 0
	for _, f := range facetsOf(text) {
		if f.Features[0]["uri"] == "" {
			continue
		}
		address := html.EscapeString(f.Features[0]["uri"])
		b.WriteString(html.EscapeString(text[from:f.Index.Start]) + `<a href="` + address + `">` + address + `</a>`)
		from = f.Index.End
	}
	return b.String() + html.EscapeString(text[from:])
}

// slug is the name of the post in its address: its title in letters that any address takes, and a mark that no other post has.
func slug(p advocacy.Post) string {
	var words []string
	word := strings.Builder{}
	flush := func() {
		if word.Len() > 0 {
			words = append(words, word.String())
			word.Reset()
		}
	}
	for _, r := range strings.ToLower(p.Title) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			word.WriteRune(r)
		case r == '\'' || r == '’':
		default:
			flush()
		}
	}
	flush()
	if len(words) > 8 {
		words = words[:8]
	}
	return strings.Join(append(words, recordKey(p)), "-")
}

// pictureMark tells one picture from another.
func pictureMark(r advocacy.Rendition) string {
	sum := sha256.Sum256(r.Data)
	return hex.EncodeToString(sum[:4])
}
