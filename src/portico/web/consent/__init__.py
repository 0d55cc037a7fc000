"""Consent: what somebody allows, purpose by purpose; what falls due for erasing; whether a story may leave the desk."""
