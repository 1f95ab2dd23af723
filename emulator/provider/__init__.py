"""A Pulumi provider for the package azure-native that turns the engine's calls into ARM requests.

It does what the real one does, with these differences: random names have other digits; the keys that listKeys answers
are secret; lengths and patterns of strings are left to ARM; of children that can be resources of their own, only those
right below the resource are kept when the program leaves them out; the schema is that of the covered resources.
"""
