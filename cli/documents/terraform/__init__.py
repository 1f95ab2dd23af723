"""Read what `terraform show -json` and `tofu show -json` print: a saved plan, or a state."""
