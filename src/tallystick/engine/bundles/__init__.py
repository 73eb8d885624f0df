"""A statement with everything it was computed from, in one file that anyone can compute again."""
