"""A site of its own that shows every component; it needs no database."""
