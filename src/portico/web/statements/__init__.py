"""Statements and actions: who said what when, in exact words; what was asked of whom; planned actions as a calendar."""
