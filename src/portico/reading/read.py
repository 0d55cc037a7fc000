"""The one way through: a document → everything read in it, each value with the words it rests on."""

from portico.facts import Reading
from portico.reading.accounts import find_accounts
from portico.reading.actions import find_actions
from portico.reading.document import Document
from portico.reading.language import language_of
from portico.reading.passage import Passage
from portico.reading.speech import find_statements, utterances
from portico.reading.statistics import find_statistics

READER = "portico-reading-1"
"""Name and version of this reader, kept with every reading: another version may read the same text otherwise."""


def read(document: Document) -> Reading:
    """What the document says: accounts of events, statements, actions and statistics.

    The same document always gives the same reading: no clock, no network, nothing learned from other documents.
    """
    passage = Passage.of(document)
    published, heard = passage.published_on, utterances(passage)
    return Reading(
        id=document.id,
        source=document.source.sha256,
        text=document.text.sha256,
        published_on=published.edtf if published else None,
        reader=READER,
        language=language_of(document.text.content),
        accounts=find_accounts(passage, heard),
        statements=find_statements(passage, heard),
        actions=find_actions(passage),
        statistics=find_statistics(passage),
    )
