"""The emulated guest system of a machine: its registry, its packages, and the scripts that change them."""
