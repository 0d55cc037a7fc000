"""The `portico` command: a thin shell, a module for each verb, each a few lines that call one room.

Standard output is data, standard error is progress and messages. Exit status: 0 done, 1 done with findings that need a
person, 2 the call was wrong, 3 nothing could be done (what, where, what survived, what to do next).
"""

from portico.cli.command import main

__all__ = ["main"]
