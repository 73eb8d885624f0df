"""A window that is not over, and those behind it -> what is likely to come of the next."""
