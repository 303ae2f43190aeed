// Package assets holds the data that ships inside the program: rules, lists, lessons, templates, icons, fonts.
// Every fact in it says where it comes from and when it was checked.
package assets

import "embed"

// FS is the embedded data, one folder a subject.
//
//go:embed case checklist clauses enforcement fonts icons languages lessons mail myths observances
//go:embed lint releases rules sample sentiment sites stories templates topics urgency words
var FS embed.FS
