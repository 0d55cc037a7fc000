"""The verbs of `portico`, in the order of `portico --help`. A verb's module is imported when it is chosen."""

VERBS: dict[str, str] = {
    "demo": "the whole path on a bundled sample of four documents",
    "serve": "the desk in a browser on this machine; --demo with the bundled sample",
    "read": "documents → what they tell, each value with its words; touches no record",
    "add": "read documents and append them to the record as proposals",
    "import": "tables of rows → typed rows, with a report of every row; shows first what would happen",
    "list": "incidents, accounts, statements, actions, documents or people of the record",
    "show": "one incident or document; --html FILE writes a self-contained page",
    "accept": "accept a claim",
    "reject": "reject a claim; it stays in the history",
    "correct": "give a claim another value; what it corrects is kept",
    "link": "two accounts tell of one event",
    "unlink": "an account tells of another event after all",
    "match": "which accounts may tell of one event, with reasons for and against",
    "mark": "say how far an incident is confirmed",
    "place": "a spelling → courthouse, county, state, candidates and why",
    "rules": "the rules in force at a place on a day, and what they say of reported facts",
    "count": "how many incidents, or rows of imported tables, fit a definition: from … to …, or at least",
    "reproduce": "published figures computed from the imported tables: expected, got, exact or why not",
    "verify": "check the log, its proofs and its checkpoints",
    "rebuild": "make every projection again from the log and compare",
    "backup": "one encrypted file of the whole record, made while it is in use; --restore puts it back",
    "undo": "take back a whole import",
    "erase": "destroy the key of a person or a private document",
}

MODULES: dict[str, str] = {"import": "importing"}
"""Verbs that are words of Python, and so have a module of another name."""
