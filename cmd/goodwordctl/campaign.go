package main

import (
	"fmt"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
)

type campaignVerb struct {
	List    campaignList    `cmd:"" default:"1" help:"List the campaigns, the latest first."`
	Add     campaignAdd     `cmd:"" help:"Add a campaign."`
	Join    campaignJoin    `cmd:"" help:"Put a post into a campaign, or take it out with 0."`
	End     campaignEnd     `cmd:"" help:"End a campaign on a day, with what was learned."`
	Results campaignResults `cmd:"" help:"Print what came of a campaign."`
}

type campaignList struct{}

func (campaignList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Advocacy.Reports(d.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return d.remark("No campaigns yet. Add one with \"goodwordctl campaign add NAME --goal hiring --until D\".")
		}
		for _, r := range list {
			if err := d.printCampaign(r.Campaign, r.State()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *desk) printCampaign(c advocacy.Campaign, state string) error {
	return d.print(c, "%4d  %-9s %-10s %s, from %s until %s", c.ID, c.Goal, state, c.Name, c.From, c.Until)
}

type campaignAdd struct {
	Name   string `arg:"" help:"What it is called."`
	Goal   string `help:"hiring, morale or education." required:""`
	Aim    string `help:"What it is for, in a sentence."`
	Wanted int    `help:"How many of what the goal counts."`
	From   string `help:"First day; today when left out." placeholder:"D"`
	Until  string `help:"Last day." required:"" placeholder:"D"`
}

func (v campaignAdd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.From == "" {
			v.From = d.today()
		}
		c, err := h.Advocacy.SaveCampaign(d.ctx, advocacy.Campaign{Name: v.Name, Goal: advocacy.Goal(v.Goal), Aim: v.Aim, Wanted: v.Wanted, From: v.From, Until: v.Until}, by)
		if err != nil {
			return err
		}
		return d.print(c, "Added campaign %d: %s, from %s until %s.", c.ID, c.Name, c.From, c.Until)
	})
}

type campaignJoin struct {
	Spotlight int64 `arg:"" help:"Number of the post."`
	Campaign  int64 `arg:"" help:"Number of the campaign; 0 for none."`
}

func (v campaignJoin) Run(d *desk) error {
	return d.change(v.Spotlight, func(h *house.House, by audit.Actor) error {
		return h.Advocacy.JoinCampaign(d.ctx, v.Spotlight, v.Campaign, by)
	})
}

type campaignEnd struct {
	ID      int64  `arg:"" help:"Number of the campaign."`
	On      string `help:"Last day; today when left out." placeholder:"D"`
	Learned string `help:"What was learned, in a few words."`
}

func (v campaignEnd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		r, err := d.campaign(h, v.ID)
		if err != nil {
			return err
		}
		c := r.Campaign
		if c.Until = v.On; v.On == "" {
			c.Until = d.today()
		}
		if v.Learned != "" {
			c.Learned = v.Learned
		}
		if c, err = h.Advocacy.SaveCampaign(d.ctx, c, by); err != nil {
			return err
		}
		return d.print(c, "Campaign %d ends on %s.", c.ID, c.Until)
	})
}

func (d *desk) campaign(h *house.House, id int64) (advocacy.Report, error) {
	list, err := h.Advocacy.Reports(d.ctx)
	if err != nil {
		return advocacy.Report{}, err
	}
	for _, r := range list {
		if r.Campaign.ID == id {
			return r, nil
		}
	}
	return advocacy.Report{}, fmt.Errorf("There is no campaign with number %d. \"goodwordctl campaign\" prints them", id)
}

type campaignResults struct {
	ID int64 `arg:"" help:"Number of the campaign."`
}

type campaignRow struct {
	Campaign advocacy.Campaign `json:"campaign"`
	State    string            `json:"state"`
	Posts    int               `json:"posts"`
	Out      int               `json:"out"`
	Reached  int               `json:"reached"`
	Result   string            `json:"result"`
	Looked   int               `json:"looked"` // posts of which figures are known
	Reach    int               `json:"reach"`
	Reacted  int               `json:"reactions"`
	Asked    int               `json:"applications"`
	Bookings int               `json:"bookings"`
}

func (v campaignResults) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		r, err := d.campaign(h, v.ID)
		if err != nil {
			return err
		}
		sum := r.Sums()
		row := campaignRow{Campaign: r.Campaign, State: r.State(), Posts: len(r.Posts), Out: r.Out(), Reached: r.Reached(), Result: r.Result(), Looked: r.Looked(),
			Reach: sum.Reach, Reacted: sum.Reactions, Asked: sum.Applications, Bookings: sum.Bookings}
		text := fmt.Sprintf("%s: %s. %s\n%d of %d posts are out; figures are known of %d.", r.Campaign.Name, row.State, row.Result, row.Out, row.Posts, row.Looked)
		if row.Looked > 0 {
			text += fmt.Sprintf("\nSeen %d times, %d reactions.", row.Reach, row.Reacted)
		}
		return d.print(row, "%s", text)
	})
}
