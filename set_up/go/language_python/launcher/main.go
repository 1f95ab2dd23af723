// Command pulumi-language-python starts Pulumi's Python language host with the virtual environment of the project.
//
// The engine of today tells a host the project's `runtime.options` in each request, and the host that the module proxy
// serves reads them from its command line alone. Without them it runs whatever Python is first on PATH, and
// `pulumi install` makes a virtual environment of the project's own folder.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"

	"gopkg.in/yaml.v3"
)

const host = "pulumi-language-python-host"

func main() {
	if err := start(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-language-python: %v\n", err)
		os.Exit(1)
	}
}

// start replaces this process by the host, which lies beside it.
func start(arguments []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	program := filepath.Join(filepath.Dir(self), host)
	command := append([]string{program}, environment(folder)...)
	return syscall.Exec(program, append(command, arguments...), os.Environ())
}

// environment is the host's flag for the virtual environment of a project or package: the one that its file names, or else the one
// that is active, which is where Pulumi installs a project's packages if its file names none.
func environment(folder string) []string {
	for ; ; folder = filepath.Dir(folder) {
		for _, name := range []string{"PulumiPlugin.yaml", "Pulumi.yaml", "Pulumi.yml", "Pulumi.json"} {
			text, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil {
				continue
			}
			if named := virtualenv(text); named != "" {
				return []string{"-root=" + folder, "-virtualenv=" + named}
			}
			return active()
		}
		if folder == filepath.Dir(folder) {
			return active()
		}
	}
}

func active() []string {
	python, err := exec.LookPath("python3")
	if err != nil {
		return nil
	}
	prefix := filepath.Dir(filepath.Dir(python))
	if _, err := os.Stat(filepath.Join(prefix, "pyvenv.cfg")); err != nil {
		return nil
	}
	return []string{"-virtualenv=" + prefix}
}

// virtualenv is `runtime.options.virtualenv` of a Python project, or nothing. A file that cannot be read is the
// engine's to refuse.
func virtualenv(project []byte) string {
	var short struct{ Runtime any }
	if err := yaml.Unmarshal(project, &short); err != nil {
		return ""
	}
	runtime, _ := short.Runtime.(map[string]any)
	options, _ := runtime["options"].(map[string]any)
	named, _ := options["virtualenv"].(string)
	if runtime["name"] != "python" {
		return ""
	}
	return named
}
