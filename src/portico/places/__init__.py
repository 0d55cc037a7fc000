"""Places: any spelling of a court in a source → a courthouse, or an honest set of candidates.

>>> resolve("brooklyn CRIMINAL court", "NY").courthouse.county
'Kings'
>>> [court.courthouse.county for court in find_courts("He was taken at Brooklyn CRIMINAL Court.") if court.courthouse]
['Kings']
"""

from portico.places.answers import Answer, AnswerError, AnswerKey, Answers, answer_key, answer_of, answered
from portico.places.areas import Area, find_areas
from portico.places.courthouse import Courthouse
from portico.places.courts import CourtMention, Places, find_courts, find_places
from portico.places.gazetteer import Gazetteer, GazetteerError, load_gazetteer, read_gazetteer
from portico.places.geography import county_of, state_name, usps
from portico.places.landmark import Label
from portico.places.resolve import Candidate, Resolution, resolve

__all__ = [
    "Answer",
    "AnswerError",
    "AnswerKey",
    "Answers",
    "Area",
    "Candidate",
    "CourtMention",
    "Courthouse",
    "Gazetteer",
    "GazetteerError",
    "Label",
    "Places",
    "Resolution",
    "answer_key",
    "answer_of",
    "answered",
    "county_of",
    "find_areas",
    "find_courts",
    "find_places",
    "load_gazetteer",
    "read_gazetteer",
    "resolve",
    "state_name",
    "usps",
]
