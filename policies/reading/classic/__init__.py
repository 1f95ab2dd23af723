"""Resources of the classic Azure provider and of Terraform's, read into ARM's shape."""
