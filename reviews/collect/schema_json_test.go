package collect

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// strict is what was read loosely, as encoding/json would have it with numbers and words as texts.
func strict(v any) any {
	switch v := v.(type) {
	case object:
		m := map[string]any{}
		for _, member := range v {
			m[member.name] = strict(member.value)
		}
		return m
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = strict(v[i])
		}
		return list
	}
	return v
}

// TestRightJSONIsReadRight holds the loose reader against encoding/json: what it forgives must not spoil what is right.
func TestRightJSONIsReadRight(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z ",:{}\[\]/*<>!\\'\n-]{0,20}`))
	var value func(depth int) *rapid.Generator[any]
	value = func(depth int) *rapid.Generator[any] {
		plain := rapid.Custom(func(t *rapid.T) any { return text.Draw(t, "text") })
		if depth == 0 {
			return plain
		}
		return rapid.Custom(func(t *rapid.T) any {
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				list := []any{}
				for range rapid.IntRange(0, 4).Draw(t, "long") {
					list = append(list, value(depth-1).Draw(t, "item"))
				}
				return list
			case 1:
				m := map[string]any{}
				for range rapid.IntRange(0, 4).Draw(t, "long") {
					m[text.Draw(t, "name")] = value(depth-1).Draw(t, "value")
				}
				return m
			case 2:
				return json.Number(fmt.Sprint(rapid.IntRange(-1000, 1000).Draw(t, "number"), ".5"))
			}
			return plain.Draw(t, "plain")
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		want := value(4).Draw(t, "value")
		written, err := json.Marshal(want)
		if rapid.Bool().Draw(t, "indented") {
			written, err = json.MarshalIndent(want, "", "  ")
		}
		if err != nil {
			t.Fatal(err)
		}
		got := readLoose(string(written))
		if len(got) != 1 || !reflect.DeepEqual(strict(got[0]), words(want)) {
			t.Fatalf("%s\ngot  %#v\nwant %#v", written, got, words(want))
		}
	})
}

// words turns numbers into the texts that they are read as.
func words(v any) any {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = words(v[i])
		}
		return list
	case map[string]any:
		m := map[string]any{}
		for name, inner := range v {
			m[name] = words(inner)
		}
		return m
	}
	return v
}
