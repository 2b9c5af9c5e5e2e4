"""Where statements, mentions and utterances stand, written."""
