package house

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultPath is the database that the desktop program opens: GOODWORD_DB, else goodword.db in the user's data folder.
func DefaultPath() (string, error) {
	if path := os.Getenv("GOODWORD_DB"); path != "" {
		return path, nil
	}
	folder, err := dataFolder()
	if err != nil {
		return "", fmt.Errorf("The folder for the data of this user is not known; name a database with --db: %w", err)
	}
	return filepath.Join(folder, "goodword.db"), nil
}

func dataFolder() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	switch runtime.GOOS {
	case "windows":
		if local := os.Getenv("LocalAppData"); local != "" {
			return filepath.Join(local, "Goodword"), nil
		}
		return filepath.Join(home, "AppData", "Local", "Goodword"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Goodword"), nil
	}
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "goodword"), nil
	}
	return filepath.Join(home, ".local", "share", "goodword"), nil
}
