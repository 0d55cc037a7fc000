"""Search: one box over incidents, accounts, statements, documents and places. Guarded words are not in its index."""
