// Package practice holds what all domains know of the practice itself: its name and numbers, its places, its people and their roles,
// its office hours, and the settings of the program.
package practice

import (
	"errors"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
)

// Practice is the practice as a whole. There is one in a database.
type Practice struct {
	Name        string            `json:"name"`
	Phone       string            `json:"phone"`
	Email       string            `json:"email,omitempty"`
	Website     string            `json:"website,omitempty"`
	City        string            `json:"city,omitempty"`
	Region      string            `json:"region,omitempty"`
	Country     string            `json:"country,omitempty"`
	TimeZone    string            `json:"time_zone,omitempty"`    // an IANA name such as America/Chicago; empty means the computer's own
	ContactName string            `json:"contact_name,omitempty"` // who takes calls about reviews
	ContactRole string            `json:"contact_role,omitempty"` // "office manager"
	Apology     Apology           `json:"apology"`
	Disciplines []string          `json:"disciplines,omitempty"`
	WatchWords  []string          `json:"watch_words,omitempty"` // a feed entry is about the practice if it has one of these
	Facts       map[string]string `json:"facts,omitempty"`       // the fact sheet: "hours", "booking", "insurance", "parking", "languages"
	Hours       Hours             `json:"hours"`
	Targets     Targets           `json:"targets"`
	TargetRows  []TargetRow       `json:"target_rows,omitempty"` // the first that fits goes before Targets
	Sample      bool              `json:"sample,omitempty"`      // the invented practice for looking around
}

// Apology is how far a public reply may go in saying sorry.
type Apology string

// The three levels, from the most careful.
const (
	NoApology   Apology = "none"    // thanks and an offer to listen
	Regret      Apology = "regret"  // sorry that anyone feels so
	FullApology Apology = "apology" // sorry that the practice fell short
)

// Targets is how many office hours may pass before an answer, by urgency of the matter.
type Targets struct {
	Critical int `json:"critical"` // a signal of severity critical
	High     int `json:"high"`
	Negative int `json:"negative"` // one to three stars, or negative words
	Other    int `json:"other"`
}

// DefaultTargets are our suggestion for a small practice, in office hours; no norm sets them.
var DefaultTargets = Targets{Critical: 1, High: 4, Negative: 8, Other: 24}

// Place is one location of the practice. Pages maps a site ("google") to the address of the place's page on it.
type Place struct {
	ID      int64             `json:"id"`
	Name    string            `json:"name"`
	Address string            `json:"address,omitempty"`
	City    string            `json:"city,omitempty"`
	Phone   string            `json:"phone,omitempty"`
	Pages   map[string]string `json:"pages,omitempty"`
}

// Role says what a person may do.
type Role string

// The roles, by falling rights.
const (
	Owner      Role = "owner"
	Compliance Role = "compliance" // privacy or compliance officer
	Manager    Role = "manager"
	HR         Role = "hr"
	Clinician  Role = "clinician"
	Author     Role = "author" // may draft replies and posts
	Staff      Role = "staff"
)

// Roles lists all roles in the order in which a form offers them.
func Roles() []Role { return []Role{Owner, Compliance, Manager, HR, Clinician, Author, Staff} }

// MayApprove reports whether the role may approve the texts of others and publish its own free text.
func (r Role) MayApprove() bool { return slices.Contains([]Role{Owner, Compliance, Manager}, r) }

// MayDraft reports whether the role may write replies and posts.
func (r Role) MayDraft() bool { return r.MayApprove() || r == HR || r == Author }

// Person is a member of staff. HiredOn and LeftOn are days ("2026-11-22"); an empty LeftOn means still here.
type Person struct {
	ID          int64  `json:"id"`
	Name        string `json:"name"`
	Role        Role   `json:"role"`
	Job         string `json:"job,omitempty"` // as printed on a badge: "dental hygienist"
	Credentials string `json:"credentials,omitempty"`
	Email       string `json:"email,omitempty"`
	PlaceID     int64  `json:"place_id,omitempty"`
	HiredOn     string `json:"hired_on,omitempty"`
	LeftOn      string `json:"left_on,omitempty"`
}

// Actor is the person as the audit log names them.
func (p Person) Actor() audit.Actor { return audit.Actor{ID: p.ID, Name: p.Name} }

// Here reports whether the person works at the practice on the given day.
func (p Person) Here(day string) bool { return p.LeftOn == "" || p.LeftOn > day }

// Day is the form in which days are stored.
const Day = "2006-01-02"

// ErrNone says that the database has no practice yet.
var ErrNone = errors.New("No practice is set up yet. Run \"goodwordctl init --name NAME\" or start Goodword")

// ErrThere says that the database has a practice already.
var ErrThere = errors.New("There is a practice in this database already")

// ErrName is returned where two places, or two people who cannot be told apart, would have one name.
var ErrName = errors.New("the name is taken")

// ErrDay says that a day of a person is none, or that their last lies before their first.
var ErrDay = errors.New("this is no day")

// ErrNotFound says that there is no such place or person.
var ErrNotFound = errors.New("there is no such record")

// Location is the time zone of the practice.
func (p Practice) Location() *time.Location {
	if p.TimeZone == "" {
		return time.Local
	}
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		return time.Local
	}
	return zone
}

// Contact is the person to call, in the words of a reply: "our office manager, Dana Whitlock".
func (p Practice) Contact() string {
	role := p.ContactRole
	if role == "" {
		role = "office manager"
	}
	if strings.TrimSpace(p.ContactName) == "" {
		return "our " + role
	}
	return "our " + role + ", " + p.ContactName
}
