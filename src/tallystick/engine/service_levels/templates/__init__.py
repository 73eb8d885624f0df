"""Agreements to begin with, as YAML; `texts` gives them by name."""
