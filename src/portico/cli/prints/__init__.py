"""Values of the core as lines for a terminal: each module prints one kind."""
