//go:build tools

// Package languageyaml pins the version of Pulumi's YAML language host that the toolkit builds.
package languageyaml

import (
	_ "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml"
)
