"""Matching: two accounts side by side, and whether they tell of one event. A person decides."""
