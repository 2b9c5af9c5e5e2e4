"""Corrected articles: a new text takes the place of an old one, and the statements follow where they are sure."""
