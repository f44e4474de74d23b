"""Answering in one press: what goes on by itself, what stays, and what is left out."""

import asyncio

import pytest
from textual import events
from textual.geometry import Offset

from selfassess import paths
from selfassess.model.questionnaire import Point, Scale
from selfassess.sitting.choices import is_whole, points
from selfassess.tui import preferences, typed_ahead
from selfassess.tui.typed_ahead import OwnTurn
from selfassess.tui.widgets.key_bar import KeyBar
from tests.tui.conftest import Drive, Driven


def pressed(key: str, time: float) -> events.Key:
    event = events.Key(key, key if len(key) == 1 else None)
    event.time = time
    return event


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> OwnTurn:
    """After "3", drawn at second 10."""
    monkeypatch.setattr(typed_ahead, "_now", lambda: 10.0)
    made = OwnTurn("3")
    made.is_drawn()
    return made


@pytest.mark.parametrize(
    ("key", "time", "left_out"),
    [
        ("3", 10.1, True),
        ("3", 10.5, False),
        ("4", 10.1, False),
        ("4", 9.9, True),
        ("enter", 10.3, True),
        ("enter", 10.5, False),
        ("delete", 9.9, True),
        ("delete", 10.1, False),
        ("left", 9.9, False),
        ("escape", 9.9, False),
        ("ctrl+c", 9.9, False),
    ],
)
def test_what_was_for_the_page_before_is_left_out(turn: OwnTurn, key: str, time: float, left_out: bool) -> None:
    assert turn.leaves_out(pressed(key, time)) is left_out


def test_a_key_that_is_held_down_answers_one_question(turn: OwnTurn) -> None:
    assert all(turn.leaves_out(pressed("3", 10 + tenth / 10)) for tenth in range(30))
    assert not turn.leaves_out(pressed("3", 13.5))


def test_a_key_that_was_taken_again_is_taken_however_often_it_comes(turn: OwnTurn) -> None:
    assert not any(turn.leaves_out(pressed("3", 11 + hundredth / 100)) for hundredth in range(3))


def test_until_the_page_is_drawn_nothing_answers() -> None:
    undrawn = OwnTurn("3")
    assert undrawn.leaves_out(pressed("4", 1e9))
    assert undrawn.leaves_out(events.Paste("4"))
    assert not undrawn.leaves_out(pressed("left", 0))


def test_a_key_that_begins_another_is_not_the_whole_answer() -> None:
    offered = points(Scale(points=tuple(Point(value=value, label=str(value)) for value in range(11))))
    assert [choice.written for choice in offered if not is_whole(offered, choice)] == ["1"]


@pytest.fixture
def quickly(monkeypatch: pytest.MonkeyPatch, questions: Drive) -> Drive:
    """Answers are shown for hardly a moment, and nobody is so slow that a key was not for the page before."""
    monkeypatch.setattr(typed_ahead, "SHOWN", 0.02)
    monkeypatch.setattr(typed_ahead, "STILL", 3600)
    return questions


async def later(screen: Driven) -> None:
    await asyncio.sleep(0.05)
    await screen.settle()


