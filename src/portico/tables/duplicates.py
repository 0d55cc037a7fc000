"""Duplicates: which rows may be of one event, judged under a named, versioned rule. No row is ever taken out.

One table yields each publisher's figure because the judgement is stored beside the rows, not applied to them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import polars as pl

from portico.tables.errors import ProfileError
from portico.tables.filing import written
from portico.tables.importing import stored_tables
from portico.tables.profile import Profile, SamePerson, find_profile

_WHERE = ("file", "sheet", "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateRule:
    """A way to say which rows are of one event.

    version  raised with every change that changes a judgement
    follows  who counts so, and where it is described
    """

    name: str
    version: int
    meaning: str
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a rule says of a table.

    path      Parquet: file, sheet, row, `group` (number of the event, null where not judged), `flagged`, `counts`
    rows      of the table; unjudged: those without identifier or time, which stand alone
    flagged   rows with `flagged`; counted: rows with `counts`, the figure under this rule
    """

    rule: DuplicateRule
    path: Path
    rows: int
    unjudged: int
    flagged: int
    counted: int


def judge_duplicates(out_folder: Path | str, profile: Profile | str, table: str, rule: str) -> Judgement:
    """Judge the stored rows of a table and store the judgement beside them. The same rows get the same bytes.

    Raises ProfileError if there is no such rule, or if the table has no identifier to judge by.
    """
    out = Path(out_folder)
    chosen = _rule(rule)
    known = find_profile(profile) if isinstance(profile, str) else profile
    same = next((each.same_person for each in known.tables if each.name == table), None)
    if same is None and rule != "none":
        raise ProfileError(
            known.id,
            f"table {table}",
            f"it has no column that identifies a person, so {rule} cannot be judged",
            "Count its rows as they are: identical rows may be distinct people.",
        )
    paths = stored_tables(out, known.id, table)
    stored = pl.scan_parquet(list(paths))
    judged = _JUDGES[rule](stored, same) if same else _none(stored, None)
    frame = judged.select(*_WHERE, "group", "flagged", "counts").sort(*_WHERE).collect()
    path = out / "judgements" / known.id / f"{table}.{chosen.name}-v{chosen.version}.parquet"
    written(frame, path)
    return Judgement(
        rule=chosen,
        path=path,
        rows=frame.height,
        unjudged=frame["group"].null_count(),
        flagged=int(frame["flagged"].sum()),
        counted=int(frame["counts"].sum()),
    )


def duplicate_rules() -> tuple[DuplicateRule, ...]:
    return tuple(_RULES.values())


_RULES: Mapping[str, DuplicateRule] = MappingProxyType(
    {
        each.name: each
        for each in (
            DuplicateRule(name="none", version=1, meaning="Every row counts.", follows="ICE's own totals"),
            DuplicateRule(
                name="same-identifier-24h",
                version=1,
                meaning="A row is flagged if another row of its identifier is at most 24 hours before or after it, "
                "or of the same day where the table tells no time; every member is flagged, and flagged rows do not "
                "count.",
                follows="Deportation Data Project, deportationdata.org/docs/ice/processing.html, read 2026-11-24",
            ),
            DuplicateRule(
                name="episodes",
                version=1,
                meaning="Rows of one identifier are one episode until more than 24 hours pass before the next, or "
                "until another day where the table tells no time; the first of each episode counts.",
                follows="analyses that count arrests per person and episode",
            ),
            DuplicateRule(
                name="key",
                version=1,
                meaning="Rows alike in day, identifier and the table's key columns are one; the first counts.",
                follows="analyses that take out rows alike in date, method, criminality and identifier",
            ),
        )
    }
)


def _rule(name: str) -> DuplicateRule:
    try:
        return _RULES[name]
    except KeyError:
        raise ProfileError(
            name, "", "there is no duplicate rule of this name", f"There are: {', '.join(_RULES)}."
        ) from None


def _none(stored: pl.LazyFrame, same: SamePerson | None) -> pl.LazyFrame:
    return stored.with_columns(
        group=pl.lit(None, dtype=pl.UInt32), flagged=pl.lit(value=False), counts=pl.lit(value=True)
    )


def _near(stored: pl.LazyFrame, same: SamePerson) -> pl.LazyFrame:
    ordered = _ordered(stored, same)
    alone = pl.col("group").is_null()
    size = pl.len().over("group")
    return ordered.with_columns(flagged=~alone & (size > 1), counts=alone | (size == 1))


def _episodes(stored: pl.LazyFrame, same: SamePerson) -> pl.LazyFrame:
    ordered = _ordered(stored, same)
    first = pl.col("group").is_null() | pl.col("starts")
    return ordered.with_columns(flagged=~first, counts=first)


def _by_key(stored: pl.LazyFrame, same: SamePerson) -> pl.LazyFrame:
    key = ["day", same.identifier, *same.key]
    judged = pl.col(same.identifier).is_not_null() & pl.col("day").is_not_null()
    ordered = stored.sort(*_WHERE).with_columns(
        group=pl.when(judged).then(pl.struct(key).rank("dense").cast(pl.UInt32)),
    )
    first = ~judged | (pl.int_range(pl.len()).over(key) == 0)
    return ordered.with_columns(flagged=~first, counts=first)


def _ordered(stored: pl.LazyFrame, same: SamePerson) -> pl.LazyFrame:
    """In order of identifier and time; `starts` where a run of rows close in time begins, `group` its number."""
    judged = pl.col(same.identifier).is_not_null() & pl.col(same.at).is_not_null()
    at = pl.col(same.at).cast(pl.Datetime("us"))
    ordered = stored.sort(same.identifier, same.at, *_WHERE)
    hours = 0 if stored.collect_schema()[same.at] == pl.Date else 24
    apart = (at - at.shift(1)) > pl.duration(hours=hours)
    other = pl.col(same.identifier).ne_missing(pl.col(same.identifier).shift(1))
    starts = judged & (other | apart.fill_null(value=True))
    return ordered.with_columns(starts=starts).with_columns(
        group=pl.when(judged).then(pl.col("starts").cum_sum().cast(pl.UInt32))
    )


_JUDGES: Mapping[str, Callable[[pl.LazyFrame, SamePerson], pl.LazyFrame]] = MappingProxyType(
    {"none": _none, "same-identifier-24h": _near, "episodes": _episodes, "key": _by_key}
)
