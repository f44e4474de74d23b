"""What a partnership says of who looks after people's answers: what it may hold, and the words made from it."""

import datetime
from collections.abc import Callable

import pytest

from selfassess.errors import UsageError
from selfassess.model.privacy_notice import (
    LONGEST_LINE,
    LONGEST_WORDS,
    NO_NOTICE,
    PrivacyNotice,
    can_be,
    read_keep_until,
    read_line,
    read_words,
)
from selfassess.sitting import privacy_notice as words

TODAY = datetime.date(2026, 11, 29)


def on(text: str) -> datetime.date | None:
    return read_keep_until(text, TODAY)


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_words, "x" * 4_000, "4,000 characters"),
        (read_words, " \n\t\n", "nothing in this text"),
        (read_words, "a\x1b[31mb", "hidden characters"),
        (read_words, "a\x00b", "hidden characters"),
        (read_words, "\u202eright to left", "hidden characters"),
        (read_line, "x" * (LONGEST_LINE + 1), "121 characters"),
        (read_line, "Sam\u200bField", "hidden characters"),
        (on, "28 November 2026", "has already passed"),
        (on, "5/6/2027", "can be 6 May or 5 June"),
        (on, "soon", "is not a day"),
        (on, "31 February 2027", "There is no 31 February 2027"),
        (on, "2350-01-01", "too far away to plan for"),
    ],
    ids=lambda given: repr(given) if isinstance(given, str) else given.__name__,
)
def test_what_cannot_be_is_told_with_a_cure(read: Callable[[str], object], text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as told:
        read(text)
    assert told.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "נשמור עליהם היטב",
        "نحتفظ بها بأمان",
        "We take care 🙂 👩‍👩‍👧",
        "Zoë’s café",
        "x" * LONGEST_WORDS,
        "One.\n\nTwo.",
    ],
)
def test_every_language_is_kept_as_it_was_typed(text: str) -> None:
    assert read_words(f"  {text}\r\n") == text
    assert can_be(PrivacyNotice(words=read_words(text)))


def test_a_line_is_one_line() -> None:
    assert read_line("  Sam\n\tField ") == "Sam Field"
    assert read_line(" ") == ""


def test_nothing_is_no_day() -> None:
    assert on(" ") is None


def test_today_is_not_over_yet() -> None:
    assert on("2026-11-29") == TODAY


@pytest.mark.parametrize(
    "notice",
    [
        PrivacyNotice(holder="x" * (LONGEST_LINE + 1)),
        PrivacyNotice(contact="a\nb"),
        PrivacyNotice(words="x" * (LONGEST_WORDS + 1)),
        PrivacyNotice(words="a\x1bb"),
        PrivacyNotice(keep_until=datetime.date(9999, 1, 1)),
    ],
)
def test_what_no_notice_of_ours_holds(notice: PrivacyNotice) -> None:
    assert not can_be(notice)


FULL = PrivacyNotice(holder="Sam Field", contact="Sam, 01234", keep_until=TODAY)


def test_why_is_left_to_ones_own_words() -> None:
    assert words.sentences(NO_NOTICE) == ()
    assert words.WHY in words.sentences(FULL)[0]
    assert words.sentences(PrivacyNotice(words="Ours.")) == ("Ours.",)
    assert len(words.sentences(PrivacyNotice(holder="Sam", words="Ours."))) == 2
    assert words.in_full(NO_NOTICE) == words.summary(NO_NOTICE) == []


@pytest.mark.parametrize(
    "notice", [FULL, PrivacyNotice(words="Ours."), PrivacyNotice(holder="x" * LONGEST_LINE, keep_until=TODAY)]
)
def test_the_short_form_is_two_lines_of_56(notice: PrivacyNotice) -> None:
    ((about, said),) = words.summary(notice)
    assert 0 < len(f"{about}: {said}") <= 2 * 50


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY + datetime.timedelta(31), ""),
        (TODAY + datetime.timedelta(30), "until 29 December 2026, in 30 days."),
        (TODAY + datetime.timedelta(1), "until 30 November 2026, in 1 day."),
        (TODAY, "until today."),
        (TODAY - datetime.timedelta(1), "were to be kept until 28 November 2026."),
        (None, ""),
    ],
)
def test_the_facilitator_is_reminded(day: datetime.date | None, said: str) -> None:
    told = words.reminder(PrivacyNotice(keep_until=day), TODAY, "selfassess --project ours.selfassess")
    assert said in told
    assert bool(said) == told.endswith("selfassess --project ours.selfassess project delete")
