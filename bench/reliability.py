"""How the confidence of accounts and claims turns out on writers left out of the fit, in Markdown."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bench.fit_confidence import RIDGE, Example, Outcome, examples_without, left_out

_BANDS = 6


def reliability_table() -> Iterator[str]:
    """Bands of equal size by the share given, against the share that was right; and how much the shares help."""
    outcomes = {name: left_out(_known(name), RIDGE[name]) for name in RIDGE}
    yield "| | given, from … to … | given, mean | right | of |"
    yield "|---" * 5 + "|"
    for name, given in outcomes.items():
        yield from (_band_row(name, band) for band in bands(given))
    yield ""
    for name, given in outcomes.items():
        alike = left_out(_known(name, signless=True), RIDGE[name])
        yield (
            f"- {name}s: mean square error {brier(given):.3f}, where one share for all gives {brier(alike):.3f}; "
            f"the bands are off by {calibration_error(given):.3f} on average; of a right and a wrong one "
            f"by one writer, the right one is the higher in {in_order(given):.2f} (chance: 0.5)."
        )


def _known(name: str, *, signless: bool = False) -> Callable[[str], Sequence[Example]]:
    """The accounts or claims as read without a writer; signless: as if nothing were known of any."""

    def of(writer: str) -> Sequence[Example]:
        every = examples_without(writer)[name]
        return [replace(each, signs=frozenset()) for each in every] if signless else every

    return of


def _band_row(name: str, band: Sequence[Outcome]) -> str:
    given, right = [each.share for each in band], [each.right for each in band]
    return f"| {name}s | {given[0]:.2f} … {given[-1]:.2f} | {_mean(given):.2f} | {_mean(right):.2f} | {len(band)} |"


def bands(found: Sequence[Outcome]) -> Iterator[Sequence[Outcome]]:
    """The outcomes in order of the share given, cut into bands of equal size."""
    ordered = sorted(found)
    for number in range(_BANDS):
        band = ordered[number * len(ordered) // _BANDS : (number + 1) * len(ordered) // _BANDS]
        if band:
            yield band


def brier(found: Sequence[Outcome]) -> float:
    """Mean square error of the shares (Brier 1950): 0 is perfect."""
    return _mean([(each.share - each.right) ** 2 for each in found])


def calibration_error(found: Sequence[Outcome]) -> float:
    """How far the share given lies from the share right, on average over the bands."""
    return _mean([abs(_mean([each.share - each.right for each in band])) for band in bands(found)])


def in_order(found: Sequence[Outcome]) -> float:
    """Of the pairs of a right and a wrong one by one writer, the share with the right one higher; 0.5 is chance.

    Within a writer, because what a desk sorts comes from one place, and because leaving out a writer with many errors
    raises the shares of just that writer.
    """
    pairs = [
        (one.share > other.share) + (one.share == other.share) / 2
        for one in found
        if one.right
        for other in found
        if not other.right and one.writer == other.writer
    ]
    return _mean(pairs)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
