"""Articles and the plain-Python side of their text: reading, furniture, metadata, HTML."""
