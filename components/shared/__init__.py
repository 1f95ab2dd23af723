"""What every component uses: argument checks, child resources, common types."""
