"""A network for machines without public addresses: HotpatchNetwork."""
