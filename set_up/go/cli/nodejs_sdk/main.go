// Command pulumi-nodejs-sdk writes the TypeScript SDK of a package's schema: `pulumi-nodejs-sdk SCHEMA FOLDER`.
//
// It is what `pulumi package gen-sdk --language nodejs` does in a release of Pulumi, whose language host for Node.js
// is in a Go module that the module proxy does not serve.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

func main() {
	if err := generate(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func generate(arguments []string) error {
	if len(arguments) != 2 {
		return errors.New("usage: pulumi-nodejs-sdk SCHEMA FOLDER")
	}
	bound, err := bind(arguments[0])
	if err != nil {
		return err
	}
	files, err := nodejs.GeneratePackage("pulumi", bound, nil, nil, true, nil)
	if err != nil {
		return err
	}
	for path, content := range files {
		if err := write(filepath.Join(arguments[1], path), mended(path, content)); err != nil {
			return err
		}
	}
	return nil
}

func bind(path string) (*schema.Package, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(text, &spec); err != nil {
		return nil, err
	}
	return schema.ImportSpec(spec, map[string]schema.Language{"nodejs": nodejs.Importer}, schema.ValidationOptions{})
}

// mended corrects the imports of the folder `types`. The generator takes the folder above from filepath.Rel and cuts
// the last part off, which newer releases of Go no longer put there.
func mended(path string, content []byte) []byte {
	if filepath.Dir(path) != "types" {
		return content
	}
	return regexp.MustCompile(`from "\./(types/|utilities")`).ReplaceAll(content, []byte(`from "../$1`))
}

func write(path string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, content, 0o644)
}
