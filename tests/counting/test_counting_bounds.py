"""What truly holds of the two figures, whatever the incidents: the bounds are exact, and settling only narrows them."""

from dataclasses import replace
from datetime import date
from itertools import product

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from portico.counting import count, definitions
from portico.facts import ATTRIBUTES, FactState, IncidentState, Status, Verification, left_open

DEFINITIONS = [
    *definitions().values(),
    msgspec.structs.replace(definitions()["inside-only"], start=date(2019, 5, 1), before=date(2020, 3, 1)),
]
EVENTS = [each for each in DEFINITIONS if each.unit == "events"]
DATES = ("2019-05-14", "2019-05-15", "2019-06", "2019-05", "2019", "2020-03-02", "XXXX-05-14")
CODED = ("kind", "agency", "zone", "role")
GROUNDS = ("kind", "agency", "zone")
BY = ("zone", "role", "agency", "month", "year", "state", "county")


def values(attribute):
    choices = {
        "date": DATES,
        "county": ("Kings", "Queens"),
        "state": ("NY", "CA"),
        "people_arrested": (0, 1, 3),
    }.get(attribute) or ATTRIBUTES[attribute].values
    return st.lists(st.sampled_from(choices), max_size=2, unique=True).map(tuple)


def fact(attribute, told):
    status = Status.UNKNOWN if not told else Status.DISPUTED if len(told) > 1 else Status.AGREED
    return FactState(attribute=attribute, status=status, values=told)


@st.composite
def states(draw, least=0, most=5):
    told = (*CODED, "date", "county", "state", "people_arrested")
    likely = {"kind": ("arrest",), "agency": ("ice",)}
    return [
        IncidentState(
            id=f"i{number}",
            accounts=(),
            sources=(),
            facts=tuple(
                fact(name, likely[name] if name in likely and draw(st.booleans()) else draw(values(name)))
                for name in told
            ),
            verification=draw(st.sampled_from(Verification)),
        )
        for number in range(draw(st.integers(least, most)))
    ]


def figures(table):
    return {row.cells: (row.lower, row.upper) for row in table.rows}


CASES = settings(max_examples=40, deadline=None)
ASKED_BY = st.lists(st.sampled_from(BY), max_size=2, unique=True)


@CASES
@given(st.sampled_from(DEFINITIONS), states(), ASKED_BY)
def test_the_lower_figure_is_never_above_the_upper(definition, incidents, by):
    table = count(definition, incidents, by=by)
    for row in (table.total, *table.rows):
        assert 0 <= row.lower <= row.upper
        assert not set(row.certain) & set(row.possible)
    assert sum(row.lower for row in table.rows) <= table.total.lower
    assert all(row.upper <= table.total.upper for row in table.rows)
    assert {each for row in table.rows for each in row.certain} <= set(table.total.certain)


@CASES
@given(st.sampled_from(DEFINITIONS), states(least=1), ASKED_BY)
def test_one_more_incident_lowers_no_figure(definition, incidents, by):
    before, after = count(definition, incidents[:-1], by=by), count(definition, incidents, by=by)
    assert before.total.lower <= after.total.lower
    assert before.total.upper <= after.total.upper
    for cells, (lower, upper) in figures(before).items():
        assert lower <= figures(after)[cells][0]
        assert upper <= figures(after)[cells][1]


def settled(told, attribute):
    """Every way in which a coded fact may turn out."""
    if not told:
        return ATTRIBUTES[attribute].values
    return tuple(dict.fromkeys(each for code in told for each in (code, *left_open(attribute, code))))


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(EVENTS[:-1]), states(least=1, most=1), st.sampled_from([None, *ATTRIBUTES["zone"].values]))
def test_the_bounds_are_the_least_and_most_of_all_that_may_turn_out(definition, incidents, zone):
    (state,) = incidents
    where = {"zone": zone} if zone else {}
    # The other facts are left as they are: three that differ are worlds enough.
    table = count(definition, incidents, where=where)
    worlds = [
        count(definition, [settle(state, dict(zip(GROUNDS, world, strict=True)))], where=where).total
        for world in product(*(settled(state.values(name), name) for name in GROUNDS))
    ]
    assert table.total.lower == min(world.lower for world in worlds)
    assert table.total.upper == max(world.upper for world in worlds)


def settle(state, told):
    facts = tuple(
        fact(each.attribute, (told[each.attribute],)) if each.attribute in told else each for each in state.facts
    )
    return replace(state, facts=facts)


@CASES
@given(
    st.sampled_from(EVENTS), states(least=1), st.sampled_from(("zone", "role", "agency", "month", "year")), st.data()
)
def test_settling_a_fact_only_narrows(definition, incidents, by, data):
    attribute = data.draw(st.sampled_from((*CODED, "date")))
    first, *others = incidents
    told = first.values(attribute)
    if attribute == "date":
        may_be = {"2019": "2019-06-03", "2019-05": "2019-05-20", "2019-06": "2019-06-03", "XXXX-05-14": "2019-05-14"}
        turned_out = may_be.get(str(told[0]), told[0]) if told else data.draw(st.sampled_from(DATES[:2]))
    else:
        turned_out = data.draw(st.sampled_from(settled(told, attribute)))
    before = count(definition, incidents, by=[by])
    after = count(definition, [settle(first, {attribute: turned_out}), *others], by=[by])
    assert before.total.lower <= after.total.lower <= after.total.upper <= before.total.upper
    for cells in figures(before).keys() & figures(after).keys():
        assert figures(before)[cells][0] <= figures(after)[cells][0]
        assert figures(after)[cells][1] <= figures(before)[cells][1]


@CASES
@given(st.sampled_from(DEFINITIONS), states(), st.sampled_from(BY))
def test_a_row_is_what_asking_for_its_cell_gives(definition, incidents, by):
    for row in count(definition, incidents, by=[by]).rows:
        if by == "county" and ", " not in row.cells[0]:
            continue  # asks for the county in any state; the row is for those of which the state is not told
        total = count(definition, incidents, where={by: row.cells[0]}).total
        assert (row.lower, row.upper, row.certain) == (total.lower, total.upper, total.certain)


@CASES
@given(st.sampled_from(DEFINITIONS), states(), ASKED_BY, st.randoms(use_true_random=False))
def test_the_order_of_incidents_changes_no_figure(definition, incidents, by, random):
    shuffled = [*incidents, *incidents]
    random.shuffle(shuffled)
    assert figures(count(definition, incidents, by=by)) == figures(count(definition, shuffled, by=by))


@CASES
@given(st.sampled_from(DEFINITIONS), states())
def test_what_may_count_says_what_leaves_it_open(definition, incidents):
    table = count(definition, incidents)
    assert {each for question in table.open for each in question.incidents} == set(table.total.possible)
