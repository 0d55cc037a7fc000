"""Erasing: a person's keys are destroyed, and with them who the person is, in the log too."""
