package main

import (
	"errors"
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
)

type initVerb struct {
	Name     string   `help:"Name of the practice." required:""`
	Phone    string   `help:"Phone number for callers."`
	Email    string   `help:"E-mail address of the practice."`
	Website  string   `help:"Address of the practice's own site."`
	City     string   `help:"City."`
	Region   string   `help:"State or region, such as OR."`
	Country  string   `help:"Country code." default:"US"`
	TimeZone string   `help:"Time zone, such as America/Chicago; by default the computer's own."`
	Contact  string   `help:"Who takes calls about reviews."`
	Role     string   `help:"The role of that person." default:"office manager"`
	Match    []string `help:"Watch words: a feed entry is about the practice if it has one of them, or the name. Without any, every entry of a source is taken to be." placeholder:"WORDS"`
	Owner    string   `help:"Name of the person who sets this up; becomes the first member of staff, as owner."`
}

func (v initVerb) Run(d *desk) (err error) {
	if strings.TrimSpace(v.Name) == "" {
		return wrong("The practice needs a name. Give --name NAME")
	}
	if d.homeless != nil {
		return d.homeless
	}
	h, err := house.Open(d.ctx, d.path, d.now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if have, err := h.Practices.Get(d.ctx); err == nil {
		return fmt.Errorf("The database %s already holds the practice %s. Use another with --db, or change it with \"goodwordctl practice\"", d.path, have.Name)
	} else if !errors.Is(err, practice.ErrNone) {
		return err
	}
	words := v.Match
	if len(words) > 0 {
		words = append([]string{v.Name}, words...)
	}
	p := practice.Practice{Name: v.Name, Phone: v.Phone, Email: v.Email, Website: v.Website, City: v.City, Region: v.Region, Country: v.Country,
		TimeZone: v.TimeZone, ContactName: v.Contact, ContactRole: v.Role, WatchWords: words}
	if err := h.Practices.Create(d.ctx, p, audit.Program); err != nil {
		return err
	}
	if v.Owner != "" {
		id, err := h.Practices.SavePerson(d.ctx, practice.Person{Name: v.Owner, Role: practice.Owner}, audit.Program)
		if err != nil {
			return err
		}
		if err := h.Practices.SetSetting(d.ctx, practice.SettingPerson, fmt.Sprint(id), audit.Program); err != nil {
			return err
		}
	}
	return d.print(map[string]string{"database": d.path, "practice": v.Name}, "Made %s for %s.", d.path, v.Name)
}
