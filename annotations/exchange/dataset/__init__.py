"""Read the own JSONL back: a first pass checks every line, a second writes them, all or nothing."""
