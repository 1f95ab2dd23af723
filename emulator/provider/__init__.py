"""A Pulumi provider for the package azure-native that turns the engine's calls into ARM requests."""
