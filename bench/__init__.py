"""Figures: speed side by side with a peer in the same run, and rounds too long for the tests. `make bench`."""
