package inbox

// praises reports whether the open mention has good words for somebody who works here, so that a spotlight could begin with it.
func (s *Screen) praises() bool {
	return s.reading.id != 0 && s.reading.shown.mention.Praises() && len(s.reading.shown.about) > 0
}

// nominate carries the praise over to the spotlights: the names of the colleagues, and what was said of them without the patient.
func (s *Screen) nominate() {
	o := s.reading.shown
	var names []string
	for _, id := range o.about {
		names = append(names, s.known().person(id))
	}
	s.host.Go("spotlights", o.mention.Praise(o.about, names, o.private))
}
