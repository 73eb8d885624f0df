"""How much an engagement depends on its provider, and how long the way out is."""
