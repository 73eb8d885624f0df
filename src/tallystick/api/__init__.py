"""The REST interface: what the pages show and do, for programs."""
