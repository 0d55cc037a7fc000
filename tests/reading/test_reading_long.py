"""Long texts: read in time that grows with them, whatever they are made of."""

from collections.abc import Callable
from time import process_time

import pytest

from portico.reading import open_document, read

SYLLABLES = ("ba", "de", "ki", "lo", "mu", "ra", "se", "ti", "vo", "zu")
SMALL, TIMES = 60, 4


def surname(number: int) -> str:
    """Another name for each number."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04d}").capitalize()


def arrest(number: int) -> str:
    day, year = number % 28 + 1, 2001 + number % 20
    return (
        f"On May {day}, {year}, ICE agents arrested Jonah {surname(number)} in a hallway of Brooklyn Criminal Court, "
        f"said Ines {surname(number + 5000)}, director of Harbor Clinic. The group was told that the agency is silent."
    )


def turn(number: int) -> str:
    return f"{surname(number).upper()}: Two men took him, said Ines {surname(number)}, who had seen it in May."


TEXTS: dict[str, Callable[[int], str]] = {
    "arrests": lambda count: "\n\n".join(map(arrest, range(count))),
    "arrests on one line": lambda count: " ".join(map(arrest, range(count))),
    "turns of a transcript": lambda count: "\n\n".join(map(turn, range(count))),
    "numbers": lambda count: "The court counted 31 arrests. " + "May 2 and 31 arrests at courts, " * (4 * count),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_longer_text_takes_longer_in_proportion(name):
    """Four times as much takes at most nine times as long; were all compared with all, it would take sixteen."""

    def seconds(count: int) -> float:
        document = open_document(TEXTS[name](count).encode())
        began = process_time()
        read(document)
        return process_time() - began

    seconds(SMALL)
    assert seconds(TIMES * SMALL) < 9 * seconds(SMALL) + 0.2


@pytest.mark.parametrize("joint", ["of", "and", "for the", "&"])
def test_an_endless_name_is_read(joint):
    text = f"Union {joint} " * 3000 + "Clerks."
    assert read(open_document(text.encode())).accounts == ()
