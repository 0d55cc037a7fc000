"""What the core says in English a Spanish page says in Spanish: reasons, entries of the log, roles, states."""

import html
import re

import pytest
from django.utils.translation import override

from portico.facts import Account, Claim, Verification
from portico.matching import propose, shipped_weights
from portico.record.verification import GROUNDS
from portico.store.payloads import TYPES
from portico.web.access.acts import Role
from portico.web.matching.pairs import said
from portico.web.report.sheet import Bit
from portico.web.templatetags.words import shown
from portico.web.wording import listed, number_words, spaced


def words(client, path) -> str:
    client.cookies["portico-language"] = "es"
    text = client.get(path).content.decode()
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


@pytest.mark.parametrize(
    "english",
    [*(each.says for each in shipped_weights().evidence.values()), *GROUNDS]
    + [each.replace("_", " ") for each in (*TYPES, *map(str, Role), *(each.value for each in Verification))],
)
@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_sentence_or_code_of_the_core_has_its_words(language, english):
    with override(language):
        assert spaced(english) != english


def test_the_pages_print_them(desk):
    incident = desk.record.incidents()[0].id
    client = desk.client([Role.REVIEWER, Role.ADMINISTRATOR])
    page = words(client, f"/incidents/{incident}/")
    assert "fuentes independientes cuentan el suceso." in page
    assert "independent sources" not in page
    history = words(client, f"/incidents/{incident}/history/")
    assert "relato propuesto" in history
    assert not [each for each in TYPES if each.replace("_", " ") in history]
    people = words(client, "/people/")
    assert "administrador, revisor" in people
    assert not [each for each in ("administrator", "reviewer") if each in people]


def test_why_two_accounts_may_be_of_one_event_is_told_in_the_language():
    told = (("date", "2019-05-14"), ("county", "Kings"), ("state", "NY"))
    one = Account(
        claims=tuple(Claim(attribute=name, value=value, spans=(), origin="person:reviewer") for name, value in told)
    )
    (found,) = propose(one, {"other": one}, least=0.0)
    with override("es"):
        reasons = [said(reason, one, one) for reason in found.reasons]
    assert {"Ambos dan el mismo día.", "Ambos son del mismo condado."} <= set(reasons)
    assert not {reason.sentence for reason in found.reasons} & set(reasons)


@pytest.mark.parametrize(("language", "expected"), [("en", "a, b"), ("es", "a, b"), ("ar", "a، b")])
def test_a_list_has_the_comma_of_its_language(language, expected):
    with override(language):
        assert listed(["a", None, "", "b"]) == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "Four"), ("es", "Cuatro"), ("ar", "أربع")])
def test_a_small_number_is_told_in_words(language, expected):
    with override(language):
        assert number_words(4) == expected
        assert number_words(12) == "12"


def test_who_may_see_a_guarded_value_sees_it_and_others_see_which_it_is(desk):
    incident = desk.record.incidents()[0].id
    pages = {
        unlocked: desk.client([Role.COUNSEL], unlocked=unlocked).get(f"/incidents/{incident}/").content.decode()
        for unlocked in (False, True)
    }
    values = {unlocked: re.findall(r"<td><b><bdi>(.*?)</bdi></b>", page, re.DOTALL) for unlocked, page in pages.items()}
    assert not any("[guarded]" in page for page in pages.values())
    assert not any('class="guard"' in value for value in values[True])
    assert shown((Bit(masked="name"),)) == '<span class="guard">name, guarded</span>'
