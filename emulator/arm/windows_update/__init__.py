"""The emulated Windows Update: past and planned releases, and what each machine is offered."""
