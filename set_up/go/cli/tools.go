//go:build tools

// Package cli pins the version of the Pulumi command line that the toolkit builds.
package cli

import (
	_ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
)
