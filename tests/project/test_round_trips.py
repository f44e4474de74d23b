"""What is put in comes out again, cleaned."""

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet
from selfassess.project import codes
from selfassess.project.project import Project, create
from selfassess.text import clean

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
ODD = st.sampled_from(["\x1b[31m", "\ud800", "\x00", "\u202e", "[/]", "[@click=app.quit]", "\u200d", "\r\n", "'; --"])
TEXTS = st.lists(st.one_of(ODD, st.text(st.characters(), max_size=20)), max_size=5).map("".join)
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
MANY = st.lists(NUMBERS, max_size=4).map(tuple)
RESPONSES = st.one_of(NUMBERS, MANY, TEXTS, st.sampled_from(Missing))
GROUPS = st.one_of(st.none(), IDS)
FORMS = st.sampled_from(["full", "short"])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, edition: Edition) -> Iterator[Project]:
    with create(tmp_path_factory.mktemp("trips") / "p.selfassess", "personal") as project:
        project.freeze(edition)
        yield project


def cleaned(response: Response) -> Response:
    return clean(response) if isinstance(response, str) else response


@settings(deadline=None)
@given(GROUPS, FORMS, IDS, st.dictionaries(IDS, RESPONSES, max_size=6), st.dictionaries(IDS, TEXTS, max_size=3))
def test_a_draft_comes_back_as_it_was(
    project: Project,
    edition: Edition,
    group: str | None,
    form: Form,
    place: str,
    responses: dict[str, Response],
    comments: dict[str, str],
) -> None:
    draft = Draft(
        questionnaire=edition.sha256, group=group, form=form, place=place, responses=responses, comments=comments
    )
    first = project.add_draft(codes.new_key(), replace(draft, responses={}))
    project.save_draft(first, draft)
    saved = project.draft(first.id)
    assert saved.revision == 1
    assert saved.draft == replace(
        draft,
        responses={id: cleaned(response) for id, response in responses.items()},
        comments={id: clean(text) for id, text in comments.items()},
    )
    assert [type(value) for value in saved.draft.responses.values()] == [type(value) for value in responses.values()]


@settings(deadline=None)
@given(GROUPS, FORMS, st.text("0123abc-~?.+"), st.dictionaries(IDS, NUMBERS | MANY), st.dictionaries(IDS, TEXTS))
def test_a_sheet_comes_back_as_it_was(
    project: Project,
    edition: Edition,
    group: str | None,
    form: Form,
    answers: str,
    beside: dict[str, float | tuple[float, ...]],
    texts: dict[str, str],
) -> None:
    sheet = Sheet(questionnaire=edition.sha256, group=group, form=form, answers=answers, beside=beside, texts=texts)
    receipt = codes.new_code(codes.RECEIPT_LENGTH)
    project.hand_in(sheet, receipt)
    found = project.sheet(receipt.lower())
    assert replace(found, date=None) == replace(sheet, texts={id: clean(text) for id, text in texts.items()})


def test_sheets_of_a_personal_project_have_their_texts_and_dates(personal: Project, sheet: Sheet) -> None:
    summer = datetime.timezone(datetime.timedelta(hours=2))
    late, early = (datetime.datetime(2026, month, 1, 12, tzinfo=summer) for month in (6, 3))
    for date in (late, early):
        personal.hand_in(replace(sheet, date=date, texts={"why": str(date)}), codes.new_code(20))
    assert [(found.date, found.texts) for found in personal.sheets()] == [
        (early, {"why": str(early)}),
        (late, {"why": str(late)}),
    ]
    assert personal.last_sheet() == personal.sheets()[-1]


def test_a_sheet_without_a_date_is_of_today_in_a_personal_project(personal: Project, sheet: Sheet) -> None:
    before = datetime.datetime.now(datetime.UTC)
    personal.hand_in(sheet, codes.new_code(20))
    assert before <= personal.sheets()[0].date <= datetime.datetime.now(datetime.UTC)


def test_there_is_no_last_sheet_before_the_first(personal: Project, sheet: Sheet) -> None:
    assert personal.last_sheet() is None
    personal.hand_in(sheet, codes.new_code(20))
    assert personal.last_sheet("0" * 64) is None
    assert personal.last_sheet(sheet.questionnaire) is not None


def test_sheets_are_found_by_their_questionnaire(shared: Project, edition: Edition, sheet: Sheet) -> None:
    other = Edition(edition.questionnaire, b"other", "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa")
    shared.freeze(other)
    shared.hand_in(sheet, codes.new_code(20))
    shared.hand_in(replace(sheet, questionnaire=other.sha256), codes.new_code(20))
    assert len(shared.sheets()) == 2
    assert [found.questionnaire for found in shared.sheets(other.sha256)] == [other.sha256]


def test_a_frozen_questionnaire_keeps_its_very_bytes(shared: Project, edition: Edition) -> None:
    shared.freeze(edition)
    assert shared.frozen(edition.sha256) == edition.content
    assert shared.frozen_all() == {edition.sha256: edition.content}
    with pytest.raises(ProjectError, match="does not hold this questionnaire"):
        shared.frozen("0" * 64)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE drafts SET content = 'not JSON'",
        "UPDATE drafts SET content = '[]'",
        "UPDATE drafts SET content = '{}'",
        "UPDATE drafts SET content = NULLIF(replace(content, 'full', 'whole'), '')",
        "UPDATE drafts SET content = replace(content, '4.0', '{\"missing\":\"nowhere\"}')",
        "UPDATE drafts SET content = replace(content, '4.0', 'true')",
        "UPDATE drafts SET content = CAST(x'ff' AS TEXT)",
        "UPDATE drafts SET content = x'ff'",
        "UPDATE drafts SET saved = 'yesterday'",
        "DROP TABLE drafts",
    ],
)
def test_a_draft_that_somebody_spoiled_is_called_damaged(personal: Project, draft: Draft, change: str) -> None:
    personal.add_draft(codes.new_key(), draft)
    spoil(personal.path, change)
    with pytest.raises(ProjectError, match="damaged"):
        personal.drafts()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sheets SET form = 'whole'",
        "UPDATE sheets SET beside = '7'",
        'UPDATE sheets SET beside = \'{"years":"three"}\'',
        "UPDATE sheets SET date = 'yesterday'",
        "UPDATE texts SET content = CAST(x'c328' AS TEXT)",
        "UPDATE texts SET content = x'00'",
    ],
)
def test_a_sheet_that_somebody_spoiled_is_called_damaged(personal: Project, sheet: Sheet, change: str) -> None:
    personal.hand_in(sheet, codes.new_code(20))
    spoil(personal.path, change)
    with pytest.raises(ProjectError, match="damaged"):
        personal.sheets()


def test_a_questionnaire_that_somebody_changed_is_called_damaged(personal: Project, edition: Edition) -> None:
    spoil(personal.path, "UPDATE questionnaires SET content = x'20'")
    with pytest.raises(ProjectError, match="damaged"):
        personal.frozen(edition.sha256)


def test_a_text_that_somebody_put_into_the_file_is_cleaned(personal: Project, sheet: Sheet) -> None:
    personal.hand_in(sheet, codes.new_code(20))
    spoil(personal.path, "UPDATE texts SET content = char(27) || '[31mred' || char(8238)")
    assert set(personal.last_sheet().texts.values()) == {"red"}


def spoil(path: Path, change: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(change)
