"""What every resource goes through: made, changed, shown, acted on and deleted, in long-running operations."""
