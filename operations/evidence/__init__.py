"""What was planned, approved, run and seen, as a signed bundle that anybody can check without a network."""
