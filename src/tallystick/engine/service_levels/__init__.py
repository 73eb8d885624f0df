"""An agreement and the history of work items -> outcomes, measurements and their working."""
