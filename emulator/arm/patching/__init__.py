"""Assessing and installing patches on a machine, whatever kind of machine it is and whoever asks for it."""
