"""Landmarks of tables: each distinct one placed once, and those that wait for a person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import polars as pl

from portico.places import AnswerKey, Answers, Resolution, answer_key, answered, resolve, usps
from portico.tables.importing import import_reports, stored_tables
from portico.tables.profile import Table, profiles

NO_ANSWERS: Answers = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnclearLandmark:
    """A landmark that may be a court or something else, for a person to say. rows: how many have it."""

    text: str
    aor: str | None
    rows: int
    county: str | None
    state: str | None
    candidates: tuple[str, ...]
    reason: str


def ambiguous_landmarks(out_folder: Path | str, answers: Answers = NO_ANSWERS) -> tuple[UnclearLandmark, ...]:
    """The ambiguous landmarks of all stored tables that nobody has said anything of, those of most rows first."""
    found: dict[AnswerKey, UnclearLandmark] = {}
    for profile in dict.fromkeys(report.profile for report in import_reports(out_folder)):
        for table in _telling(profile):
            for path in stored_tables(out_folder, profile, table.name):
                for each in _unclear(path, table, answers):
                    key = answer_key(each.text, each.aor)
                    rows = each.rows + (found[key].rows if key in found else 0)
                    found[key] = replace(each, rows=rows)
    return tuple(sorted(found.values(), key=lambda each: (-each.rows, each.text, each.aor or "")))


def _telling(profile: str) -> tuple[Table, ...]:
    """The tables of a bundled profile that tell of events."""
    known = [each for each in profiles() if each.id == profile]
    return tuple(table for each in known for table in each.tables if table.tells)


def _unclear(path: Path, table: Table, answers: Answers) -> Iterator[UnclearLandmark]:
    tells = table.tells
    assert tells is not None  # asked before
    there = set(pl.read_parquet_schema(path))
    area, state = (name if name in there else None for name in (tells.area, tells.state))
    rows = pl.read_parquet(path, columns=[name for name in (tells.place, area, state) if name])
    unclear = landmarks_of(rows, tells.place, area, state, answers).filter(pl.col("label") == "ambiguous")
    for row in unclear.iter_rows(named=True):
        yield UnclearLandmark(
            text=row["place"],
            aor=row["area"],
            rows=row["rows"],
            county=row["county"],
            state=row["state"],
            candidates=tuple(row["candidates"]),
            reason=row["reason"],
        )


def landmarks_of(
    rows: pl.DataFrame, place: str, area: str | None = None, state: str | None = None, answers: Answers = NO_ANSWERS
) -> pl.DataFrame:
    """Every distinct landmark of the rows, placed once: text, area, state told, rows, and what `resolve` says.

    Columns: place, area, state_told, rows, label, courthouse_id, courthouse, county, state, candidates, reason.
    """
    said = [pl.col(place).alias("place"), _or_nothing(area, "area"), _or_nothing(state, "state_told")]
    keys = ["place", "area", "state_told"]
    distinct = rows.select(said).drop_nulls("place").group_by(keys).len("rows").sort("place", "area", "state_told")
    found = [answered(placed_once(*key), answers, key[1]) for key in distinct.select(keys).iter_rows()]
    return distinct.with_columns(
        pl.Series("label", [each.label for each in found], dtype=pl.String),
        pl.Series("courthouse_id", [each.courthouse and each.courthouse.id for each in found], dtype=pl.String),
        pl.Series("courthouse", [each.courthouse and each.courthouse.name for each in found], dtype=pl.String),
        pl.Series("county", [each.county for each in found], dtype=pl.String),
        pl.Series("state", [each.state for each in found], dtype=pl.String),
        pl.Series(
            "candidates", [[one.courthouse.id for one in each.candidates] for each in found], dtype=pl.List(pl.String)
        ),
        pl.Series("reason", [each.reason for each in found], dtype=pl.String),
    )


@lru_cache(maxsize=65_536)
def placed_once(place: str, area: str | None, state: str | None) -> Resolution:
    """What a landmark means, remembered: the same few thousand come again and again."""
    return resolve(place, usps(state) if state else None, area)


def _or_nothing(name: str | None, alias: str) -> pl.Expr:
    return pl.col(name).alias(alias) if name else pl.lit(None, dtype=pl.String).alias(alias)
