"""Imports: sheets of reports into the record, their columns said on screen, looked at first, taken back whole."""
