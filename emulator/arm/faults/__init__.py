"""Faults on purpose: requests that are refused, slow, done without an answer, or whose operation ends badly."""
