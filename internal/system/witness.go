package system

// witnesses are the explanations in the making of a run, by the number of their property.
// They exist only of a run from its beginning.
type witnesses map[int]RunExplainer

// witness shows the state to which the last step has led, as the action left it, to the
// properties that explain runs.
func (p *Stepper) witness() {
	for i := range p.System.Properties {
		if p.System.Properties[i].ExplainRun != nil {
			p.witnessFor(i)
		}
	}
}

// witnessFor leaves an explanation that panics without its run, and so to Explain.
func (p *Stepper) witnessFor(property int) {
	defer func() {
		if recover() != nil {
			p.witnesses[property] = RunExplainer{See: func(State) {}, Say: func() string { return "" }}
		}
	}()
	p.watch.begin("the explanation of property "+p.System.Properties[property].Name, p.state)
	defer p.watch.end()
	if p.initial {
		if p.witnesses == nil {
			p.witnesses = witnesses{}
		}
		p.witnesses[property] = p.System.Properties[property].ExplainRun()
	}
	if w, ok := p.witnesses[property]; ok {
		w.See(p.after)
	}
}

// say returns the words of a property about the run, or nothing.
func (ws witnesses) say(property int) string {
	if w, ok := ws[property]; ok {
		return w.Say()
	}
	return ""
}
