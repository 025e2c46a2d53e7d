package cluster_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What Kubernetes knows of the fields that the example uses. A field that is in none of these
// is an error.
type (
	object struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   metadata
		Spec       spec
	}
	metadata struct {
		Name   string
		Labels map[string]string
	}
	spec struct {
		Replicas int
		Selector struct {
			MatchLabels map[string]string `yaml:"matchLabels"`
		}
		BackoffLimit     int                           `yaml:"backoffLimit"`
		PodFailurePolicy struct{ Rules []failureRule } `yaml:"podFailurePolicy"`
		Template         struct {
			Metadata metadata
			Spec     podSpec
		}
	}
	failureRule struct {
		Action      string
		OnExitCodes struct {
			Operator string
			Values   []int
		} `yaml:"onExitCodes"`
	}
	podSpec struct {
		RestartPolicy string `yaml:"restartPolicy"`
		Containers    []container
	}
	container struct {
		Name, Image string
		Args        []string
		EnvFrom     []struct {
			SecretRef struct{ Name string } `yaml:"secretRef"`
		} `yaml:"envFrom"`
		Resources struct{ Requests, Limits map[string]string }
	}
)

// The example for Kubernetes has fields that there are, workers that the selector finds, one
// image, and command lines that mc-cluster takes.
func TestTheExampleForKubernetes(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("deploy", "kubernetes.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	all := yaml.NewDecoder(bytes.NewReader(text))
	all.KnownFields(true)
	var kinds, images []string
	for {
		var o object
		if err := all.Decode(&o); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, o.APIVersion+" "+o.Kind)
		pod := o.Spec.Template
		if o.Metadata.Name == "" || len(pod.Spec.Containers) != 1 {
			t.Fatalf("%s %q has %d containers", o.Kind, o.Metadata.Name, len(pod.Spec.Containers))
		}
		for name, value := range o.Spec.Selector.MatchLabels {
			if pod.Metadata.Labels[name] != value {
				t.Errorf("the selector wants %s=%s, the pods have %v", name, value, pod.Metadata.Labels)
			}
		}
		if o.Kind == "Deployment" && len(o.Spec.Selector.MatchLabels) == 0 || o.Kind == "Job" && pod.Spec.RestartPolicy != "Never" {
			t.Errorf("a %s without a selector, or with a restart policy %q", o.Kind, pod.Spec.RestartPolicy)
		}
		c := pod.Spec.Containers[0]
		images = append(images, c.Image)
		taken(t, c.Args)
	}
	if want := []string{"apps/v1 Deployment", "batch/v1 Job"}; !slices.Equal(kinds, want) {
		t.Errorf("there are %q, want %q", kinds, want)
	}
	if len(slices.Compact(images)) != 1 {
		t.Errorf("the images are %q, want one", images)
	}
}

// taken tries the arguments of a container, with a queue and a bucket that are here: the command
// line is one that mc-cluster takes, if nothing is wrong but that the queue cannot be reached.
func taken(t *testing.T, args []string) {
	t.Helper()
	text := strings.Join(args, " ")
	for old, here := range map[string]string{
		"nats://nats:4222":                       "nats://127.0.0.1:1",
		"s3://states/muster?region=eu-central-1": "file://" + filepath.ToSlash(t.TempDir()),
	} {
		if !strings.Contains(text, old) {
			t.Errorf("%s: there is no %s", text, old)
		}
		text = strings.Replace(text, old, here, 1)
	}
	status, _, errs := line(strings.Fields(text)...)
	if status != 2 || !strings.Contains(errs, "the queue nats://127.0.0.1:1 cannot be reached") {
		t.Errorf("%s: status %d, %s", text, status, errs)
	}
}

// The example for Slurm is a script that bash can read.
func TestTheExampleForSlurm(t *testing.T) {
	if out, err := exec.Command("bash", "-n", filepath.Join("deploy", "slurm.sh")).CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}
