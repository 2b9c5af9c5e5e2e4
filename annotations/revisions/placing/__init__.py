"""What could not follow a correction, placed by hand."""
