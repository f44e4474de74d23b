"""One rule for the keys of a scale, at every door."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.cli.plain import sitting as plain
from selfassess.model.questionnaire import Edition, Group, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.reports import PaperForm
from selfassess.model.sheet import Missing
from selfassess.numbers import number
from selfassess.project.drafts import Unsaved
from selfassess.services.paper import layout
from selfassess.sitting import paper_row
from selfassess.sitting.choices import (
    LETTERS,
    choice_named,
    choice_of,
    choices,
    points,
    range_of,
    several,
    several_named,
)
from selfassess.sitting.session import Sitting
from selfassess.sitting.state import start
from selfassess.sitting.steps import Step
from selfassess.tui.question_view import view
from tests.documents.drawn import plain as to_text


def scale(*labelled: tuple[float, str]) -> Scale:
    return Scale(points=tuple(Point(value=value, label=label) for value, label in labelled))


def ends(values: range, low: str, high: str) -> Scale:
    """A scale with words at its two ends only."""
    return scale(*((value, {values[0]: low, values[-1]: high}.get(value, "")) for value in values))


def read(scale: Scale) -> list[str]:
    """What is read on screen: the key and the words."""
    return [f"{point.press} {point.label}".strip() for point in points(scale)]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (ends(range(5), "Worst", "Best"), ["0 Worst", "1 1", "2 2", "3 3", "4 Best"]),
        (ends(range(7), "Low", "High"), ["0 Low", "1 1", "2 2", "3 3", "4 4", "5 5", "6 High"]),
        (scale(*((value, str(value)) for value in range(11))), [*(f"{n} {n}" for n in range(10)), "e 10"]),
        (scale(*((value, str(value)) for value in range(5, 0, -1))), ["5 5", "4 4", "3 3", "2 2", "1 1"]),
        (scale((0, "0 - none"), (1, "1 - some"), (2, "2 - all")), ["0 0 - none", "1 1 - some", "2 2 - all"]),
        (scale((-1, "-1"), (0, "0"), (1, "+1")), ["e -1", "0 0", "1 +1"]),
        (scale((1, "No"), (2, "Partly"), (3, "Yes")), ["1 No", "2 Partly", "3 Yes"]),
        (scale((0, "Never"), (1, "At times"), (2, "Always")), ["1 Never", "2 At times", "3 Always"]),
        (scale((0, "No"), (0.33, "Some"), (1, "All")), ["1 No", "2 Some", "3 All"]),
        (scale((1, "1 day"), (2, "1 week"), (3, "1 month")), ["1 1 day", "2 1 week", "3 1 month"]),
        (scale((1, "1–2 times"), (2, "3–5 times")), ["1 1–2 times", "2 3–5 times"]),
        (scale((1, "2 or fewer"), (2, "3"), (3, "4 or more")), ["e 2 or fewer", "f 3", "g 4 or more"]),
        (scale((1, "1 day"), (2, ""), (3, "1 year")), ["1 1 day", "2", "3 1 year"]),
        (scale((0, "0%"), (25, ""), (50, "50%")), ["0 0%", "e 25", "f 50%"]),
    ],
)
def test_a_value_that_people_read_is_its_own_key_and_else_keys_count_from_one(
    scale: Scale, expected: list[str]
) -> None:
    assert read(scale) == expected


def test_thirty_six_points_share_the_keys_that_mean_nothing_else() -> None:
    found = points(scale(*((value, f"Option {chr(65 + value)}") for value in range(36))))
    pressed = [point.press for point in found if point.press]
    assert pressed == [*"123456789", *LETTERS]
    assert not set("abcdhnrstwxy") & set(pressed)
    assert [point.key for point in found][-1] == "36"


def test_a_range_says_how_points_are_typed() -> None:
    assert range_of(points(ends(range(11), "Never", "Always"))) == "0 to 10"
    assert range_of(points(scale((5, "5"), (4, "4"), (3, "3")))) == "3 to 5"
    assert range_of(points(scale((0, "0%"), (25, "25%")))) == "0, 25"
    assert range_of(points(scale((1, "2 or fewer"), (2, "3")))) == "e, f"


VALUES = st.one_of(
    st.integers(-3, 3).flatmap(lambda low: st.integers(2, 16).map(lambda n: [float(low + at) for at in range(n)])),
    st.lists(
        st.sampled_from([0, 0.25, 0.5, 1, 1.5, 2, 7, 10, 25, 50, 100, 1000]), min_size=2, max_size=9, unique=True
    ).map(sorted),
)
WORDS = st.sampled_from(["", "Never", "Best", "1 day", "1 week", "3–5 times", "2 or fewer", "10", "0", "(0) none", "½"])


@st.composite
def scales(draw: st.DrawFn) -> Scale:
    values = draw(VALUES)
    if draw(st.booleans()):
        values = values[::-1]
    manner = draw(st.sampled_from(["figures", "ends", "figure and words", "anything"]))
    labels = {
        "figures": [f"{value:g}" for value in values],
        "ends": ["Worst", *[""] * (len(values) - 2), "Best"],
        "figure and words": [f"{value:g} - so much" for value in values],
        "anything": [draw(WORDS) for _ in values],
    }[manner]
    return Scale(
        points=tuple(Point(value=value, label=label) for value, label in zip(values, labels, strict=True)),
        dont_know="Don't know",
        not_applicable=draw(st.sampled_from([None, "Doesn't apply"])),
    )


def asking(scale: Scale, kind: str) -> Edition:
    item = Item(id="one", text="How well?", scale="x", kind=kind)  # type: ignore[arg-type]  # one of the two kinds with points
    strand = Strand(id="s", title="S", items=(item,))
    whole = Questionnaire(
        format=1,
        id="q",
        version="1",
        title="Q",
        groups=(Group(id="all", title="All"),),
        scales={"x": scale},
        strands=(strand,),
    )
    return Edition(questionnaire=whole, content=b"", sha256="0" * 64)


@given(scales(), st.sampled_from(["choice", "many"]))
def test_every_door_takes_the_same_key_for_the_same_value(scale: Scale, kind: str) -> None:
    edition = asking(scale, kind)
    whole = edition.questionnaire
    item = whole.item("one")
    sitting = Sitting(edition, start(edition, None), Unsaved())
    on_screen = view(sitting)
    offered = choices(whole, item)
    for at, choice in enumerate(offered):
        meant = (choice.response,) if kind == "many" and not isinstance(choice.response, Missing) else choice.response
        assert on_screen.responses[at] == choice.response
        assert on_screen.options[at].key == choice.press
        for typed in {choice.key, choice.written}:
            assert plain._response(whole, Step(item.id, whole.strands[0], None, item), typed) == meant
            assert paper_row.response(whole, item, typed) == meant
            assert paper_row.response(whole, item, typed.upper()) == meant or typed.isdigit() is False
    keys = [choice.key for choice in offered] + [choice.written for choice in offered if choice.written != choice.key]
    assert len(set(keys)) == len(keys)


@given(scales())
def test_no_key_is_the_figure_that_stands_beside_another_point(scale: Scale) -> None:
    found = points(scale)
    for point in found:
        others = [other for other in found if other is not point and other.label == point.press]
        assert point.press.isalpha() or not others or point.label == point.press


@given(scales())
def test_what_is_printed_to_be_circled_is_what_is_typed(scale: Scale) -> None:
    edition = asking(scale, "choice")
    form = layout(edition, None, "full")
    printed = to_text(PaperForm(layout=form))
    for point in points(scale):
        assert point.written in printed
        row = paper_row.joined((point.written,))
        assert (
            paper_row.response(edition.questionnaire, form.questions[0].item, paper_row.split(row)[0]) == point.response
        )


def test_several_points_are_typed_with_blanks_or_commas_and_a_kind_of_missing_alone() -> None:
    edition = asking(Scale(points=points_of("Health", "School", "Housing"), dont_know="Don't know"), "many")
    offered = choices(edition.questionnaire, edition.questionnaire.item("one"))
    assert several(offered, "3, 1") == (1, 3)
    assert several(offered, "d") is Missing.DONT_KNOW
    assert several(offered, "1 d") is None
    assert several(offered, "1 4") is None
    assert several(offered, "") is None


def points_of(*labels: str) -> tuple[Point, ...]:
    return tuple(Point(value=value, label=label) for value, label in enumerate(labels, start=1))


def test_nothing_typed_is_no_choice() -> None:
    assert choice_of(points(scale((1, "No"), (2, "Yes"))), " ") is None
    assert number("") is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [("agree", 4), ("AGREE.", 4), ("ag", 4), ("strongly  a", 5), ("strongly", None), ("", None), ("agreed", None)],
)
def test_words_are_answers_where_they_begin_only_one(typed: str, value: float | None) -> None:
    agree = points(scale((1, "Strongly disagree"), (2, "Disagree"), (4, "Agree"), (5, "Strongly agree")))
    found = choice_named(agree, typed)
    assert (found and found.response) == value


def test_of_several_words_have_commas_between_them() -> None:
    shed = points(scale((1, "Spade"), (2, "Watering can"), (3, "Wheelbarrow")))
    assert several_named(shed, "wheel, watering can") == (2, 3)
    assert several_named(shed, "3, spade") == (1, 3)
    assert several_named(shed, "w") is None
    assert several_named(shed, "spade, rake") is None
