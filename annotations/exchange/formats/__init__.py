"""Records to bytes and back; plain Python, no database."""
