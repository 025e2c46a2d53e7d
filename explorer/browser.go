package explorer

import (
	"errors"
	"os"
	"os/exec"
	"runtime"
)

// OpenBrowser opens an address in the user's browser, and does not wait for it.
func OpenBrowser(link string) error {
	var words []string
	switch runtime.GOOS {
	case "darwin":
		words = []string{"open", link}
	case "windows":
		words = []string{"rundll32", "url.dll,FileProtocolHandler", link}
	default:
		if os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
			return errors.New("there is no display")
		}
		words = []string{"xdg-open", link}
	}
	c := exec.Command(words[0], words[1:]...)
	if err := c.Start(); err != nil {
		return err
	}
	go func() { _ = c.Wait() }() // its status says nothing about the page
	return nil
}
