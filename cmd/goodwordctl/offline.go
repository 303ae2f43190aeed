package main

import (
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
)

type offlineVerb struct {
	To string `arg:"" optional:"" enum:"on,off," default:"" help:"on: no request leaves this computer. off: sources are visited again."`
}

func (v offlineVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.To != "" {
			if err := d.leads(h, by, "The network is switched by the owner, the compliance officer or a manager"); err != nil {
				return err
			}
			value := map[string]string{"on": "yes", "off": "no"}[v.To]
			if err := h.Practices.SetSetting(d.ctx, practice.SettingOffline, value, by); err != nil {
				return err
			}
		}
		value, err := h.Practices.Setting(d.ctx, practice.SettingOffline)
		if err != nil {
			return err
		}
		text := "Online: sources are visited."
		if value == "yes" {
			text = "Offline: no request leaves this computer."
		}
		return d.print(map[string]bool{"offline": value == "yes"}, "%s", text)
	})
}
