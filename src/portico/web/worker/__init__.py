"""Long work: a queue in the desk's database, the process that works it off, and the page that shows how far it is."""
