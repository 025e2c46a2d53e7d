package cluster

// Build is the build of this program.
func Build() (string, error) { return build() }
