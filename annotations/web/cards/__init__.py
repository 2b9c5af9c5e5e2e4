"""The statement card: `card.py` what it says, `coding.py` the form in it, `stale.py` two versions of one edit,
`answers.py` the responses that carry it."""
