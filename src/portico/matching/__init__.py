"""Matching: which accounts may tell of one event, each proposal with its score and its reasons. A person decides.

>>> from portico.facts import Account, Claim
>>> def account(**told):
...     claims = (Claim(attribute=k, value=v, spans=(), origin="person:1") for k, v in told.items())
...     return Account(claims=tuple(claims))
>>> paper = account(kind="arrest", courthouse_id="ny-1", date="2019-05-14", zone="hallway")
>>> agency = account(kind="arrest", courthouse_id="ny-1", date="2019-05", zone="lobby")
>>> for reason in propose(paper, {"agency": agency})[0].reasons:
...     print("for" if reason.supports else "against", reason.sentence)
for Both name the same courthouse.
for One gives the date less exactly; the two may be the same day.
for What happened: both say arrest.
against Where in the building: hallway in one, lobby in the other.
"""

from portico.matching.evidence import Reason
from portico.matching.proposals import Proposal, ProposedPair, propose, propose_all
from portico.matching.weights import Weights, WeightsError, load_weights, shipped_weights

__all__ = [
    "Proposal",
    "ProposedPair",
    "Reason",
    "Weights",
    "WeightsError",
    "load_weights",
    "propose",
    "propose_all",
    "shipped_weights",
]
