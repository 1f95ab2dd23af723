"""Estates as files: load an exported one, and write a resource group as a template."""
