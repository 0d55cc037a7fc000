"""People and access: who may come in, with which roles, in which teams; sessions; who read what."""
