package proof

import (
	"context"
	"errors"
	"path"
	"regexp"
	"slices"
	"strings"

	"goodword/policy"
)

// evidence is what proves a point of the checklist or the agreement with a vendor: a note, a link, a file.
type evidence struct {
	of, title string // the item of the checklist, or the vendor
	vendor    bool
	note      string
	link      string
	file      policy.File
	noted, by string
	at        string // where the file lies in the pack; empty: it is not kept in the program
	data      []byte
}

// proofs reads the evidence of the checklist and of the vendors that the pack is about, with its files.
func (b *Binder) proofs(ctx context.Context, k *pack) error {
	for _, g := range k.checklist {
		for _, i := range g.Items {
			k.evidence = append(k.evidence, evidence{of: i.ID, title: i.Text, note: i.Note, link: i.Link, file: i.File, noted: k.when(i.At), by: i.By})
		}
	}
	for _, v := range k.vendors {
		k.evidence = append(k.evidence, evidence{of: "vendor " + number(v.ID), title: v.Name, vendor: true, file: v.File})
	}
	k.evidence = slices.DeleteFunc(k.evidence, func(e evidence) bool { return e.note == "" && e.link == "" && e.file.Hash == "" })
	for i := range k.evidence {
		e := &k.evidence[i]
		if e.file.Hash == "" {
			continue
		}
		data, err := b.Policy.KeptFile(ctx, e.file.Hash)
		if errors.Is(err, policy.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		e.data, e.at = data, "evidence/"+e.file.Hash+ending(e.file.Name)
	}
	return nil
}

// anEnding is the end of a file's name that says what the file is.
var anEnding = regexp.MustCompile(`^\.[a-z0-9]{1,8}$`)

// ending is the ending of a file's name, where it is an ordinary one.
func ending(name string) string {
	if end := strings.ToLower(path.Ext(name)); anEnding.MatchString(end) {
		return end
	}
	return ""
}

// files are the files of the evidence, each once.
func (k *pack) files() []evidence {
	var list []evidence
	for _, e := range k.evidence {
		if e.at != "" && !slices.ContainsFunc(list, func(o evidence) bool { return o.at == e.at }) {
			list = append(list, e)
		}
	}
	return list
}

func (k *pack) evidencePart() part {
	p := part{name: "evidence", title: "Evidence", says: "What proves the points of the checklist and the agreements with vendors: notes, links and files, each file with its fingerprint (SHA-256). The files themselves lie in evidence/.",
		columns: []string{"of", "kind", "title", "note", "link", "file", "file_sha256", "in_the_pack", "noted", "by"}}
	for _, e := range k.evidence {
		kind, where := "checklist", e.at
		if e.vendor {
			kind = "vendor"
		}
		if e.file.Hash != "" && where == "" {
			where = "not kept here, only its fingerprint"
		}
		p.rows = append(p.rows, []string{e.of, kind, e.title, k.cover(e.note), e.link, k.cover(e.file.Name), e.file.Hash, where, e.noted, e.by})
	}
	return k.made(p, []int{0, 2, 3, 5, 6, 8}, []float64{0.09, 0.24, 0.19, 0.14, 0.16, 0.18}, "No evidence is on record.", k.caution())
}
