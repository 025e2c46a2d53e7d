package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/muster-mc/muster/command"
)

// Each recipe is a folder with a page. Code and files on a page are parts of files in
// the folder, commands print what the page shows, and links lead somewhere.

func TestPages(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join("*", "README.md"))
	if err != nil || len(pages) < 8 {
		t.Fatalf("%d pages (%v), want 8 or more", len(pages), err)
	}
	index := read(t, "README.md")
	for _, page := range append(pages, "README.md") {
		folder := filepath.Dir(page)
		t.Run(folder, func(t *testing.T) {
			text := read(t, page)
			checkLinks(t, folder, text)
			checkBlocks(t, folder, text)
			if folder != "." && !strings.Contains(index, "]("+folder+")") {
				t.Errorf("README.md has no link to it")
			}
		})
	}
}

var link = regexp.MustCompile(`\]\(([^):#]+)\)`)

func checkLinks(t *testing.T, folder, text string) {
	for _, l := range link.FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(l[1]))); err != nil {
			t.Errorf("a link leads nowhere: %v", err)
		}
	}
}

var fence = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```")

func checkBlocks(t *testing.T, folder, text string) {
	blocks := fence.FindAllStringSubmatch(text, -1)
	if len(blocks) == 0 {
		t.Error("it shows nothing")
	}
	for _, b := range blocks {
		if kind, block := b[1], b[2]; kind == "console" {
			checkCommands(t, block)
		} else if !isInFolder(t, folder, block) {
			t.Errorf("no file in %s has\n%s", folder, block)
		}
	}
}

func isInFolder(t *testing.T, folder, block string) bool {
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if filepath.Ext(f) != ".md" && strings.Contains(read(t, f), block) {
			return true
		}
	}
	return false
}

// checkCommands runs those commands of a block that are this program's.
func checkCommands(t *testing.T, block string) {
	for _, s := range strings.Split("\n"+block, "\n$ ")[1:] {
		line, want, _ := strings.Cut(s, "\n")
		args, ok := strings.CutPrefix(line, "go run . ")
		if !ok {
			continue
		}
		var out, errs strings.Builder
		os.Args[0] = "recipes" // the program's name in its messages
		status := command.Main(fields(args), &out, &errs, entries...)
		if status == 2 || !shown(want).MatchString(out.String()) {
			t.Errorf("%s: status %d, and it prints\n%s%s\nnot, where … is anything,\n%s", line, status, &out, &errs, want)
		}
	}
}

// fields splits a command line, in which an argument may have single quotes around it.
func fields(line string) []string {
	var list []string
	for _, f := range regexp.MustCompile(`'[^']*'|\S+`).FindAllString(line, -1) {
		list = append(list, strings.Trim(f, "'"))
	}
	return list
}

// shown is the output that a page shows. A line of … stands for any lines.
func shown(output string) *regexp.Regexp {
	var pattern strings.Builder
	for line := range strings.Lines(output) {
		line = strings.TrimSpace(line)
		if line == "…" {
			pattern.WriteString(`(?s:.*)`)
		} else if line != "" {
			pattern.WriteString(`\s*` + regexp.QuoteMeta(line) + `\s*`)
		}
	}
	return regexp.MustCompile(`^\s*` + pattern.String() + `\s*$`)
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}
