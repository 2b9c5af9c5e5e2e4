"""Make one speaker or claim of two that are the same, and take them apart again."""
