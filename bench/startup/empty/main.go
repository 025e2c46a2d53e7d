// Command empty does nothing: it takes what any Go program takes to start.
package main

func main() {}
