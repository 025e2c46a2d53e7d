// Package explorer shows a model in a browser: the state and what changed, the steps that
// lead on and what each would break, why the other actions do not, the truth of each
// property, searches, pictures. The commands mc explore and mc check --explore serve it,
// and mctest.Explore does so from a test:
//
//	s, err := explorer.New(explorer.Options{Model: explore.Of(lease.New(lease.Config{}))})
//	...
//	l, err := explorer.Listen("")
//	...
//	fmt.Println(s.Link(l.Addr()))
//	err = s.Serve(ctx, l) // until the context ends
//
// # What the server keeps
//
// The server keeps no session. The page asks about a run by the text of its steps, as mc
// replay --steps reads them, and the link of the page holds everything: the model, its
// parameters, the steps, notes, filters. What the server remembers are caches by steps,
// which may forget: a run of a step more takes one step. API.md describes the questions
// and their answers.
//
// # What the server refuses
//
// The server runs a model for those who may ask, and no others:
//
//   - It listens on 127.0.0.1 unless it is told another address.
//   - A question must bring the token, which is random, as a header. The link has it in
//     its fragment, which browsers send nowhere.
//   - The Host must be a loopback name or the address on which it listens, so that no page
//     of another site can give its own name the address of this server.
//   - A page of another origin is refused, whether it reads or writes, and no header
//     permits it to read an answer or to embed the page.
//   - The page's content security policy permits the page's own script and styles alone, by
//     their hashes, and all else from the server alone. Texts of the model go in as texts. A picture is shown in a frame without scripts,
//     where style attributes are permitted and nothing is loaded from elsewhere.
//   - Questions have a size, a time, a number of steps and of states, and as many as 16 at
//     a time. A model whose code panics is reported. Code that does not return is named; it
//     keeps its question's place, and neither the others nor the end of the server waiting.
//
// Whoever has the link can run the model. On an address that other machines reach, the
// link and all else are not encrypted.
package explorer
