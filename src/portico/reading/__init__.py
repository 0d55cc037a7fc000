"""Documents → what they say: accounts, statements, actions and statistics, each with the words it rests on.

>>> report = b"Agents arrested a man at Brooklyn Criminal Court on Tuesday, said Ines Vara, director of Harbor Clinic."
>>> reading = read(open_document(report, id="report", published_on="2019-05-15"))
>>> reading.statements[0].speaker, reading.statements[0].organisation
('Ines Vara', 'Harbor Clinic')
"""

from portico.reading.answers import Answer, AnswerError, answer_of, read_answer
from portico.reading.comparing import KINDS, Miss, compare
from portico.reading.confidence import AccountConfidence, confidence
from portico.reading.document import Document, open_document
from portico.reading.explaining import Explanation, Rival, explain
from portico.reading.flat import flatten
from portico.reading.kinds import DocumentError
from portico.reading.proposal import ProposalError, proposals_of
from portico.reading.proposer import Dropped, Proposals, Proposer, Rules, Together, together
from portico.reading.question import question
from portico.reading.read import READER, read

__all__ = [
    "KINDS",
    "READER",
    "AccountConfidence",
    "Answer",
    "AnswerError",
    "Document",
    "DocumentError",
    "Dropped",
    "Explanation",
    "Miss",
    "ProposalError",
    "Proposals",
    "Proposer",
    "Rival",
    "Rules",
    "Together",
    "answer_of",
    "compare",
    "confidence",
    "explain",
    "flatten",
    "open_document",
    "proposals_of",
    "question",
    "read",
    "read_answer",
    "together",
]
