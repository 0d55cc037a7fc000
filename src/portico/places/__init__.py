"""Places: any spelling of a court in a source → a courthouse, or an honest set of candidates.

>>> [court.courthouse.county for court in find_courts("He was taken at Brooklyn CRIMINAL Court.") if court.courthouse]
['Kings']
"""

from portico.places.areas import Area, find_areas
from portico.places.courthouse import Courthouse
from portico.places.courts import CourtMention, find_courts
from portico.places.gazetteer import Gazetteer, GazetteerError, load_gazetteer, read_gazetteer
from portico.places.geography import county_of, state_name, usps

__all__ = [
    "Area",
    "CourtMention",
    "Courthouse",
    "Gazetteer",
    "GazetteerError",
    "county_of",
    "find_areas",
    "find_courts",
    "load_gazetteer",
    "read_gazetteer",
    "state_name",
    "usps",
]
