"""Fault injection: requests that are refused, slow, done without an answer, or whose operation fails."""
