"""Times of day in a text: exact, hedged, or none."""

import pytest

from portico.web.report.clock import clock_times


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("9:41 Judge calls me", ["9:41"]),
        ("told her at 9:30: they are downstairs", ["9:30"]),
        ("at about 9:45 a.m.", ["about 9:45"]),
        ("shortly after 10 a.m., two people said", ["soon after 10:00"]),
        ("just before 2 p.m.", ["soon before 14:00"]),
        ("walked out at noon", ["12:00"]),
        ("at 1 p.m. Thursday", ["13:00"]),
        ("12:05 am and 12:05 pm", ["0:05", "12:05"]),
        ("2:15 he is gone", ["14:15"]),  # courts sit by day
        ("02:15 by the camera", ["2:15"]),
        ("17:02", ["17:02"]),
        ("25:10, 13 pm, 10:75", []),
        ("docket 12:345, 1:2:3, on 5/14/19, $9:40, room 9:4", []),
        ("in 2019 about 150 defenders", []),
        ("10 amendments, 9 am", ["9:00"]),
    ],
)
def test_clock_times(text, words):
    assert [time.words for time in clock_times(text)] == words


def test_a_hedged_time_has_room_on_the_side_that_the_words_leave():
    (about,), (after,) = clock_times("about 9:45"), clock_times("after 10 a.m.")
    assert (about.earliest, about.latest, about.exact) == (9 * 60 + 40, 9 * 60 + 50, False)
    assert (after.earliest, after.latest) == (600, 630)
