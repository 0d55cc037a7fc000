"""The bundled sample as a dossier, with claims made by hand: pages are tested without waiting for any reader."""

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest

from portico.facts import (
    EVENT_ATTRIBUTES,
    Action,
    Claim,
    FactState,
    Finding,
    Hedge,
    IncidentState,
    Result,
    SourcedClaim,
    Span,
    Statement,
    Status,
    Text,
    Value,
    identify,
)
from portico.web.dossier import Dossier, DossierCount, DossierFinding, DossierSource

SAMPLE = Path(__file__).parents[2] / "src" / "portico" / "cli" / "sample"

Row = tuple[str, Value, str, str | None]

LEDGER: list[Row] = [
    ("agency", "ice", "Immigration agents", None),
    ("kind", "arrest", "arrested", None),
    ("people_arrested", 1, "a 34-year-old man", None),
    ("age", "34", "34-year-old", None),
    ("gender", "male", "man at", None),
    ("courthouse", "Kings County Criminal Court", "Brooklyn Criminal Court", None),
    ("county", "Kings", "Brooklyn Criminal Court", None),
    ("date", "2019-05-14", "Tuesday", None),
    ("attorney_told", "yes", "a judge told his lawyer that they were in the building", "the lawyer’s office"),
    ("role", "defendant", "come for a scheduled appearance", None),
    ("proceeding", "criminal", "a misdemeanor case", None),
    ("zone", "hallway", "in the fourth-floor hallway outside Part AP3", None),
    ("plain_clothes", "yes", "in street clothes", None),
    ("custody_outcome", "taken", "walked him to an elevator", None),
    ("warrant", "none_shown", "was shown nothing", "Ines Calloway"),
    ("counsel_access", "denied", "closed the elevator doors before she could speak with her client", "Ines Calloway"),
    ("warrant", "administrative", "had an administrative warrant", "An agency spokesperson"),
    ("counsel_access", "denied", "nobody was kept from speaking with counsel", "An agency spokesperson"),
    ("court_staff", "neither", "had no part in the arrest", "Peter Halloran"),
]
UNION: list[Row] = [
    ("date", "2019-05-14", "This morning", None),
    ("agency", "federal_unspecified", "federal immigration agents", None),
    ("kind", "arrest", "seized", None),
    ("people_arrested", 1, "one of our clients", None),
    ("role", "defendant", "one of our clients", None),
    ("zone", "hallway", "in a hallway", None),
    ("courthouse", "Kings County Criminal Court", "120 Schermerhorn Street", None),
    ("court_staff", "assisted", "was pushed back by a court officer while agents took him away", None),
    ("counsel_access", "denied", "She was not allowed one word with him.", None),
]
NOTE: list[Row] = [
    ("courthouse", "Kings County Criminal Court", "Kings County Criminal Court", None),
    ("date", "2019-05-14", "5/14/19", None),
    ("judge_informed", "yes", "Court officers told her at 9:30", None),
    ("attorney_told", "yes", "ICE downstairs for client", None),
    ("name", "Ismael Quintera", "Ismael Quintera", None),
    ("purpose_stated", "yes", "they told him at the entrance who they came for", None),
    ("zone", "hallway", "the hallway", None),
    ("plain_clothes", "yes", "in plain clothes", None),
    ("kind", "arrest", "take him", None),
    ("people_arrested", 1, "him by both arms", None),
    ("identified", "no", "I ask who they are", None),
    ("identified", "no", "No answer.", None),
    ("warrant", "none_shown", "No paper.", None),
    ("custody_outcome", "taken", "Elevator.", None),
    ("court_staff", "informed", "already knew", None),
    ("counsel_access", "denied", "I am told to take the next one.", None),
]
AGENCY: list[Row] = [
    ("agency", "ice", "Immigration and Customs Enforcement", None),
    ("kind", "arrest", "arrested", None),
    ("people_arrested", 1, "a man with", None),
    ("date", "2019-05-14", "May 14", None),
    ("zone", "lobby", "in the lobby", None),
    ("courthouse", "Kings County Criminal Court", "the Kings County courthouse", None),
    ("identified", "yes", "identified themselves", None),
    ("warrant", "administrative", "an administrative warrant of arrest", None),
    ("custody_outcome", "taken", "left with him by the public entrance", None),
    ("counsel_access", "denied", "At no time was anyone kept from speaking with an attorney", "a spokesperson"),
]
DENIED = ("nobody was kept from speaking with counsel", "At no time was anyone kept from speaking with an attorney")


