package practice

import (
	"fmt"
	"time"
	_ "time/tzdata" // Windows has no list of time zones of its own
)

// CommonZones are the time zones that a form offers; any other IANA name may be typed.
func CommonZones() []string {
	return []string{"America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
		"America/Puerto_Rico", "America/Toronto", "America/Vancouver", "America/Halifax", "Europe/London", "Europe/Dublin", "Europe/Berlin", "Europe/Paris",
		"Europe/Madrid", "Europe/Rome", "Europe/Athens", "Australia/Sydney", "Australia/Perth", "Pacific/Auckland", "UTC"}
}

// CheckZone refuses a name that is no time zone; empty stands for the computer's own.
func CheckZone(name string) error {
	if name == "" {
		return nil
	}
	if _, err := time.LoadLocation(name); err != nil {
		return fmt.Errorf("%q is not a time zone such as America/Chicago", name)
	}
	return nil
}
