"""The catalogues: Spanish says everything, Arabic nearly so, and no translation loses or invents what is put in."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import portico.web

LOCALE = Path(portico.web.__file__).parent / "locale"
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|<[^>]+>")


def catalogue(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return [each for each in read_po(file, locale=language) if each.id]


def strings(message):
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_text_is_there_in_spanish():
    assert [each.id for each in catalogue("es") if each.fuzzy or not all(strings(each))] == []


def test_nearly_every_text_is_there_in_arabic():
    """Who adds a text writes its Spanish; its Arabic may come later, but no room is left in English."""
    texts = catalogue("ar")
    assert [each.id for each in texts if not any(strings(each))][len(texts) * 3 // 100 :] == []


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("ar", 6)])
def test_a_text_with_a_number_has_every_form_of_its_language_or_none(language, forms):
    counted = [each for each in catalogue(language) if not isinstance(each.id, str)]
    assert [each.id for each in counted if sum(map(bool, strings(each))) not in {0, forms}] == []


@pytest.mark.parametrize("language", ["es", "ar"])
def test_what_is_set_apart_from_the_direction_of_a_sentence_ends_within_it(language):
    told = [string for each in catalogue(language) for string in strings(each)]
    assert [each for each in told if each.count("\u2068") != each.count("\u2069")] == []


@pytest.mark.parametrize("language", ["es", "ar"])
def test_what_is_put_into_a_text_is_put_into_its_translation(language):
    wrong = {}
    for each in catalogue(language):
        told = each.id if isinstance(each.id, str) else each.id[-1]
        for string in filter(None, strings(each)):
            if sorted(PLACES.findall(string)) != sorted(PLACES.findall(told)):
                wrong[told] = string
    assert wrong == {}


@pytest.mark.parametrize("language", ["es", "ar"])
def test_no_guess_of_the_gatherer_is_taken_for_a_translation(language):
    assert [each.id for each in catalogue(language) if each.fuzzy] == []


@pytest.mark.parametrize(
    ("language", "expected"), [("es", "martes 14 de mayo de 2019"), ("ar", "الثلاثاء 14 مايو 2019")]
)
def test_days_are_told_as_the_language_has_them(language, expected):
    from django.utils.translation import override

    from portico.web.wording import date_words

    with override(language):
        assert date_words("2019-05-14", weekday=True) == expected
    assert date_words("2019-05-14", weekday=True) == "Tuesday 14 May 2019"
