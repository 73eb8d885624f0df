"""Pages of what one person is told: the inbox, mail, and their calendar."""
