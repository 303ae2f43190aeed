package reviews

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ruleFile is a file of rules.
type ruleFile struct {
	Rules []Rule `yaml:"rules"`
}

// mostRuleFile is how large a file of rules may be. A rule takes a few lines, so this is thousands of them.
const mostRuleFile = 1 << 20

// WriteRules writes rules as a YAML file that ReadRules takes back: for another computer, or to keep a copy.
func WriteRules(w io.Writer, rules []Rule) error {
	text, err := yaml.Marshal(ruleFile{rules})
	if err != nil {
		return fmt.Errorf("The rules cannot be written: %w", err)
	}
	_, err = w.Write(text)
	return err
}

// ReadRules reads a YAML file of rules. Whether they can be kept is for SaveRule to say.
func ReadRules(r io.Reader) ([]Rule, error) {
	text, err := io.ReadAll(io.LimitReader(r, mostRuleFile+1))
	if err != nil {
		return nil, fmt.Errorf("The file cannot be read: %w", err)
	}
	if len(text) > mostRuleFile {
		return nil, errors.New("This is no file of rules: it is larger than a megabyte")
	}
	var file ruleFile
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	if err := decoder.Decode(&file); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("This is no file of rules: %w", err)
	}
	if len(file.Rules) == 0 {
		return nil, errors.New("This file has no rules in it")
	}
	return file.Rules, nil
}
