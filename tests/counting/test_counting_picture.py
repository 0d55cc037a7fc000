"""Charts: well-formed, described in words, told by shape and not by colour alone, and every figure on them."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.counting.picture import MOST_LINES, Line, Picture, PictureError, scale, svg

SVG = "{http://www.w3.org/2000/svg}"


def line(label: str, lower: int, upper: int) -> Line:
    return Line(label=label, lower=lower, upper=upper, says=str(lower) if lower == upper else f"{lower} to {upper}")


def picture(*lines: Line, **told) -> Picture:
    return Picture(
        **{"title": "Arrests: 3 to 5", "by": "zone", "unit": "events", "heading": "events"} | told, lines=lines
    )


def drawn(shown: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(svg(shown))


def texts(root: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


SHOWN = picture(line("hallway", 3, 3), line("entrance <&>", 0, 2), under=("What counts.",), notes=("A floor.",))


def test_it_is_an_image_with_a_title_and_a_description_that_has_every_figure() -> None:
    root = drawn(SHOWN)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    described = {each.get("id"): each.text for each in root if each.tag in (f"{SVG}title", f"{SVG}desc")}
    assert described["title"] == "Arrests: 3 to 5"
    assert described["desc"] == "What counts. Bars by zone, in events. hallway: 3; entrance <&>: 0 to 2."


def test_it_is_its_own_table_for_who_looks() -> None:
    said = texts(drawn(SHOWN))
    for words in ("Arrests: 3 to 5", "zone", "events", "hallway", "3", "entrance <&>", "0 to 2", "A floor."):
        assert words in said


def test_what_may_count_differs_by_shape() -> None:
    root = drawn(SHOWN)
    bars = [each for each in root.iter(f"{SVG}rect") if each.get("height") in ("16", "14.5")]
    certain, may = bars
    assert (certain.get("fill"), may.get("fill")) == ("#1f4e8c", "url(#may)")
    assert may.get("stroke")
    assert {"counts", "may count"} <= set(texts(root))
    assert "may count" not in texts(drawn(picture(line("hallway", 3, 3))))


def test_bars_are_as_long_as_their_figures() -> None:
    root = drawn(picture(line("a", 10, 10), line("b", 5, 5), line("c", 0, 0)))
    lengths = [float(each.get("width", "")) for each in root.iter(f"{SVG}rect") if each.get("height") == "16"]
    assert lengths[0] == pytest.approx(2 * lengths[1])
    assert len(lengths) == 2


def test_it_stands_alone() -> None:
    written = svg(SHOWN)
    assert not any(word in written for word in ("<script", "href", "style=", "<style", "http://" + "fonts"))


def test_more_lines_than_can_be_read_are_refused() -> None:
    with pytest.raises(PictureError) as refused:
        svg(picture(*[line(str(number), 1, 1) for number in range(MOST_LINES + 1)]))
    assert str(refused.value) == (
        "A chart of 201 lines cannot be read; 200 can. No file was written. "
        "Narrow the question with --where, or count by fewer attributes."
    )


@settings(max_examples=50, deadline=None)
@given(label=st.text(max_size=90), title=st.text(max_size=90), lower=st.integers(0, 10**9), more=st.integers(0, 10**9))
def test_any_words_and_numbers_make_a_picture(label: str, title: str, lower: int, more: int) -> None:
    root = drawn(picture(line(label, lower, lower + more), title=title))
    assert str(lower) in " ".join(texts(root))
    edges = [float(each.get("x", "0")) + float(each.get("width", "0")) for each in root.iter(f"{SVG}rect")]
    assert max(edges) <= 760


@given(most=st.integers(1, 10**15))
def test_a_scale_has_at_most_five_round_counts(most: int) -> None:
    counts = scale(most)
    assert 1 <= len(counts) <= 5
    assert counts[-1] <= most