def text_of(name: str) -> str:
    """The words of a sample document; of the page, its headline and paragraphs."""
    content = (SAMPLE / name).read_text(encoding="utf-8")
    if not name.endswith(".html"):
        return content
    told = re.findall(r"<(?:h1|p)>(.*?)</(?:h1|p)>", content.split("</article>")[0], re.DOTALL)
    return unescape("\n\n".join(told))


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Text(text).span(start, start + len(words), words)


def told(
    source: str, text: str, attribute: str, value: Value, words: str, by: str | None, hedge: Hedge | None = None
) -> SourcedClaim:
    claim = Claim(attribute=attribute, value=value, spans=(span_of(text, words),), asserted_by=by, hedge=hedge)
    return SourcedClaim(id=identify("c", source, claim), account=f"a-{source}", source=source, claim=claim)


def folded(sources: tuple[DossierSource, ...]) -> IncidentState:
    """The claims as an incident: values that differ are disputed. Only what these tests need of the record's fold."""
    claims = [claim for source in sources for claim in source.claims]
    names = dict.fromkeys((*EVENT_ATTRIBUTES, *(each.claim.attribute for each in claims)))
    return IncidentState(
        id="i-48c1",
        accounts=tuple(f"a-{source.sha256}" for source in sources),
        sources=tuple(source.sha256 for source in sources),
        facts=tuple(fact_of(name, tuple(c for c in claims if c.claim.attribute == name)) for name in names),
    )


def fact_of(name: str, claims: tuple[SourcedClaim, ...]) -> FactState:
    saying = [each for each in claims if each.claim.hedge != "denied"]
    values = tuple(dict.fromkeys(value for each in saying for value in each.claim.possible))
    if not claims:
        status = Status.UNKNOWN
    elif len(values) > 1 or len(saying) < len(claims):
        status = Status.DISPUTED
    else:
        status = Status.AGREED if len({each.source for each in claims}) > 1 else Status.SINGLE_SOURCE
    return FactState(attribute=name, status=status, values=values, claims=claims)


def source_of(letter: str, name: str, rows: list[Row], **known: object) -> DossierSource:
    text = text_of(name)
    sha256 = identify("s", name)[2:].ljust(64, letter.lower())
    claims = tuple(told(sha256, text, a, v, w, by, "denied" if w in DENIED else None) for a, v, w, by in rows)
    return DossierSource(letter=letter, sha256=sha256, text=text, claims=claims, **known)  # type: ignore[arg-type]


def finding_of(provision: str, result: Result, **known: object) -> Finding:
    fields: dict[str, object] = {
        "rule": "ny-oca-2019-directive",
        "in_force": "certain",
        "without_presumptions": result,
        "facts_used": (),
        "facts_open": (),
        "facts_missing": (),
        "presumptions": {},
        "bound_actor": "court_staff",
        "strength": "hard",
        "confidence": "high",
    }
    return Finding(provision=provision, result=result, **{**fields, **known})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def sources() -> tuple[DossierSource, ...]:
    ledger, union, _note, agency = (
        text_of(f"{name}") for name in ("ledger.html", "union.txt", "note.txt", "agency.txt")
    )
    return (
        source_of(
            "A",
            "ledger.html",
            LEDGER,
            heading="The Kings Ledger",
            kind="news story",
            published_on="2019-05-15",
            received_at=datetime(2019, 5, 15, 22, 20, tzinfo=UTC),
            url="https://ledger.example/2019/05/15/courthouse-hallway",
            language="en",
            statements=(
                Statement(
                    speaker="Ines Calloway",
                    organisation="Borough Defenders",
                    role="staff attorney",
                    kind="direct",
                    spans=(
                        span_of(ledger, "“I asked to see a warrant signed by a judge and was shown nothing,” said"),
                        span_of(
                            ledger,
                            "She said the agents closed the elevator doors before she could speak with her client.",
                        ),
                    ),
                    quotes=(span_of(ledger, "I asked to see a warrant signed by a judge and was shown nothing"),),
                ),
                Statement(
                    speaker="Peter Halloran",
                    organisation="state court system",
                    role="spokesman",
                    kind="direct",
                    spans=(
                        span_of(ledger, "court officers “had no part in the arrest” and that a report would be filed"),
                    ),
                    quotes=(span_of(ledger, "had no part in the arrest"),),
                ),
            ),
            actions=(
                Action(
                    kind="walkout", spans=(span_of(ledger, "About 150 defenders walked out at noon."),), time="12:00"
                ),
            ),
        ),
        source_of(
            "B",
            "union.txt",
            UNION,
            heading="Local 910",
            publisher="Union of Borough Defenders, Local 910",
            kind="statement",
            published_on="2019-05-14",
            received_at=datetime(2019, 5, 14, 21, 5, tzinfo=UTC),
            statements=(
                Statement(
                    speaker="Marlon Pierce",
                    organisation="Local 910",
                    role="president",
                    kind="direct",
                    spans=(span_of(union, "“No one should have to choose between answering a judge and going home,”"),),
                    quotes=(span_of(union, "No one should have to choose between answering a judge and going home"),),
                ),
            ),
            actions=(
                Action(
                    kind="rally",
                    spans=(span_of(union, "We will rally on Thursday, May 16, at 1 p.m. at Brooklyn Borough Hall."),),
                    organiser="Local 910",
                    date="2019-05-16",
                    time="13:00",
                    place="Brooklyn Borough Hall",
                    target="Chief Administrative Judge",
                    demand="bar civil immigration arrests in every part of every courthouse",
                ),
            ),
        ),
        source_of(
            "C",
            "note.txt",
            NOTE,
            heading="Counsel’s note",
            kind="note",
            published_on="2019-05-14",
            private=True,
            received_at=datetime(2019, 5, 14, 16, 2, tzinfo=UTC),
        ),
        source_of(
            "D",
            "agency.txt",
            AGENCY,
            heading="ICE New York",
            publisher="Immigration and Customs Enforcement, New York",
            kind="e-mail answer",
            published_on="2019-05-15",
            received_at=datetime(2019, 5, 16, 13, 11, tzinfo=UTC),
            statements=(
                Statement(
                    speaker=None,
                    organisation="Immigration and Customs Enforcement",
                    role="a spokesperson",
                    kind="direct",
                    spans=(span_of(agency, agency[agency.index("“At no time") : agency.index("\n\nICE does")]),),
                    quotes=(
                        span_of(agency, "At no time was anyone kept from speaking with an attorney"),
                        span_of(agency, agency[agency.index("Our officers follow") : agency.index("”\n\nICE does")]),
                    ),
                ),
            ),
        ),
    )


