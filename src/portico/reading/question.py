"""The question to a language model: what is asked about one document, and in which form the answer must come."""

from portico.facts import ACTION_KINDS, ATTRIBUTES
from portico.reading.document import Document
from portico.reading.phrases import load_table

ASKED = (
    *("kind", "date", "time", "courthouse", "zone", "agency", "people_arrested", "name", "age", "gender", "role"),
    *("proceeding", "warrant", "plain_clothes", "identified", "face_covered", "force_used", "counsel_access"),
    *("attorney_told", "judge_informed", "administration_told", "court_staff", "purpose_stated", "visit_recorded"),
    *("report_filed", "custody_outcome", "asserted_by"),
)
"""The attributes that may be proposed. Status, nationality and the like are not asked for."""

NUMBERS = ("people_arrested", "age")

_LINE = "=" * 20


def question(document: Document) -> tuple[str, str]:
    """The two messages: what the model is to do, and the form, the codes and the words of the document."""
    table = load_table("question")
    published = document.source.published_on or "a day not known"
    return table["system"], "\n".join(
        (
            table["form"].replace("ACTIONS", " ".join(ACTION_KINDS)),
            table["attributes"],
            *(f"- {name}: {_codes(name)}" for name in ASKED),
            table["document"].replace("{published_on}", published),
            _LINE,
            document.text.content,
            _LINE,
        )
    )


def _codes(name: str) -> str:
    if name in NUMBERS:
        return "a number"
    if name == "date":
        return "YYYY-MM-DD, or YYYY-MM or YYYY where no more is said"
    return ", ".join(ATTRIBUTES[name].values) or ("HH:MM" if name == "time" else "words")
