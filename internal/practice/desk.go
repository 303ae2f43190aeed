package practice

import (
	"context"
	"encoding/json"

	"goodword/internal/audit"
	"goodword/internal/database"
)

// Desk is how a computer that several people share guards what is on its screen.
type Desk struct {
	On      bool `json:"on"`      // whoever works picks their name first, and gives their PIN if they have one
	Minutes int  `json:"minutes"` // without a touch until it locks; 0: never by itself
	Blur    bool `json:"blur"`    // what is on screen is covered while another window is in front
}

// UsualDesk is what a practice has that has decided nothing.
var UsualDesk = Desk{Minutes: 5}

const settingDesk = "desk"

// Desk returns how the screen is guarded. A setting that makes no sense counts as none.
func (s *Store) Desk(ctx context.Context) (Desk, error) {
	text, err := s.Setting(ctx, settingDesk)
	if err != nil || text == "" {
		return UsualDesk, err
	}
	desk := UsualDesk
	if json.Unmarshal([]byte(text), &desk) != nil || desk.Minutes < 0 {
		return UsualDesk, nil
	}
	return desk, nil
}

// SetDesk stores how the screen is guarded.
func (s *Store) SetDesk(ctx context.Context, desk Desk, by audit.Actor) error {
	desk.Minutes = max(0, min(desk.Minutes, 240))
	return s.SetSetting(ctx, settingDesk, database.Pack(desk), by)
}
