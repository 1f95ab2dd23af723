"""Facts of Azure, and the rules for hotpatched machines; no Pulumi, no input or output, no clock."""
