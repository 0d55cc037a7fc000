"""The inbox: what came in, what needs a person, and the ways in: text, files, a call."""
