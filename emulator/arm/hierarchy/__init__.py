"""Subscriptions and resource groups, and what applies at a scope and below it."""
