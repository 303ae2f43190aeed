package policy

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
)

// Certificate says that a person passed a module. Its code is taken from the hash of the line of the audit log on the quiz, so that "verify" can
// find that line and say whether anything was altered since.
type Certificate struct {
	Code     string            `json:"code"`
	Practice practice.Practice `json:"-"`
	Person   practice.Person   `json:"person"`
	Module   Module            `json:"-"`
	Result   Result            `json:"result"`
	Version  Version           `json:"-"` // the policy in force on that day; none has number 0
	Line     int64             `json:"audit_line"`
	Hash     string            `json:"audit_hash"`
}

// codeSigns are the 32 signs of a code: no I, L, O and U, which are taken for others.
const codeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// certificateCode is the first sixty bits of the line's hash in three groups of four signs.
func certificateCode(l audit.Sealed) string {
	if len(l.Hash) < 15 {
		return ""
	}
	bits, err := strconv.ParseUint(l.Hash[:15], 16, 64)
	if err != nil {
		return ""
	}
	var b strings.Builder
	for i := range 12 {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(codeSigns[bits>>(55-5*i)&31])
	}
	return b.String()
}

// readCode takes a code as people type it from a paper.
func readCode(typed string) string {
	signs := strings.NewReplacer("-", "", " ", "", "O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(strings.TrimSpace(typed)))
	if len(signs) != 12 || strings.Trim(signs, codeSigns) != "" {
		return ""
	}
	return signs[:4] + "-" + signs[4:8] + "-" + signs[8:]
}

// FileName is a name for the certificate's file.
func (c Certificate) FileName() string {
	return fmt.Sprintf("certificate-%s-%s-%s.pdf", slug(c.Person.Name), c.Module.ID, c.Result.At.In(c.Practice.Location()).Format(practice.Day))
}

// slug is a name as it may stand in the name of a file.
func slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(words) == 0 {
		return "person"
	}
	return strings.Join(words, "-")
}

// Sheet is the certificate on paper.
func (c Certificate) Sheet() paper.Sheet {
	zone := c.Practice.Location()
	against := "no policy was in force yet"
	if c.Version.Number > 0 {
		against = fmt.Sprintf("version %d, in force from %s", c.Version.Number, writtenDay(c.Version.From))
	}
	name := c.Person.Name
	if c.Person.Credentials != "" {
		name += ", " + c.Person.Credentials
	}
	facts := paper.Facts{{Name: "Passed on", Value: c.Result.At.In(zone).Format("2 January 2006, 15:04 MST")},
		{Name: "Score", Value: fmt.Sprintf("%d of %d questions, %.0f%%", c.Result.Right, c.Result.Asked, 100*c.Result.Score())},
		{Name: "Asked for", Value: fmt.Sprintf("%.0f%%, and no question missed whose severity is high or critical (set by the program; no law sets it)", 100*PassMark)},
		{Name: "Policy on that day", Value: against}}
	if c.Version.Number > 0 {
		facts = append(facts, paper.Fact{Name: "Fingerprint of its text", Value: c.Version.Hash})
	}
	blocks := []paper.Block{paper.Text{Text: "This is to certify that"}, paper.Heading{Level: 1, Text: name}}
	if c.Person.Job != "" {
		blocks = append(blocks, paper.Small{Text: c.Person.Job})
	}
	blocks = append(blocks, paper.Text{Text: "has passed the training module"}, paper.Heading{Level: 2, Text: c.Module.Title}, facts)
	if len(c.Module.Goals) > 0 {
		blocks = append(blocks, paper.Heading{Level: 3, Text: "What the module is for"}, paper.List{Items: c.Module.Goals})
	}
	blocks = append(blocks, paper.Heading{Level: 3, Text: "What it stands on"})
	for _, b := range c.Module.Basis {
		blocks = append(blocks, paper.Small{Text: fmt.Sprintf("%s %s. %s.", strings.TrimSuffix(b.What, ".")+":", strings.TrimSuffix(b.Source, "."), b.HowChecked(writtenDay(b.Checked)))})
	}
	return paper.Sheet{Title: "Certificate of training", Subtitle: c.Practice.Name, Made: c.Result.At, Footer: "Verification code " + c.Code,
		Blocks: append(blocks, paper.Heading{Level: 3, Text: "How this certificate is verified"}, paper.Facts{{Name: "Verification code", Value: c.Code},
			{Name: "Line of the audit log", Value: fmt.Sprintf("%d, SHA-256 %s", c.Line, c.Hash)}},
			paper.Small{Text: "At the practice, \"goodwordctl verify --certificate " + c.Code + "\" finds that line and says whether it was altered since."},
			paper.Sign{Under: "For the practice, name, day"})}
}

// matches reports whether the result of a quiz is still what the audit log says of it.
func (r Result) matches(o Result) bool {
	return r.AttemptID == o.AttemptID && r.PersonID == o.PersonID && r.ModuleID == o.ModuleID && r.At.Truncate(time.Second).Equal(o.At.Truncate(time.Second)) &&
		r.Asked == o.Asked && r.Right == o.Right && r.Passed == o.Passed
}
