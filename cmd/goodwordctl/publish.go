package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/paper"
)

type accountVerb struct {
	List   accountList   `cmd:"" default:"1" help:"List the practice's own accounts on networks."`
	Add    accountAdd    `cmd:"" help:"Connect an account; its password is read from standard input."`
	Remove accountRemove `cmd:"" help:"Disconnect an account and forget its password."`
}

type accountList struct{}

func (accountList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Publish.Accounts(d.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return d.remark("No accounts yet. Connect one with \"goodwordctl account add NETWORK --handle NAME\".")
		}
		for _, a := range list {
			if err := d.print(a, "%-10s %s, %s", a.Network, a.Shows, a.Server); err != nil {
				return err
			}
		}
		return nil
	})
}

type accountAdd struct {
	Network string `arg:"" enum:"bluesky,mastodon,website" help:"bluesky, mastodon, or website for WordPress."`
	Server  string `help:"Address of the server or of the website."`
	Handle  string `help:"Name of the account."`
	Inside  bool   `help:"The server is inside the practice's own network."`
}

func (v accountAdd) Run(d *desk) error {
	lines := bufio.NewScanner(d.in)
	if !lines.Scan() || strings.TrimSpace(lines.Text()) == "" {
		return errors.New("Give the password on standard input, so that no other program can read it")
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		a, err := h.Publish.Connect(d.ctx, advocacy.Account{Network: v.Network, Server: v.Server, Handle: v.Handle, Inside: v.Inside}, lines.Text(), by)
		if err != nil {
			return err
		}
		return d.print(a, "Connected as %s", a.Shows)
	})
}

type accountRemove struct {
	Network string `arg:"" help:"bluesky, mastodon or website."`
}

func (v accountRemove) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Publish.Disconnect(d.ctx, v.Network, by); err != nil {
			return err
		}
		return d.remark("Disconnected. The password is forgotten.")
	})
}

type spotlightPost struct {
	ID      int64  `arg:"" help:"Number of the spotlight."`
	Network string `arg:"" help:"Network on which the practice has an account: bluesky, mastodon or website."`
	Appears string `help:"Let it appear at this moment, such as \"2026-11-24 09:00\", where the network can keep it."`
}

func (v spotlightPost) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		var at time.Time
		if v.Appears != "" {
			var err error
			if at, err = d.moment(v.Appears); err != nil {
				return err
			}
		}
		out, err := h.Publish.Post(d.ctx, v.ID, v.Network, at, by)
		if err != nil {
			return err
		}
		if out.Earlier {
			return d.print(out, "It was up already from an earlier try: %s", out.URL)
		}
		return d.print(out, "Posted: %s", out.URL)
	})
}

type spotlightKit struct {
	ID   int64  `arg:"" help:"Number of the spotlight."`
	File string `arg:"" help:"Where the kit goes: a file that ends in .html, .pdf or .txt (the mail)." type:"path"`
}

func (v spotlightKit) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) (err error) {
		kit, err := h.Advocacy.MakeShareKit(d.ctx, v.ID, by)
		if err != nil {
			return err
		}
		file, err := os.OpenFile(v.File, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return fmt.Errorf("The file %s cannot be written: %w", v.File, err)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		switch strings.ToLower(filepath.Ext(v.File)) {
		case ".html":
			err = kit.WriteHTML(file)
		case ".txt":
			subject, body := kit.Mail()
			_, err = fmt.Fprintf(file, "%s\n\n%s", subject, body)
		default:
			err = paper.Write(file, filepath.Ext(v.File), kit.Sheet())
		}
		if err != nil {
			return err
		}
		return d.remark("The share kit is in " + v.File + ".")
	})
}
