package conform

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/trace"
)

// Input is one log: the records of one node, or of all nodes if they are in one order.
// The content is NDJSON, one object of JSON in each line; empty lines mean nothing, and nor
// does a byte order mark at the start. Of a field that a line has twice, the last one counts.
type Input struct {
	Name string // of the file, for errors and reports
	Data []byte
}

// Files reads logs. The name - is standard input. A name that comes twice is an error: its
// records did not happen twice.
func Files(names ...string) ([]Input, error) {
	var inputs []Input
	for i, name := range names {
		if slices.Contains(names[:i], name) {
			return nil, &LogError{File: name, Problem: "the log is named twice"}
		}
		data, err := read(name)
		if err != nil {
			return nil, &LogError{File: name, Problem: plain(err)}
		}
		inputs = append(inputs, Input{name, data})
	}
	return inputs, nil
}

func read(name string) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(os.Stdin)
	}
	return os.ReadFile(name)
}

// plain is an error of a file without the name, which LogError has.
func plain(err error) string {
	if path := new(fs.PathError); errors.As(err, &path) {
		err = path.Err
	}
	return err.Error()
}

// LogError is a log that cannot be read, or a line of it.
type LogError struct {
	File    string
	Line    int // from 1 on, zero for the whole file
	Problem string
}

func (e *LogError) Error() string {
	place := trace.Escape(e.File)
	if e.Line > 0 {
		place += ":" + strconv.Itoa(e.Line)
	}
	return place + ": " + trace.Escape(e.Problem)
}

// lineMax is the longest line in bytes. A longer one is most likely no log.
const lineMax = 16 << 20

// byteOrderMark is what some editors and shells write before a text.
var byteOrderMark = []byte("\ufeff")

// record is a line of a log that stands for something.
type record struct {
	Fields
	text     string // the line
	clock    float64
	meanings []*meaning
}

// source is the records of one log.
type source struct {
	name    string
	records []record
	skipped int // lines for which Skip holds
}

// read makes a source of an input.
func (b *binding) read(in Input) (*source, error) {
	s := &source{name: in.Name}
	number := 0
	for rest := bytes.TrimPrefix(in.Data, byteOrderMark); len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte{'\n'})
		rest = after
		number++
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		isLast := len(bytes.TrimSpace(rest)) == 0
		if problem := b.add(s, line, number, isLast); problem != "" {
			return nil, &LogError{in.Name, number, problem}
		}
	}
	return s, nil
}

// add adds the record of one line, and returns the problem of a line that has none.
func (b *binding) add(s *source, line []byte, number int, isLast bool) (problem string) {
	if len(line) > lineMax {
		return fmt.Sprintf("the line has %d bytes: a record has %d at the most", len(line), lineMax)
	}
	object, problem := decode(line, isLast)
	if problem != "" {
		return problem
	}
	r := record{Fields: Fields{object: object, file: s.name, line: number}, text: string(line)}
	skipped, problem := b.skips(r.Fields)
	if skipped || problem != "" {
		s.skipped++
		return problem
	}
	k, problem := b.kindOf(&r.Fields)
	if problem == "" {
		problem = b.meaningsOf(&r, k)
	}
	if problem != "" {
		return problem
	}
	if b.clock != "" {
		clock, err := r.number(b.clock)
		if err != nil {
			return err.Error()
		}
		if n := len(s.records); n > 0 && s.records[n-1].clock > clock {
			return fmt.Sprintf("the clock %s goes back from %v to %v: the records of a file must be in its order", b.clock, s.records[n-1].clock, clock)
		}
		r.clock = clock
	}
	s.records = append(s.records, r)
	return ""
}

// decode reads an object. Numbers keep all their digits: an index of 64 bits is no float.
func decode(line []byte, isLast bool) (object map[string]any, problem string) {
	d := json.NewDecoder(bufio.NewReader(bytes.NewReader(line)))
	d.UseNumber()
	err := d.Decode(&object)
	wrongType := new(json.UnmarshalTypeError)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF) && isLast:
		return nil, fmt.Sprintf("the last line is cut: %s", tail(line))
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Sprintf("the JSON is cut: %s", tail(line))
	case errors.As(err, &wrongType) || err == nil && object == nil:
		return nil, fmt.Sprintf("a record is an object of JSON, and this is %s", shortened(string(line)))
	case err != nil:
		return nil, fmt.Sprintf("this is no JSON (%v): %s", err, shortened(string(line)))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, "there is more than one value in the line: want one record in each line"
	}
	if name := repeated(line); name != "" {
		return nil, fmt.Sprintf("the record has the field %s twice, and which one counts is not known: %s", name, shortened(string(line)))
	}
	return object, ""
}

// repeated is the name of a field that an object of the record has twice, or nothing. Loggers
// write such records where an attribute is added under a name that is there already, and the
// decoder would take the last one.
func repeated(line []byte) string {
	type level struct {
		names map[string]bool // of an object, nil in an array
		value bool            // the next token is a value, or begins one
	}
	d := json.NewDecoder(bytes.NewReader(line))
	var open []level
	for {
		token, err := d.Token()
		if err != nil { // the end
			return ""
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{names: map[string]bool{}})
			continue
		case json.Delim('['):
			open = append(open, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			continue
		}
		top := &open[len(open)-1]
		name, _ := token.(string)
		switch {
		case top.names == nil:
		case top.value:
			top.value = false
		case top.names[name]:
			return name
		default:
			top.names[name], top.value = true, true
		}
	}
}

// tail is the end of a line that is cut.
func tail(line []byte) string {
	const most = 40
	if len(line) <= most {
		return string(line)
	}
	return "…" + string(bytes.ToValidUTF8(line[len(line)-most:], nil))
}
