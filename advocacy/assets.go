package advocacy

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
)

// load reads one of the files that ship with the program; a broken one is a fault of the build that the tests find.
func load[T any](file string) T {
	var into T
	text, err := assets.FS.ReadFile(file)
	if err != nil {
		panic(fmt.Errorf("read %s: %w", file, err))
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&into); err != nil {
		panic(fmt.Errorf("read %s: %w", file, err))
	}
	return into
}
