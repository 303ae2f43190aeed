package guard

import "strings"

// shortestStatement is how many bytes a statement has at least: a word or two would hide what is said beside it.
const shortestStatement = 12

// aside are the words to be judged without the statements about health in general that a clinician of the practice stands behind, word for word. They
// become blanks, so that every other word keeps its place; what is said about somebody beside them is judged as ever.
func aside(text string, statements []string) string {
	for _, s := range statements {
		if len(s) >= shortestStatement && strings.Contains(text, s) {
			text = strings.ReplaceAll(text, s, strings.Repeat(" ", len(s)))
		}
	}
	return text
}
