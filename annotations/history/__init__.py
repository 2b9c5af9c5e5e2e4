"""Take back and do again what a person changed, from the event log."""
