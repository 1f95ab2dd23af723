"""The emulated Windows Update: what Microsoft released, what it plans, and what each machine is offered of it."""
