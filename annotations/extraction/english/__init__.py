"""What the extractor knows of English: word lists and inflection. Another language is another package like this."""
