"""The built-in guardrails, one mistake per file."""
