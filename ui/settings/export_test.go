package settings

// ExportRules is Export with the file chosen.
func (s *Screen) ExportRules(file string) { s.rulesPane().exportTo(file) }

// ImportRules is Import with the file chosen.
func (s *Screen) ImportRules(file string) { s.rulesPane().bringFrom(file) }

func (s *Screen) rulesPane() *rulesPane {
	for _, p := range s.panes {
		if p, ok := p.(*rulesPane); ok {
			return p
		}
	}
	return nil
}

// ReadStaff reads a staff list as if it had been chosen.
func ReadStaff(s *Screen, path string) {
	for _, p := range s.panes {
		if people, ok := p.(*peoplePane); ok {
			people.readFile(path)
		}
	}
}
