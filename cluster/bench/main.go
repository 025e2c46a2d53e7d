// Command bench runs a model on a cluster of processes on this machine, kills some of them
// at random moments, and compares the report with that of one process. It says what all processes have cost.
//
//	go run ./bench -kill-workers 20 -kill-coordinators 5 -kill-servers 5
//	go run ./bench -wipe 3              the server's directory is removed, three times
//	go run ./bench -ack-wait 1s -workers 4
//	go run ./bench -block 65536 -ack-wait 30s -partitions 4   nothing is killed: what a run costs
//	go run ./bench -cut 60s -block 1024 twophase --rms 9 --symmetry off
//
// The model is twophase with 8 resource managers and all of its states, unless arguments say
// otherwise: MODEL and flags of mc check. The status is 1 if the reports differ.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/muster-mc/muster/cluster/queue/jetstream"
	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
)

var (
	program          = flag.String("program", "", "the `file` of mc-cluster; it is built unless set")
	workers          = flag.Int("workers", 2, "the `number` of worker processes, of one task each")
	killWorkers      = flag.Int("kill-workers", 0, "the `number` of workers to kill")
	killCoordinators = flag.Int("kill-coordinators", 0, "the `number` of coordinators to kill")
	killServers      = flag.Int("kill-servers", 0, "the `number` of servers to kill")
	wipe             = flag.Int("wipe", 0, "the `number` of times to kill the server and remove its directory")
	cut              = flag.Duration("cut", 0, "cut a worker off from the queue for this `time`")
	ackWait          = flag.Duration("ack-wait", 2*time.Second, "the `time` until a task is delivered again")
	pause            = flag.Duration("pause", 700*time.Millisecond, "the mean `time` between two kills")
	partitions       = flag.Int("partitions", 16, "the `number` of partitions")
	block            = flag.Int("block", 8192, "states of a block")
	seed             = flag.Uint64("seed", 0, "of the moments of kills; 0 for another one each time")
	verbose          = flag.Bool("v", false, "print what the processes say")
	serve            = flag.Int("serve", 0, "be the server for the queue, on this `port` of loopback")
	serveDirectory   = flag.String("serve-directory", "", "with streams in this `directory`")
	one              = flag.Bool("one", false, "be one process that searches by itself, as mc does")
)

