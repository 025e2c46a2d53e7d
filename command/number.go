package command

import (
	"fmt"
	"strconv"
	"time"
)

// commas writes a number with a comma between thousands.
func commas(n uint64) string {
	if n < 1000 {
		return strconv.FormatUint(n, 10)
	}
	return fmt.Sprintf("%s,%03d", commas(n/1000), n%1000)
}

// several counts things: 1 state, 2 states.
func several(n uint64, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return commas(n) + " " + thing + "s"
}

// size writes bytes in the unit that leaves one to four digits.
func size(bytes uint64) string {
	units := []string{"KiB", "MiB", "GiB", "TiB"}
	x, unit := float64(bytes)/1024, units[0]
	for _, unit = range units {
		if x < 1000 || unit == "TiB" {
			break
		}
		x /= 1024
	}
	return fmt.Sprintf("%.3g %s", x, unit)
}

// seconds is a time as precise as anybody wants it.
func seconds(s float64) string {
	switch {
	case s < 1:
		return fmt.Sprintf("%.3f s", s)
	case s < 60:
		return fmt.Sprintf("%.1f s", s)
	}
	return (time.Duration(s) * time.Second).String()
}

// rate is how many a second, to three digits.
func rate(n uint64, seconds float64) string {
	perSecond := float64(n) / max(seconds, 1e-3)
	switch {
	case perSecond >= 999.5e3:
		return fmt.Sprintf("%.3g M/s", perSecond/1e6)
	case perSecond >= 999.5:
		return fmt.Sprintf("%.3g k/s", perSecond/1e3)
	}
	return fmt.Sprintf("%.0f/s", perSecond)
}
