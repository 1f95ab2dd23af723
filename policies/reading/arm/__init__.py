"""Names, types and resources as Azure Resource Manager has them."""
