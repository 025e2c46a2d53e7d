package expression

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of an expression, which keep the parser and its callers from long work.
const (
	LengthMax  = 4096 // bytes
	nestingMax = 100
)

// Parse reads an expression. The error says what was wanted and where, by the number of
// the letter.
func Parse(text string) (*Expression, error) {
	if len(text) > LengthMax {
		return nil, fmt.Errorf("the expression has %d bytes; at most %d are read", len(text), LengthMax)
	}
	p := &parser{text: text}
	p.next()
	root, err := p.or(0)
	if err == nil && (p.token != "" || p.quoted) {
		err = p.wanted("&&, || or the end")
	}
	if err != nil {
		return nil, err
	}
	return &Expression{text, root}, nil
}

// parser reads tokens. A token is an operator, a bracket, a word, a number, or a text in
// quotes.
type parser struct {
	text   string
	at     int    // where the token after this one begins
	start  int    // where the token begins
	token  string // empty at the end
	quoted bool   // the token is a text, without its quotes
}

// operators are those of two letters, then those of one.
var operators = []string{"==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", "[", "]", ".", "*"}

func (p *parser) next() {
	rest := strings.TrimLeftFunc(p.text[p.at:], unicode.IsSpace)
	p.start, p.quoted = len(p.text)-len(rest), false
	p.token = first(rest)
	p.at = p.start + len(p.token)
	if text, err := strconv.Unquote(p.token); err == nil && strings.HasPrefix(p.token, `"`) {
		p.token, p.quoted = text, true
	}
}

// first is the first token of a text.
func first(text string) string {
	for _, op := range operators {
		if strings.HasPrefix(text, op) {
			return op
		}
	}
	if quoted, err := strconv.QuotedPrefix(text); err == nil && text[0] == '"' {
		return quoted
	}
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-#", r) }
	if end := strings.IndexFunc(text, func(r rune) bool { return !isWord(r) }); end > 0 {
		return text[:end]
	} else if end < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text)
	return text[:size]
}

func (p *parser) wanted(what string) error {
	got := strconv.Quote(p.token)
	if p.token == "" && !p.quoted {
		got = "the end"
	}
	return fmt.Errorf("letter %d: want %s, got %s", utf8.RuneCountInString(p.text[:p.start])+1, what, got)
}

// is reports whether the token is this operator or bracket.
func (p *parser) is(op string) bool { return p.token == op && !p.quoted }

func (p *parser) or(depth int) (node, error) {
	return p.chain("||", depth, p.and, func(l, r node) node { return or{l, r} })
}

func (p *parser) and(depth int) (node, error) {
	return p.chain("&&", depth, p.unary, func(l, r node) node { return and{l, r} })
}

// chain reads parts with an operator between them.
func (p *parser) chain(op string, depth int, part func(int) (node, error), join func(l, r node) node) (node, error) {
	left, err := part(depth)
	for err == nil && p.is(op) {
		var right node
		p.next()
		right, err = part(depth)
		left = join(left, right)
	}
	return left, err
}

func (p *parser) unary(depth int) (node, error) {
	switch {
	case depth > nestingMax:
		return nil, fmt.Errorf("the expression is nested more than %d deep", nestingMax)
	case p.is("!"):
		p.next()
		of, err := p.unary(depth + 1)
		return not{of}, err
	case p.is("("):
		p.next()
		inside, err := p.or(depth + 1)
		if err == nil && !p.is(")") {
			err = p.wanted(")")
		}
		p.next()
		return inside, err
	}
	return p.comparison()
}

func (p *parser) comparison() (node, error) {
	left, err := p.operand()
	if err != nil {
		return nil, err
	}
	for _, op := range operators[:4] {
		if p.is(op) {
			return p.compared(left, op)
		}
	}
	if p.is("<") || p.is(">") {
		return p.compared(left, p.token)
	}
	switch {
	case left.literal == nil:
		return truth{left.path}, nil
	case left.literal.text == "true" || left.literal.text == "false":
		return comparison{"==", left, operand{literal: &term{text: "true"}}}, nil
	}
	return nil, p.wanted("a comparison, such as ==")
}

func (p *parser) compared(left operand, op string) (node, error) {
	p.next()
	right, err := p.operand()
	return comparison{op, left, right}, err
}

func (p *parser) operand() (operand, error) {
	literal := p.quoted || isNumber(p.token) || p.token == "true" || p.token == "false"
	switch {
	case literal:
		t := term{text: p.token}
		p.next()
		return operand{literal: &t}, nil
	case !p.isWord():
		return operand{}, p.wanted("a path, a number or a text")
	}
	list := path{{name: p.token}}
	p.next()
	for {
		seg, more, err := p.segment()
		if err != nil || !more {
			return operand{path: list}, err
		}
		list = append(list, seg)
	}
}

func isNumber(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	_, unsigned := strconv.ParseUint(s, 10, 64)
	return err == nil || unsigned == nil
}

func (p *parser) isWord() bool {
	r, _ := utf8.DecodeRuneInString(p.token)
	return !p.quoted && (unicode.IsLetter(r) || r == '_')
}

// segment reads a further step of a path, if there is one.
func (p *parser) segment() (seg segment, more bool, err error) {
	switch {
	case p.is("."):
		p.next()
		if !p.isWord() && !p.quoted {
			return seg, false, p.wanted("the name of a field")
		}
		seg.name = p.token
		p.next()
		return seg, true, nil
	case p.is("["):
		p.next()
		seg = segment{name: p.token, bracket: true, any: p.is("*")}
		if !seg.any && !p.quoted && !p.isWord() && !isNumber(p.token) {
			return seg, false, p.wanted("a place, a key or *")
		}
		if p.next(); !p.is("]") {
			return seg, false, p.wanted("]")
		}
		p.next()
		return seg, true, nil
	}
	return seg, false, nil
}
