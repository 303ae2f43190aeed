package collect

import (
	"context"
	"testing"

	"goodword/internal/audit"
	"goodword/reviews"
)

func TestTheSecretOfARemovedSourceIsForgottenAtTheNextStart(t *testing.T) {
	ctx := context.Background()
	n := onNetwork(t, nil)
	var list []reviews.Source
	for _, address := range []string{secretAlert, secretAlert + "1"} {
		draft, err := draftOf(address, false)
		if err != nil {
			t.Fatal(err)
		}
		source, err := n.AddDraft(ctx, draft, AddOptions{}, audit.Program)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, source)
	}
	if err := n.store.RemoveSource(ctx, list[0].ID, audit.Program); err != nil {
		t.Fatal(err)
	}
	if len(n.secrets) != 2 {
		t.Fatalf("got %d secrets, want both until nobody can undo the removal", len(n.secrets))
	}
	for range 2 { // the second start finds nothing to do
		if err := n.TidySecrets(ctx); err != nil {
			t.Fatal(err)
		}
		if _, kept := n.secrets[list[1].Secret]; len(n.secrets) != 1 || !kept {
			t.Errorf("got %v, want only the secret of the source that is there", n.secrets)
		}
	}
	if source, err := n.store.Source(ctx, list[0].ID); err != nil || source.Secret != "" {
		t.Errorf("got %q, %v; want a removed source without a secret", source.Secret, err)
	}
}

func TestSecretAddressesStoredBeforeMoveToTheKeychain(t *testing.T) {
	ctx := context.Background()
	const private, plain = "https://feeds.example.com/x?token=hush-hush", "https://blog.example.com/feed"
	n := onNetwork(t, map[string]string{"www.google.com/alerts/feeds/01234567890123456789/9876543210987654321": atomOf("Google Alert - x", `<entry><id>tag:google.com,2013:googlealerts/feed:1</id><title>Bright Harbor</title></entry>`)})
	ids := map[string]int64{}
	for _, address := range []string{secretAlert, private, plain} { // as the program before this one stored them
		source, err := n.store.AddSource(ctx, reviews.Source{Kind: reviews.KindFeed, Address: address, AllowPrivate: true, Match: []string{"Bright Harbor"}}, audit.Program)
		if err != nil {
			t.Fatal(err)
		}
		ids[address] = source.ID
	}
	if totals, err := n.Collect(ctx, Options{SourceID: ids[secretAlert]}); err != nil || totals.New != 1 {
		t.Fatal(totals, err)
	}
	for range 2 {
		if err := n.TidySecrets(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for address, kind := range map[string]string{secretAlert: "google-alerts", private: "secret-feed", plain: reviews.KindFeed} {
		source, err := n.store.Source(ctx, ids[address])
		if err != nil || source.Kind != kind {
			t.Errorf("%s is of the kind %s, %v; want %s", address, source.Kind, err, kind)
		}
		if kind != reviews.KindFeed && (source.Address == address || source.Name == address || n.secrets[source.Secret] != address) {
			t.Errorf("%s is stored as %s, named %s", address, source.Address, source.Name)
		}
	}
	if len(n.secrets) != 2 {
		t.Errorf("got %d secrets, want 2", len(n.secrets))
	}
	if totals, err := n.Collect(ctx, Options{SourceID: ids[secretAlert]}); err != nil || totals.Failed != 0 || totals.New != 0 {
		t.Errorf("got %+v, %v; want a good visit that brings nothing twice", totals, err)
	}
}

func TestAnAlertThatWasAddedTwiceIsKeptOnce(t *testing.T) {
	ctx := context.Background()
	for name, removed := range map[string]bool{"both there": false, "one removed": true} {
		t.Run(name, func(t *testing.T) {
			n := onNetwork(t, nil)
			old, err := n.store.AddSource(ctx, reviews.Source{Kind: reviews.KindFeed, Address: secretAlert}, audit.Program)
			if err != nil {
				t.Fatal(err)
			}
			draft, err := draftOf(secretAlert, false)
			if err != nil {
				t.Fatal(err)
			}
			added, err := n.AddDraft(ctx, draft, AddOptions{}, audit.Program)
			if err != nil {
				t.Fatal(err)
			}
			if removed {
				if err := n.store.RemoveSource(ctx, added.ID, audit.Program); err != nil {
					t.Fatal(err)
				}
			}
			if err := n.TidySecrets(ctx); err != nil {
				t.Fatal(err)
			}
			list, err := n.store.Sources(ctx)
			if err != nil || len(list) != 1 || list[0].ID != added.ID || len(n.secrets) != 1 || n.secrets[list[0].Secret] != secretAlert {
				t.Errorf("got %+v, %d secrets, %v; want the one whose address is in the keychain", list, len(n.secrets), err)
			}
			if gone, err := n.store.Source(ctx, old.ID); err != nil || gone.Address == secretAlert {
				t.Errorf("the database still has %s, %v", gone.Address, err)
			}
		})
	}
}
