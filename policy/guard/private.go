package guard

const privateID = "private-note"
