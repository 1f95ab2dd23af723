"""The policy pack: how a resource is read, and how strict a finding is."""
