"""What the component tags compute before their templates draw it."""
