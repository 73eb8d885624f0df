"""Background work: one more door. It loads rows, reads the clock, and makes one call."""
