"""How the confidence of accounts and claims turns out on writers left out of the fit, in Markdown."""

from collections.abc import Iterator, Sequence

from bench.fit_confidence import RIDGE, examples, left_out

_BANDS = 6

Outcome = tuple[float, bool]


def reliability_table() -> Iterator[str]:
    """Bands of equal size by the share given, against the share that was right; and how much the shares help."""
    accounts, claims = examples()
    yield "| | given, from … to … | given, mean | right | of |"
    yield "|---" * 5 + "|"
    outcomes = {
        "accounts": left_out(accounts, RIDGE["account"]),
        "claims": left_out(claims, RIDGE["claim"]),
    }
    for name, found in outcomes.items():
        for band in bands(found):
            given, right = [share for share, _ in band], [right for _, right in band]
            yield (
                f"| {name} | {given[0]:.2f} … {given[-1]:.2f} | {_mean(given):.2f} | {_mean(right):.2f} | {len(band)} |"
            )
    yield ""
    for name, found in outcomes.items():
        base = _mean([right for _, right in found])
        yield (
            f"{name.capitalize()}: mean square error {brier(found):.3f}, of the same share for all ({base:.2f}) "
            f"{base * (1 - base):.3f}; the bands are off by {calibration_error(found):.3f} on average.  "
        )


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