@pytest.fixture(scope="session")
def dossier(sources: tuple[DossierSource, ...]) -> Dossier:
    incident = folded(sources)
    purpose = incident.fact("purpose_stated").claims
    zone = incident.fact("zone").claims
    return Dossier(
        incident=incident,
        as_of=datetime(2019, 5, 21, 7, 0, tzinfo=UTC),
        log_size=1204,
        log_root="b7e240aa915c0d3f" * 4,
        made_with="portico show i-48c1 --html report.html",
        sources=sources,
        findings=(
            DossierFinding(
                finding=finding_of(
                    "P1", Result.NOT_ENOUGH_KNOWN, facts_missing=("warrant_reviewed_by",), facts_open=("warrant_kind",)
                ),
                rule_name="Directive 1-2019 of the Office of Court Administration",
                provision="An arrest inside needs a judge’s warrant, and a judge or court attorney reviews it.",
                period="from 17 April 2019",
                citation_url="https://courts.example/directive-1-2019",
            ),
            DossierFinding(
                finding=finding_of("P5", Result.CONSISTENT),
                rule_name="Directive 1-2019 of the Office of Court Administration",
                provision="Agents state their purpose to court staff.",
                period="from 17 April 2019",
                rests_on=tuple(each.id for each in purpose),
            ),
            DossierFinding(
                finding=finding_of("P3", Result.NOT_APPLICABLE),
                rule_name="Directive 1-2019 of the Office of Court Administration",
                provision="No arrest in a courtroom.",
                period="from 17 April 2019",
                rests_on=tuple(each.id for each in zone),
            ),
            DossierFinding(
                finding=finding_of(
                    "P4",
                    Result.INCONSISTENT,
                    rule="ice-11072-1",
                    strength="soft",
                    in_force="uncertain",
                    without_presumptions=Result.NOT_ENOUGH_KNOWN,
                    presumptions={"no_safe_alternative_and_approved": "no"},
                    confidence="medium",
                ),
                rule_name="ICE Directive 11072.1",
                provision="Where practicable, the arrest is made in a part that is not public.",
                period="10 January 2018 to 27 April 2021",
                rests_on=tuple(each.id for each in zone),
            ),
        ),
        ask_next=(("warrant_kind", "What paper authorised the arrest, and who signed it?"),),
        fact_words={"warrant_reviewed_by": "who in the court looked at the warrant"},
        counts=(DossierCount(definition="arrests", words="arrests at courthouses in this record", lower=0, upper=1),),
        sample=True,
    )
