"""What Jinja2 renders: scripts and reports."""