func main() {
	flag.Parse()
	switch {
	case *serve != 0:
		fail(beServer())
	case *one:
		os.Exit(command.Main(append([]string{"check"}, flag.Args()...), os.Stdout, os.Stderr, models.All...))
	default:
		fail(bench())
	}
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// beServer is the server process, until it is killed.
func beServer() error {
	_, err := jetstream.Start(jetstream.ServerOptions{Directory: *serveDirectory, Port: *serve})
	if err != nil {
		return err
	}
	select {}
}

// cluster is the processes.
type cluster struct {
	directory, program string
	url                string // of the server
	proxy              *proxy // between one worker and the server, or nil
	model              []string
	random             *rand.Rand
	began              time.Time

	mutex     sync.Mutex
	processes map[string]*exec.Cmd
	cpu       map[string]time.Duration // by role, of processes that have ended
	memory    int64                    // the most of a worker, in KiB
}

func bench() error {
	model := flag.Args()
	if len(model) == 0 {
		model = []string{"twophase", "--rms", "8", "--symmetry", "off"}
	}
	directory, err := os.MkdirTemp("", "muster-cluster-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(directory)
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	c := &cluster{
		directory: directory, program: *program, model: model, random: rand.New(rand.NewPCG(*seed, 0)),
		processes: map[string]*exec.Cmd{}, cpu: map[string]time.Duration{},
	}
	fmt.Printf("%s: seed %d\n", strings.Join(model, " "), *seed)
	if c.program == "" {
		c.program = filepath.Join(directory, "mc-cluster")
		if out, err := exec.Command("go", "build", "-o", c.program, "github.com/muster-mc/muster/cluster/cmd/mc-cluster").CombinedOutput(); err != nil {
			return fmt.Errorf("%w: %s", err, out)
		}
	}
	want, oneCPU, err := c.alone()
	if err != nil {
		return err
	}
	got, err := c.run()
	if err != nil {
		return err
	}
	return c.judge(want, got, oneCPU)
}

// alone is the report of one process, and the CPU time that it took.
func (c *cluster) alone() ([]byte, time.Duration, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, 0, err
	}
	cmd := exec.Command(self, append([]string{"-one", "--"}, append(slices.Clone(c.model), "--json")...)...)
	began := time.Now()
	out, err := cmd.Output()
	var status *exec.ExitError
	if err != nil && !(errors.As(err, &status) && status.ExitCode() == 1) {
		return nil, 0, fmt.Errorf("one process: %w", err)
	}
	cpu := cpuOf(cmd)
	fmt.Printf("one process: %.1f s, %.1f s of CPU, %d MiB\n", time.Since(began).Seconds(), cpu.Seconds(), memoryOf(cmd)>>10)
	return out, cpu, nil
}

// run runs the cluster, with all that happens to it, and returns the report.
func (c *cluster) run() ([]byte, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	c.url = fmt.Sprintf("nats://127.0.0.1:%d", port)
	c.began = time.Now()
	if err := c.startServer(); err != nil {
		return nil, err
	}
	defer c.killAll()
	if *cut > 0 {
		if c.proxy, err = newProxy(strings.TrimPrefix(c.url, "nats://")); err != nil {
			return nil, err
		}
	}
	for i := range *workers {
		if err := c.startWorker(i); err != nil {
			return nil, err
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var trouble sync.WaitGroup
	defer trouble.Wait()
	defer cancel()
	trouble.Go(func() { c.makeTrouble(ctx) })
	return c.coordinate()
}

// coordinate runs coordinators until one of them has a report.
func (c *cluster) coordinate() ([]byte, error) {
	for {
		var out bytes.Buffer
		args := append([]string{"check"}, c.model...)
		args = append(args, "--json", "--block", fmt.Sprint(*block), "--partitions", fmt.Sprint(*partitions))
		cmd := c.command("coordinator", append(args, c.where("coordinator")...)...)
		cmd.Stdout = &out
		if err := c.start("coordinator", cmd); err != nil {
			return nil, err
		}
		err := cmd.Wait()
		c.ended("coordinator", cmd)
		var status *exec.ExitError
		if err == nil || errors.As(err, &status) && status.ExitCode() == 1 {
			return out.Bytes(), nil
		}
		if status == nil || status.ExitCode() != -1 { // not a signal's
			return nil, fmt.Errorf("the coordinator ended: %w: %s", err, out.String())
		}
	}
}

// judge compares the reports.
func (c *cluster) judge(want, got []byte, oneCPU time.Duration) error {
	var d struct {
		Counts       struct{ Distinct uint64 }
		Distribution struct {
			Tasks, TasksDeliveredAgain, BlobsMadeAgain, BytesRead, BytesWritten uint64
			SecondsUnreachable                                                  float64
			SecondsByPhase                                                      map[string]float64
		}
	}
	if err := json.Unmarshal(got, &d); err != nil {
		return err
	}
	x := d.Distribution
	states := float64(d.Counts.Distinct)
	fmt.Printf("cluster: %.1f s, %d states, %d tasks, %d delivered again, %d blobs made again, unreachable for %.1f s\n",
		time.Since(c.began).Seconds(), d.Counts.Distinct, x.Tasks, x.TasksDeliveredAgain, x.BlobsMadeAgain, x.SecondsUnreachable)
	fmt.Printf("bytes a state: %.1f written, %.1f read\n", float64(x.BytesWritten)/states, float64(x.BytesRead)/states)
	c.killAll()
	sum := time.Duration(0)
	for _, role := range []string{"coordinator", "worker", "server"} {
		fmt.Printf("CPU of %ss: %.1f s\n", role, c.cpu[role].Seconds())
		sum += c.cpu[role]
	}
	fmt.Printf("CPU of all: %.1f s, %.2f times that of one process; the largest worker had %d MiB\n", sum.Seconds(), sum.Seconds()/oneCPU.Seconds(), c.memory>>10)
	a, b := plain(want), plain(got)
	if a != b {
		return fmt.Errorf("the reports differ:\n%s\nwant\n%s", b, a)
	}
	fmt.Println("the report is that of one process")
	return nil
}

// plain is a report without what depends on where the search was.
func plain(report []byte) string {
	var all map[string]any
	if err := json.Unmarshal(report, &all); err != nil {
		return err.Error() + ": " + string(report)
	}
	for _, name := range []string{"seconds", "bytes", "store", "distribution"} {
		delete(all, name)
	}
	text, err := json.MarshalIndent(all, "", " ")
	if err != nil {
		return err.Error()
	}
	return string(text)
}
