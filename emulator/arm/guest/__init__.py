"""What is inside a machine as far as it is emulated: its registry, its packages, and the scripts that change them."""
