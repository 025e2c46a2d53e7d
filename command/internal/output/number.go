package output

import (
	"fmt"
	"time"

	"github.com/muster-mc/muster/internal/number"
)

// About writes a number to three digits, and from a million on with a word.
func About(x float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e15, ""}, {1e12, " trillion"}, {1e9, " billion"}, {1e6, " million"}} {
		switch {
		case x < unit.size:
		case unit.name == "":
			return fmt.Sprintf("%.2g", x)
		default:
			return fmt.Sprintf("%.3g%s", x/unit.size, unit.name)
		}
	}
	if x < 1000 {
		return fmt.Sprintf("%.0f", x)
	}
	return number.Commas(round(x))
}

// round keeps three digits.
func round(x float64) uint64 {
	unit := uint64(1)
	for x >= 1000 {
		x, unit = x/10, unit*10
	}
	return uint64(x+0.5) * unit
}

// Size writes bytes in the unit that leaves one to three digits before the
// point.
func Size(bytes uint64) string {
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

// Rate writes a number of things per second, to three digits. A time of zero
// counts as a millisecond.
func Rate(n uint64, seconds float64) string {
	perSecond := float64(n) / max(seconds, 1e-3)
	switch {
	case perSecond >= 999.5e3:
		return fmt.Sprintf("%.3g M/s", perSecond/1e6)
	case perSecond >= 999.5:
		return fmt.Sprintf("%.3g k/s", perSecond/1e3)
	}
	return fmt.Sprintf("%.0f/s", perSecond)
}

// Seconds writes a time that was measured: the shorter, the more digits.
func Seconds(s float64) string {
	switch {
	case s < 1:
		return fmt.Sprintf("%.3f s", s)
	case s < 60:
		return fmt.Sprintf("%.1f s", s)
	}
	return (time.Duration(s) * time.Second).String()
}

// Duration writes a time that was estimated: to this many digits, in the unit
// that people would use.
func Duration(s float64, digits int) string {
	const minute, hour, day, year = 60, 3600, 86400, 365 * 86400
	switch {
	case s < 0.1:
		return fmt.Sprintf("%.2g s", s)
	case s < 2*minute:
		return fmt.Sprintf("%.*g s", digits, s)
	case s < 2*hour:
		return fmt.Sprintf("%.*g min", digits, s/minute)
	case s < 2*day:
		return fmt.Sprintf("%.*g h", digits, s/hour)
	case s < 2*year:
		return fmt.Sprintf("%.*g days", digits, s/day)
	}
	return fmt.Sprintf("%.2g years", s/year)
}

// Percent writes a fraction in percent, and a fraction below 0.1 % as 0.1 %.
func Percent(fraction float64) string {
	switch {
	case fraction < 0.001:
		return "0.1 %"
	case fraction < 0.1:
		return fmt.Sprintf("%.1f %%", 100*fraction)
	}
	return fmt.Sprintf("%.0f %%", 100*fraction)
}

// Share writes a part of a whole in percent. Only the whole is 100 %, and only
// nothing is 0.0 %: what lies between is rounded to 0.1 % at the least and to
// 99.9 % at the most.
func Share(part, whole uint64) string {
	percent := 100 * float64(part) / float64(max(whole, 1))
	switch {
	case part == whole:
		return "100 %"
	case part > 0:
		percent = min(max(percent, 0.1), 99.9)
	}
	return fmt.Sprintf("%.1f %%", percent)
}
