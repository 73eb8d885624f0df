"""What docs.py generates, one module per kind of page."""
