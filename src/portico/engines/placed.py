"""Landmarks of stored tables, placed once: beside the tables, found again until the rules or the gazetteer change."""

import hashlib
import os
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import polars as pl

from portico.counting import Landmark
from portico.facts import PorticoError, identify
from portico.places import Answers
from portico.tables import landmarks_of

FOLDER = "places"


class PlacesError(PorticoError):
    """Placed landmarks cannot be written."""


def placed(
    folder: Path,
    stored: Sequence[Path],
    landmark: Landmark,
    answers: Answers,
    first: Callable[[], None] = lambda: None,
) -> tuple[Path, ...]:
    """For each stored file the Parquet file with its distinct landmarks, placed; made where it is not there yet.

    folder   of the tables
    answers  what people said of landmarks whose words leave it open
    first    called once before any is placed
    Each is written whole or not at all, and named for the rules, gazetteer and answers that placed it and for its
    stored file, whose name comes from its content. Those of other rules or answers, and of files that are no longer
    stored, are removed. Raises PlacesError if they cannot be written.
    """
    rules = identify("answered", rules_digest(), [answers[key] for key in sorted(answers, key=str)])
    made = tuple(_beside(folder / FOLDER / rules, path.relative_to(folder), landmark) for path in stored)
    missing = [(path, target) for path, target in zip(stored, made, strict=True) if not target.exists()]
    if missing:
        first()
    try:
        for path, target in missing:
            _write(_landmarks(path, landmark, answers), target)
        if missing:
            _clear(folder, rules)
    except OSError as problem:
        raise PlacesError(
            f"The places of landmarks cannot be kept in {folder / FOLDER} ({problem.strerror}). Nothing was counted; "
            "the tables are unchanged. Make room or let this user write there, or count by something that is no place."
        ) from problem
    return made


@cache
def rules_digest() -> str:
    """Of everything that decides where a landmark is: the gazetteer, the lists of words and the rules themselves."""
    digest = hashlib.sha256()
    for name, item in sorted(_files(files("portico.places"), "")):
        digest.update(f"{name}\0".encode() + hashlib.sha256(item.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Traversable, under: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for item in folder.iterdir():
        if item.is_dir():
            found += _files(item, f"{under}{item.name}/")
        elif item.name.endswith((".py", ".csv", ".yaml")):
            found.append((under + item.name, item))
    return found


def _beside(folder: Path, path: Path, landmark: Landmark) -> Path:
    return folder / path.with_suffix(f".{identify('by', landmark)}.parquet")


def _landmarks(path: Path, landmark: Landmark, answers: Answers) -> pl.DataFrame:
    there = pl.read_parquet_schema(path)
    wanted = [name for name in (landmark.column, landmark.area, landmark.state) if name in there]
    rows = pl.read_parquet(path, columns=wanted)
    if landmark.column not in there:
        rows = rows.with_columns(pl.lit(None, dtype=pl.String).alias(landmark.column))
    area = landmark.area if landmark.area in there else None
    if landmark.area_is:
        rows, area = rows.with_columns(area_is=pl.lit(landmark.area_is)), "area_is"
    state = landmark.state if landmark.state in there else None
    return landmarks_of(rows, landmark.column, area, state, answers).drop("rows", "candidates", "reason")


def _write(frame: pl.DataFrame, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{os.getpid()}.{target.name}")
    frame.write_parquet(beside, compression="zstd")
    with beside.open("rb+") as file:
        os.fsync(file.fileno())
    beside.replace(target)


def _clear(folder: Path, rules: str) -> None:
    """Remove what no count would find again."""
    for path in (folder / FOLDER).rglob("*.parquet"):
        if path.name.startswith("."):
            continue  # another count may be writing it
        digest, *stored = path.relative_to(folder / FOLDER).parts
        source = folder.joinpath(*stored)
        if digest != rules or not source.with_name(f"{source.name.split('.')[0]}.parquet").exists():
            path.unlink(missing_ok=True)
