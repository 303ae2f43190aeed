package publish

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// fake is an invented server of one network that keeps what it is given, and fails where it is told.
type fake struct {
	network, site string
	mux           *http.ServeMux
	fault         func(w http.ResponseWriter, r *http.Request, make func()) bool // at the call that makes the post
	atUpload      func(w http.ResponseWriter) bool
	stuck         chan struct{}
	once          sync.Once

	mu      sync.Mutex
	posts   []map[string]any
	uploads int
	alts    []string
	keys    map[string]bool
	counted map[string]any
}

func (f *fake) release() { f.once.Do(func() { close(f.stuck) }) }

func newFake(network string) *fake {
	f := &fake{network: network, mux: http.NewServeMux(), stuck: make(chan struct{}), keys: map[string]bool{}}
	switch network {
	case "bluesky":
		f.bluesky()
	case "mastodon":
		f.mastodon()
	default:
		f.wordpress()
	}
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	mux := f.mux
	f.mu.Unlock()
	mux.ServeHTTP(w, r)
}

// set changes how the server behaves, while requests may still be under way.
func (f *fake) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

// take makes a post of what came in, unless the fault does something else with it.
func (f *fake) take(w http.ResponseWriter, r *http.Request, post func(body map[string]any) any) {
	var body map[string]any
	_ = json.NewDecoder(r.Body).Decode(&body)
	f.mu.Lock()
	fault := f.fault
	f.mu.Unlock()
	var said any
	make := func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if key := r.Header.Get("Idempotency-Key"); key != "" {
			if f.keys[key] {
				said = post(f.posts[len(f.posts)-1])
				return
			}
			f.keys[key] = true
		}
		f.posts = append(f.posts, body)
		said = post(body)
	}
	if fault != nil && fault(w, r, make) {
		return
	}
	make()
	answer(w, said)
}

func (f *fake) upload(w http.ResponseWriter, r *http.Request, said any) {
	alt := r.FormValue("description") + r.FormValue("alt_text")
	_, _ = io.Copy(io.Discard, r.Body)
	if f.atUpload != nil && f.atUpload(w) {
		return
	}
	f.mu.Lock()
	f.uploads++
	f.alts = append(f.alts, alt)
	f.mu.Unlock()
	answer(w, said)
}

func (f *fake) made() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.posts)
}

func (f *fake) bluesky() {
	const did = "did:plc:practice"
	f.mux.HandleFunc("POST /xrpc/com.atproto.server.createSession", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]string{"accessJwt": "token", "did": did, "handle": "practice.test"})
	})
	f.mux.HandleFunc("POST /xrpc/com.atproto.repo.uploadBlob", func(w http.ResponseWriter, r *http.Request) {
		f.upload(w, r, map[string]any{"blob": map[string]any{"$type": "blob", "ref": map[string]string{"$link": "x"}, "mimeType": "image/jpeg", "size": 5}})
	})
	f.mux.HandleFunc("POST /xrpc/com.atproto.repo.createRecord", func(w http.ResponseWriter, r *http.Request) {
		f.take(w, r, func(body map[string]any) any {
			return map[string]any{"uri": fmt.Sprintf("at://%s/app.bsky.feed.post/%v", did, body["rkey"])}
		})
	})
	f.mux.HandleFunc("GET /xrpc/com.atproto.repo.getRecord", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, p := range f.posts {
			if p["rkey"] == r.FormValue("rkey") {
				answer(w, map[string]any{"uri": fmt.Sprintf("at://%s/app.bsky.feed.post/%v", did, p["rkey"])})
				return
			}
		}
		w.WriteHeader(400)
		answer(w, map[string]string{"error": "RecordNotFound", "message": "Could not locate record"})
	})
	f.mux.HandleFunc("GET /xrpc/app.bsky.feed.getPosts", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"posts": []any{map[string]any{"uri": r.FormValue("uris"), "likeCount": 12, "repostCount": 2, "quoteCount": 1, "replyCount": 4}}})
	})
}

func (f *fake) mastodon() {
	status := func(p map[string]any) map[string]any {
		return map[string]any{"id": "1" + fmt.Sprint(len(f.posts)), "created_at": time.Now().UTC().Format(time.RFC3339), "url": f.site + "/@practice/1" + fmt.Sprint(len(f.posts)),
			"content": "<p>" + strings.ReplaceAll(html.EscapeString(fmt.Sprint(p["status"])), "\n\n", "</p><p>") + "</p>"}
	}
	f.mux.HandleFunc("GET /api/v1/accounts/verify_credentials", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]string{"id": "7", "acct": "practice", "display_name": "Lakeside"})
	})
	f.mux.HandleFunc("POST /api/v2/media", func(w http.ResponseWriter, r *http.Request) {
		f.upload(w, r, map[string]any{"id": "5", "url": nil})
	})
	f.mux.HandleFunc("GET /api/v1/media/5", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"id": "5", "url": f.site + "/5.jpg"})
	})
	f.mux.HandleFunc("POST /api/v1/statuses", func(w http.ResponseWriter, r *http.Request) {
		f.take(w, r, func(body map[string]any) any {
			if body["scheduled_at"] != nil {
				return map[string]any{"id": "9", "scheduled_at": body["scheduled_at"]}
			}
			return status(body)
		})
	})
	f.mux.HandleFunc("GET /api/v1/accounts/7/statuses", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		list := []any{}
		for _, p := range f.posts {
			if p["scheduled_at"] == nil {
				list = append(list, status(p))
			}
		}
		answer(w, list)
	})
	f.mux.HandleFunc("GET /api/v1/scheduled_statuses", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		list := []any{}
		for _, p := range f.posts {
			if p["scheduled_at"] != nil {
				list = append(list, map[string]any{"id": "9", "scheduled_at": p["scheduled_at"], "params": map[string]any{"text": p["status"]}})
			}
		}
		answer(w, list)
	})
	f.mux.HandleFunc("GET /api/v1/statuses/{id}", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"id": r.PathValue("id"), "favourites_count": 5, "reblogs_count": 3, "replies_count": 1})
	})
}

func (f *fake) wordpress() {
	post := func(p map[string]any) map[string]any {
		return map[string]any{"id": 40 + len(f.posts), "link": f.site + "/" + fmt.Sprint(p["slug"]), "status": p["status"]}
	}
	f.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if name, password, ok := r.BasicAuth(); !ok || name != "editor" || password != "open sesame" {
			w.WriteHeader(401)
			return
		}
		switch route := r.URL.Query().Get("rest_route"); {
		case route == "/wp/v2/users/me":
			answer(w, map[string]any{"name": "Ed", "capabilities": map[string]bool{"publish_posts": true, "upload_files": true}})
		case route == "/wp/v2/media" && r.Method == "POST":
			f.upload(w, r, map[string]any{"id": 3, "source_url": f.site + "/mara.jpg"})
		case route == "/wp/v2/media":
			list := []any{}
			if f.uploads > 0 {
				list = append(list, map[string]any{"id": 3, "source_url": f.site + "/mara.jpg"})
			}
			answer(w, list)
		case route == "/wp/v2/posts" && r.Method == "POST":
			f.take(w, r, func(body map[string]any) any { return post(body) })
		case route == "/wp/v2/posts":
			f.mu.Lock()
			defer f.mu.Unlock()
			list := []any{}
			for _, p := range f.posts {
				if p["slug"] == r.URL.Query().Get("slug") {
					list = append(list, post(p))
				}
			}
			answer(w, list)
		default:
			w.WriteHeader(404)
		}
	})
}
