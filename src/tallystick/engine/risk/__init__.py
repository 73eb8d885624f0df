"""Risk against the appetite for it."""
