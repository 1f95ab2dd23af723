"""A Flexible scale set whose instances Azure hotpatches: HotpatchScaleSet."""
