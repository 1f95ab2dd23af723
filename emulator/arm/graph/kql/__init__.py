"""A subset of the Kusto Query Language: what Resource Graph allows of it, and nothing that is not understood."""
