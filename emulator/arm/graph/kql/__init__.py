"""A subset of the Kusto Query Language: what Resource Graph supports; all else is refused."""
