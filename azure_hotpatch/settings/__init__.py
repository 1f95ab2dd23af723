"""What a stack config may say, as one typed value."""