async def test_one_press_answers_and_goes_on_and_the_arrow_undoes(
    quickly: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with quickly() as screen:
        await screen.press("3")
        await later(screen)
        assert "Question 2 of 4" in screen.text
        await screen.press("backspace")
        assert "(*) Mostly" in screen.text
        await screen.click("Entirely")
        assert screen.draft.responses == {"watering": 3}  # so soon it is a double click
        monkeypatch.setattr(typed_ahead, "STILL", 0)
        await screen.click("Entirely")
        await later(screen)
        assert screen.draft.responses == {"watering": 4}
        assert "Question 2 of 4" in screen.text


async def test_what_follows_at_once_corrects_or_stays(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3", "4")
        assert screen.draft.responses == {"watering": 4}
        await screen.press("left", "enter")
        assert "Question 2 of 4" in screen.text


async def test_what_bounces_answers_nothing(quickly: Drive) -> None:
    async with quickly() as screen:
        await screen.press("3")
        await later(screen)
        await screen.press("3", "enter")
        assert screen.draft.responses == {"watering": 3}
        assert "Question 2 of 4" in screen.text


async def test_several_choices_and_a_wanted_comment_stay(quickly: Drive) -> None:
    async with quickly() as screen:
        await screen.press("1")
        await later(screen)
        assert "Would you like to say a little more" in screen.text
        await screen.press("enter", "enter", "3")
        await later(screen)
        assert "Question 3 of 5" in screen.text


async def test_who_prefers_it_goes_on_by_enter_and_that_is_remembered(quickly: Drive) -> None:
    async with quickly() as screen:
        await screen.press("f3", "3")
        await later(screen)
        assert "Question 1 of 4" in screen.text
    async with quickly() as screen:
        await screen.press("3", "f2")
        await later(screen)
        assert "Question 1 of 4" in screen.text
    assert preferences.read() == preferences.Preferences(theme="light", waits_for_enter=True)
    async with quickly() as screen:
        assert screen.app.theme == "light"


async def test_a_preference_that_cannot_be_kept_holds_until_the_end(
    quickly: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unwritable(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr(preferences, "write_whole", unwritable)
    async with quickly() as screen:
        await screen.press("f3", "r", "escape", "3")
        await later(screen)
        assert "Question 1 of 4" in screen.text


@pytest.mark.parametrize("text", ["", "[]", '{"theme": 3}', "[" * 100_000, "\0"])
def test_preferences_that_cannot_be_read_were_never_chosen(text: str) -> None:
    preferences.remember(theme="light")
    paths.preferences().write_text(text)
    assert preferences.read() == preferences.Preferences()


async def test_the_mouse_shows_what_it_would_choose(questions: Drive) -> None:
    def looks(words: str) -> tuple[str, bool]:
        """The background of a line, and whether it is inverted."""
        for strip in screen.app.screen._compositor.render_strips():
            for segment in strip:
                if words in segment.text and segment.style and segment.style.bgcolor:
                    return segment.style.bgcolor.name, bool(segment.style.reverse)
        raise AssertionError(words)

    def mouse(kind: type[events.MouseEvent], words: str) -> None:
        row = next(at for at, line in enumerate(screen.text.splitlines()) if words in line)
        screen.app.post_message(kind(None, 8, row, 0, 0, 1, False, False, False))

    async with questions() as screen:
        plain = looks("A little")
        mouse(events.MouseMove, "A little")
        await screen.settle()
        raised = looks("A little")
        assert raised != plain == looks("Entirely")
        mouse(events.MouseDown, "A little")
        await screen.settle()
        assert looks("A little")[1]
        mouse(events.MouseMove, "Entirely")
        mouse(events.MouseUp, "Entirely")
        await screen.settle()
        assert (looks("A little"), looks("Entirely")) == (plain, raised)
        assert not screen.draft.responses, "it was let go elsewhere"


async def test_the_keys_at_the_bottom_show_it_too(questions: Drive) -> None:
    async with questions() as screen:
        bar = screen.app.screen.query_one(KeyBar)
        enter, back, *_ = bar.rows(bar.size.width)[0]
        at = bar.region.offset + Offset(enter.width + 2, 0)
        for kind, is_pressed in ((events.MouseMove, False), (events.MouseDown, True)):
            screen.app.post_message(kind(None, at.x, at.y, 0, 0, 1, False, False, False))
            await screen.settle()
            assert (bar.hovered, bar.is_pressed) == (back, is_pressed)
        screen.app.post_message(events.MouseMove(None, at.x, 1, 0, 0, 1, False, False, False))
        await screen.settle()
        assert (bar.hovered, bar.is_pressed) == (None, False)
