package collect

import (
	"errors"
	"net/url"
	"regexp"

	"goodword/reviews"
)

// googleAlertsKind is what Google finds for the practice's own alert. Its address lets anybody read it who knows it.
var googleAlertsKind = Kind{
	ID: "google-alerts", Title: "Google Alerts", Group: GroupFeeds, Every: 60, Retention: reviews.Own, All: true,
	Help: "Google tells what is new on the web about your practice, by a feed in place of e-mail.\n" +
		"1. Open google.com/alerts in your browser and sign in with the practice's Google account.\n" +
		"2. Write the name of the practice in quotation marks, for example \"Bright Harbor Dental\".\n" +
		"3. Press “Show options”. For “Deliver to” choose “RSS feed”, then press “Create alert”.\n" +
		"4. Beside the new alert stands an orange sign. Press it with the right mouse button, choose “Copy link”, and paste the link here.\n" +
		"The address is like a password. Goodword keeps it in this computer's keychain and never shows it again.",
	Fields:  []Field{{Name: "address", Label: "Address of the alert", Example: "https://www.google.com/alerts/feeds/…", Secret: true}},
	prepare: prepareGoogleAlerts,
	ask:     askFeed,
	knows:   knowsGoogleAlerts,
}

var (
	googleHost = regexp.MustCompile(`^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$`)
	alertPath  = regexp.MustCompile(`^/alerts/feeds/[0-9A-Za-z_-]+/[0-9A-Za-z_-]+/?$`)
)

// errNoAlert does not repeat what was pasted, which may be the secret with a slip in it.
var errNoAlert = errors.New("This is not the address of a Google alert. It starts with https://www.google.com/alerts/feeds/ and has two long numbers. " +
	"Set “Deliver to” of the alert to “RSS feed”, then copy the link behind the orange sign")

func knowsGoogleAlerts(u *url.URL) (reviews.Options, bool) {
	return reviews.Options{"address": u.String()}, googleHost.MatchString(u.Hostname()) && alertPath.MatchString(u.Path)
}

func prepareGoogleAlerts(values reviews.Options) (reviews.Source, string, error) {
	u, err := secretAddress(values["address"])
	if err != nil {
		return reviews.Source{}, "", errNoAlert
	}
	if _, ok := knowsGoogleAlerts(u); !ok {
		return reviews.Source{}, "", errNoAlert
	}
	u.Scheme = "https"
	return reviews.Source{Address: redacted(u, "/alerts/feeds/"), Site: "google"}, u.String(), nil
}
