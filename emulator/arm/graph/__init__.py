"""Azure Resource Graph: the tables that are made of the store, and the query language that asks them."""
