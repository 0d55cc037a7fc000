"""Kleene's logic: the truth tables, and the laws that rules rely on."""

from itertools import product

import pytest

from portico.facts import Truth, all_true, any_true, same_for_all, truth

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("a", "b", "both", "either"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, U, U, U),
    ],
)
def test_tables(a, b, both, either):
    assert a & b is b & a is both
    assert a | b is b | a is either


def test_not_swaps_the_known_and_keeps_the_unknown():
    assert [~T, ~F, ~U] == [F, T, U]


@pytest.mark.parametrize(("a", "b", "c"), list(product(Truth, repeat=3)))
def test_laws(a, b, c):
    assert ~(a & b) is (~a | ~b)
    assert a & (b | c) is (a & b) | (a & c)
    assert all_true([a, b, c]) is ((a & b) & c)
    assert any_true([a, b, c]) is ((a | b) | c)


def test_of_nothing():
    assert all_true([]) is T
    assert any_true([]) is F
    assert same_for_all([]) is U


def test_several_possibilities_with_one_answer_have_that_answer():
    assert same_for_all([F, F]) is F
    assert same_for_all([F, T]) is U


def test_unknown_is_never_read_as_yes():
    with pytest.raises(TypeError, match="may be unknown"):
        bool(U)
    assert truth(known=True) is T
