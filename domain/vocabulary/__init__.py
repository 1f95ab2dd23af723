"""Named types for everything that people write for this project, and the one way to report mistakes in it.

Stack files, component arguments and the configuration of the policy pack share it.
"""
