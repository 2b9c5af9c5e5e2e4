"""Move what names one row to another, and back."""
