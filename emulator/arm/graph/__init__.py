"""Azure Resource Graph: the tables built from the store, and the query language that reads them."""
