"""The named types of everything that people write for this project, and the one way in which a mistake is reported.

Stack files, component arguments and the configuration of the policy pack share it.
"""
