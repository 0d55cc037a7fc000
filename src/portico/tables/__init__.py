"""Tables: spreadsheets and government tables → typed rows, each cell saying what it is and where it stands."""
