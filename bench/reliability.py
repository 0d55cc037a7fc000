"""How the confidence of accounts and claims turns out on writers left out of the fit, in Markdown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bench.fit_confidence import RIDGE, examples, left_out

_BANDS = 6

Outcome = tuple[float, bool]


def reliability_table() -> Iterator[str]:
    """Bands of equal size by the share given, against the share that was right; and how much the shares help."""
    found = dict(zip(("account", "claim"), examples(), strict=True))
    outcomes = {name: left_out(every, RIDGE[name]) for name, every in found.items()}
    yield "| | given, from … to … | given, mean | right | of |"
    yield "|---" * 5 + "|"
    for name, given in outcomes.items():
        yield from (_band_row(name, band) for band in bands(given))
    yield ""
    for name, given in outcomes.items():
        same = left_out([replace(each, signs=frozenset()) for each in found[name]], RIDGE[name])
        yield (
            f"- {name}s: mean square error {brier(given):.3f}, where one share for all gives {brier(same):.3f}; "
            f"the bands are off by {calibration_error(given):.3f} on average."
        )


def _band_row(name: str, band: Sequence[Outcome]) -> str:
    given, right = [share for share, _ in band], [right for _, right in band]
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
    return _mean([(share - right) ** 2 for share, right in found])


def calibration_error(found: Sequence[Outcome]) -> float:
    """How far the share given lies from the share right, on average over the bands."""
    off = [abs(_mean([share for share, _ in band]) - _mean([right for _, right in band])) for band in bands(found)]
    return _mean(off)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
