"""Reading: a document beside the claims read in it, each to accept, to correct or to reject."""
