"""Pages of how the two organisations speak, meet and decide."""
