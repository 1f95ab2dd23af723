"""The tables of covered resources, one JSON file a module of the SDK; made by `provider.generator`."""
