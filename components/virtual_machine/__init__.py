"""A virtual machine that Azure hotpatches: HotpatchVirtualMachine."""
