"""The weights' file: what it refuses, and how it says so."""

from importlib.resources import files

import pytest

from portico.facts import PorticoError
from portico.matching import WeightsError, load_weights, shipped_weights

SHIPPED = (files("portico.matching") / "data" / "weights.yaml").read_text(encoding="utf-8")


def test_the_shipped_weights_say_how_they_were_set():
    assert shipped_weights().how_set
    assert shipped_weights().evidence["same_day"].weight > shipped_weights().evidence["dates_may_agree"].weight


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("start: -4.0", "start: low", "Expected `float`, got `str` - at `$.start`"),
        ("propose_at: 0.5", "propose_at: 7", "propose_at is 7.0, and must lie above 0 and up to 1"),
        ("  same_day:", "  the_day:", "missing: same_day; not known: the_day"),
        ("  zone: {", "  floor: {", "missing: none; not known: floor"),
        ("same: 0.5, fits", "equal: 0.5, fits", "Object contains unknown field `equal` - at `$.facts[...]`"),
        ("start: -4.0", "start: [", "while parsing a flow"),
    ],
)
def test_a_broken_file_says_what_and_where(tmp_path, old, new, problem):
    file = tmp_path / "weights.yaml"
    file.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WeightsError) as refused:
        load_weights(file)
    assert isinstance(refused.value, PorticoError)
    assert problem in str(refused.value)
    assert str(refused.value).startswith("weights.yaml: ")
    assert "Nothing was matched; the record is unchanged. Correct the file" in str(refused.value)
