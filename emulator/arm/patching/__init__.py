"""Assessing and installing patches on a machine, for every kind of machine and every initiator."""
