"""Errors for the person who meets them: where, what, what survived, what to do next."""


class PorticoError(Exception):
    """Something a person can mend. Its text says where, what, what survived and what to do next.

    A shell prints the text without a traceback and exits with `exit_status`
    (2: the call was wrong; 3: nothing could be done). Any other exception is a bug and keeps its traceback.
    A guarded value is named by its kind in the text, never quoted.
    """

    exit_status = 3
