"""Reviews of a whole engagement: their parts, when one is due, and what both teams perceive."""
