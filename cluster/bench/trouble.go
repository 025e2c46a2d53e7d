package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// makeTrouble does what the flags ask for, at random moments, until all is done or the run
// is over.
func (c *cluster) makeTrouble(ctx context.Context) {
	if c.proxy != nil {
		if sleep(ctx, *pause) {
			c.cutOff(ctx)
		}
	}
	var plan []func()
	add := func(n int, f func()) {
		for range n {
			plan = append(plan, f)
		}
	}
	add(*killWorkers, c.killWorker)
	add(*killCoordinators, func() { c.say("the coordinator is killed"); c.kill("coordinator") })
	add(*killServers, func() { c.restartServer(false) })
	add(*wipe, func() { c.restartServer(true) })
	c.random.Shuffle(len(plan), func(i, j int) { plan[i], plan[j] = plan[j], plan[i] })
	for done, trouble := range plan {
		if !sleep(ctx, time.Duration(c.random.Float64()*2*float64(*pause))) {
			c.say("the run is over after %d of %d kills", done, len(plan))
			return
		}
		trouble()
	}
}

func sleep(ctx context.Context, t time.Duration) (ok bool) {
	select {
	case <-time.After(t):
		return true
	case <-ctx.Done():
		return false
	}
}

func (c *cluster) killWorker() {
	i := c.random.IntN(*workers)
	c.say("worker %d is killed, and another one started", i)
	c.kill(fmt.Sprint("worker ", i))
	if err := c.startWorker(i); err != nil {
		c.say("%v", err)
	}
}

func (c *cluster) restartServer(wiped bool) {
	c.kill("server")
	if wiped {
		c.say("the server is killed, its directory removed, and the server started again")
		if err := os.RemoveAll(filepath.Join(c.directory, "streams")); err != nil {
			c.say("%v", err)
		}
	} else {
		c.say("the server is killed, and started again")
	}
	if err := c.startServer(); err != nil {
		c.say("%v", err)
	}
}

// cutOff has the proxy pass nothing for a while. Its connections stay open, as they do when
// a network is cut.
func (c *cluster) cutOff(ctx context.Context) {
	c.say("worker 0 is cut off for %v", *cut)
	c.proxy.set(false)
	over := !sleep(ctx, *cut)
	c.proxy.set(true)
	if over {
		c.say("the run is over before worker 0 is back")
		return
	}
	c.say("worker 0 is back")
}

// proxy passes bytes between a worker and the server, unless it is told not to.
type proxy struct {
	listener net.Listener
	server   string

	mutex  sync.Mutex
	open   bool
	opened *sync.Cond
}

func newProxy(server string) (*proxy, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{listener: l, server: server, open: true}
	p.opened = sync.NewCond(&p.mutex)
	go p.accept()
	return p, nil
}

func (p *proxy) address() string { return p.listener.Addr().String() }

func (p *proxy) set(open bool) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.open = open
	p.opened.Broadcast()
}

func (p *proxy) accept() {
	for {
		in, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.wait()
		out, err := net.Dial("tcp", p.server)
		if err != nil {
			_ = in.Close()
			continue
		}
		go p.pass(in, out)
		go p.pass(out, in)
	}
}

// wait waits until bytes may pass.
func (p *proxy) wait() {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for !p.open {
		p.opened.Wait()
	}
}

func (p *proxy) pass(from, to net.Conn) {
	defer from.Close()
	defer to.Close()
	data := make([]byte, 32<<10)
	for {
		n, err := from.Read(data)
		p.wait()
		if n > 0 {
			if _, err := to.Write(data[:n]); err != nil {
				return
			}
		}
		if err == io.EOF || err != nil {
			return
		}
	}
}
