"""Replay a stack in an emulated Azure that starts in the past, and whose clock runs through the record."""
