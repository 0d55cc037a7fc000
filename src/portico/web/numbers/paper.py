"""A figure on paper: a tagged PDF (PDF/UA-1), set by the template beside this module from data alone.

The fonts are those that come with the typesetter, so that the same figure gives the same page on every machine.
"""

import json
from importlib.resources import files

import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portico.web.numbers.answer import Answer, Source, behind, move_words
from portico.web.numbers.chart import chart
from portico.web.wording import listed, moment_words, spaced

_MOST_EVENTS = 200
_MOST_SOURCES = 40


def paper(answer: Answer) -> bytes:
    """The file.

    A source may be named in a script that those fonts do not have: then the machine's own fonts set it, and the page
    does not claim to be PDF/UA, which asks that every sign be shown.
    """
    words = json.dumps(_told(answer))
    try:
        return _set(answer, words, own_fonts=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in problem.message:
            raise
        return _set(answer, words, own_fonts=False)


def _set(answer: Answer, words: str, *, own_fonts: bool) -> bytes:
    made = typst.compile(
        (files("portico.web.numbers") / "paper.typ").read_bytes(),
        format="pdf",
        ignore_system_fonts=own_fonts,
        sys_inputs={"told": words},
        pdf_standards="ua-1" if own_fonts else [],
        timestamp=int(answer.as_of.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _told(answer: Answer) -> dict[str, object]:
    """What the template sets, every word of it."""
    drawn = chart(answer.table)
    return {
        "language": (get_language() or "en").split("-")[0],
        "keywords": [answer.table.definition, answer.table.version],
        "kicker": _("Portico: a figure of this record"),
        "title": _(answer.table.name),
        "bounds": answer.bounds,
        "under": _("As of {at}").format(at=moment_words(answer.as_of)),
        "footer": f"{answer.command}; {answer.log_root[:16]}",
        "by": _("By {name}").format(name=listed(spaced(each) for each in answer.table.by)),
        "chart": drawn is not None,
        "described": drawn.described if drawn else "",
        "legend": _("Filled: counts for certain. Hatched: may count; not an error margin. The table has every value."),
        "rows": [[words, lower, upper, f"{lower:,}", f"{upper:,}"] for words, lower, upper in answer.rows],
        "facts": [list(each) for each in answer.facts()],
        "lists": _lists(answer),
        "moves": [list(move_words(each)) for each in answer.moves],
        "heads": {
            "rows": [listed(map(spaced, answer.table.by)) or _("All"), _("At least"), _("At most")],
            "about": _("What it is"),
            "facts": [_("About"), _("The figure")],
            "moved": _moved_head(answer),
            "moves": [_("Event"), _("Before"), _("Now"), _("What changed")],
        },
    }


def _lists(answer: Answer) -> list[dict[str, object]]:
    events = [f"{incident} ({standing})" for incident, standing in behind(answer.table)]
    sources = [_source(each) for each in answer.sources]
    return [
        {"title": _("Mind"), "lines": list(answer.caveats())},
        {"title": _("Who counts so"), "lines": list(answer.precedents())},
        {"title": _("Events behind it"), "lines": _first(events, len(events), _MOST_EVENTS)},
        {"title": _("Documents behind it"), "lines": _first(sources, answer.documents, _MOST_SOURCES)},
    ]


def _source(source: Source) -> str:
    return listed((source.name, source.published_on, source.address, f"sha256 {source.sha256[:16]}…"))


def _first(lines: list[str], of: int, most: int) -> list[str]:
    rest = of - min(len(lines), most)
    more = [_("and {n} more: the workbook has them").format(n=f"{rest:,}")] if rest else []
    return [*lines[:most], *more]


def _moved_head(answer: Answer) -> str:
    if answer.earlier is None or answer.earlier.as_of is None:
        return ""
    return _("Why it moved since {at}").format(at=moment_words(answer.earlier.as_of))
