//go:build tools

// Package languagepython pins the version of Pulumi's Python language host that the toolkit builds.
package languagepython

import (
	_ "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python"
)
