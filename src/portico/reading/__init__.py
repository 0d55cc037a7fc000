"""Documents → what they say: accounts, statements, actions and statistics, each with the words it rests on."""

from portico.reading.document import Document, open_document
from portico.reading.kinds import DocumentError

__all__ = ["Document", "DocumentError", "open_document"]
