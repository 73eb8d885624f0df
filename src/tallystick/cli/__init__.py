"""The command line: reads arguments and the clock, makes one call, prints the answer."""
