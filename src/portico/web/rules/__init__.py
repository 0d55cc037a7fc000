"""The rules: which were in force at a courthouse on a day, what each asks, and what they say of an incident."""
