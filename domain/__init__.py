"""What Azure does, and what follows for a machine that is to be hotpatched: no Pulumi, no input or output, no clock."""
