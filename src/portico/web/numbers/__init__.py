"""Numbers: a definition, its lower and upper figure, the events behind both, and why a figure moved."""
