"""An Azure emulator: an ARM server, and the Pulumi provider that talks to it."""
