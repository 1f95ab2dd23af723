"""A signed bundle of plans, approvals, runs and observations, which anybody can verify offline."""
