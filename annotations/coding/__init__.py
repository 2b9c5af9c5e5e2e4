"""Statements as coders make them: with their stances on claims."""
