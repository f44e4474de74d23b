"""The life of a round: set up, opened, answered in three ways, closed, reported, deleted."""

import math
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.errors import ProjectError, UsageError
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition, Item
from selfassess.model.round import EVERYBODY, Agreed, OwnFinding, Round, Rules, Thresholds, groups_of
from selfassess.model.routing import asked_items as asked_of
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.project import codes, round_queries
from selfassess.project.acceptance import abouts, misfit
from selfassess.project.drafts import InRound
from selfassess.project.paper_sheets import FromPaper
from selfassess.project.parcel import Parcel, pack
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create, open_project
from selfassess.project.records import ANNOUNCED_ROUND
from selfassess.project.rounds import Rounds
from selfassess.services.entrances import Here
from selfassess.sitting.state import hand_in, respond, start
from tests.project import asked

CODES = Rules(codes=True)
CONSENT = Rules(small_groups="consent", asks_consent=("board",))


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    """A shared project without rounds."""
    with create(tmp_path / "ours.selfassess", "shared") as project:
        yield Rounds(project)


@pytest.fixture
def autumn(rounds: Rounds) -> Rounds:
    """A round without codes, open."""
    return opened(rounds, asked.PLAIN)


def opened(rounds: Rounds, rules: Rules) -> Rounds:
    rounds.add(replace(asked.ROUND, rules=rules), asked.EDITION)
    rounds.open("autumn")
    return rounds


def give_out(rounds: Rounds, group: str = "board") -> tuple[str, Ticket]:
    """A code and the ticket it gives, without the slow way of giving out."""
    code = codes.new_code(codes.RESUME_LENGTH)
    key = codes.admission_key(code, rounds.project.salt)
    with rounds.project.database.transaction() as connection:
        round_queries.add_admissions(connection, asked.KEY, group, [key])
    return code, Ticket(round=asked.KEY, admission=key)


def put(rounds: Rounds, sheet: Sheet | None = None, receipt: str = "", revision: int = 0) -> str:
    return rounds.sheets.hand_in(packed(sheet, receipt, revision), None, asked.QUESTIONNAIRE)


def packed(sheet: Sheet | None = None, receipt: str = "", revision: int = 0) -> Parcel:
    return pack(sheet or asked.sheet(), receipt or asked.receipt(), revision)


def draft(ticket: Ticket | None = None, **more: object) -> Draft:
    ticket = ticket or Ticket(round=asked.KEY)
    return replace(Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", ticket=ticket), **more)


def sit(rounds: Rounds, first: Draft, code: str = "") -> InRound:
    """Begin a sitting with an admission code, a receipt, or a new resume code."""
    code = codes.normalise(code or codes.new_code(codes.RESUME_LENGTH))
    saved = rounds.sheets.begin(asked.EDITION, first, code)
    receipt = "" if codes.is_resume_code(code) else code
    return InRound(rounds, rounds.with_key(first.ticket.round), saved, code=code, receipt=receipt)


def resumed(rounds: Rounds, code: str) -> tuple[InRound, Draft]:
    """A sitting that was begun, by its code."""
    found = rounds.sheets.find_draft(code)
    round = rounds.with_key(found.draft.ticket.round)
    return InRound(rounds, round, found, code=code, receipt=codes.as_receipt(code)), found.draft


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def said(work: Callable[[], object]) -> str:
    """What is said of what cannot be done. It is a sentence with a cure."""
    with pytest.raises(UsageError) as raised:
        work()
    assert raised.value.message.endswith(".")
    assert raised.value.hint.endswith((".", "?"))
    return raised.value.message


# Setting up


def test_a_round_comes_back_as_it_was(rounds: Rounds) -> None:
    rules = Rules(
        thresholds=Thresholds(min_group=4, min_detail=8),
        small_groups="consent",
        asks_consent=("board",),
        codes=True,
        matching=True,
    )
    made = replace(asked.ROUND, rules=rules, form="short", invited={"staff": 16, "board": 7})
    rounds.add(made, asked.EDITION)
    assert rounds.all() == (made,)
    assert list(rounds.all()[0].invited) == ["staff", "board"]
    assert rounds.with_key(asked.KEY) == made
    assert rounds.with_key("0" * 32) is None
    assert rounds.project.frozen(made.questionnaire) == asked.CONTENT


def test_a_personal_project_has_no_rounds(personal: Project) -> None:
    assert "one person's own" in said(lambda: Rounds(personal))


def test_a_round_is_found_by_id_by_title_or_alone(rounds: Rounds) -> None:
    assert "no round in this project" in said(lambda: rounds.get(None))
    rounds.add(asked.ROUND, asked.EDITION)
    assert [rounds.get(name).id for name in ("autumn", "Autumn 2026", "autumn 2026 ", None)] == ["autumn"] * 4
    rounds.add(replace(asked.ROUND, id="other", key="1" * 32), asked.EDITION)
    assert "more than one" in said(lambda: rounds.get(None))
    assert "Several rounds" in said(lambda: rounds.get("Autumn 2026"))
    with pytest.raises(UsageError, match="no round “autum”") as raised:
        rounds.get("autum")
    assert raised.value.hint == "Did you mean “autumn”?"
    assert "no round “spring”" in said(lambda: rounds.counts("spring"))


def test_what_no_round_can_be(rounds: Rounds) -> None:
    rounds.add(asked.ROUND, asked.EDITION)
    assert "already" in said(lambda: rounds.add(replace(asked.ROUND, key="1" * 32), asked.EDITION))
    for wrong, words in (
        ({"invited": {"bord": 3}}, "no group “bord”"),
        ({"invited": {"": 3}}, "nobody without a group"),
        ({"invited": {}}, "Nobody is invited"),
        ({"invited": {"board": -1}}, "below zero"),
        ({"invited": {"board": 10**9}}, "at most"),
        ({"invited": {"board": 10**5_000}}, "at most"),
        ({"rules": replace(asked.PLAIN, thresholds=Thresholds(min_group=10**9, min_detail=10**9))}, "cannot be saved"),
        ({"form": "whole"}, "cannot be saved"),
        ({"id": " "}, "needs a short name"),
        ({"id": ""}, "needs a short name"),
        ({"id": "../x"}, "needs a short name"),
        ({"title": ""}, "cannot be saved"),
        ({"title": "one\ntwo"}, "cannot be saved"),
        ({"title": "x" * 81}, "cannot be saved"),
        ({"key": "autumn"}, "cannot be saved"),
        ({"rules": replace(asked.PLAIN, thresholds=Thresholds(2, 10))}, "cannot be saved"),
        ({"rules": replace(asked.PLAIN, thresholds=Thresholds(6, 5))}, "cannot be saved"),
        ({"rules": replace(asked.PLAIN, asks_consent=("board",))}, "cannot be saved"),
        ({"rules": replace(CONSENT, asks_consent=("guests",))}, "cannot be saved"),
    ):
        new = replace(asked.ROUND, **{"id": "new", "key": "1" * 32, **wrong})
        assert words in said(lambda new=new: rounds.add(new, asked.EDITION))
    assert len(rounds.all()) == 1


def test_rules_can_change_until_somebody_can_have_read_them(rounds: Rounds) -> None:
    rounds.add(asked.ROUND, asked.EDITION)
    changed = replace(asked.ROUND, rules=CODES, invited={"board": 3}, form="short", title="Other")
    rounds.change(changed)
    assert rounds.get("autumn") == changed
    rounds.admission.invitation("autumn", "board", "K7QM-3RTP-9XWD")
    assert not rounds.is_fixed("autumn")
    with rounds.admission.inviting(changed, "board", ["K7QM-3RTP-9XWD"]):
        pass
    assert rounds.is_fixed("autumn")
    for other in (
        replace(changed, rules=asked.PLAIN),
        replace(changed, form="full"),
        replace(changed, invited={"board": 4}),
        replace(changed, invited={"board": 3, "staff": 1}),
    ):
        assert "are fixed" in said(lambda other=other: rounds.change(other))
    rounds.change(replace(changed, title="Spring"))
    assert rounds.get("Spring") == replace(changed, title="Spring")
    assert "keeps its questionnaire" in said(lambda: rounds.change(replace(changed, questionnaire="0" * 64)))


def test_whoever_is_invited_begins_or_hands_in_fixes_the_rules(rounds: Rounds) -> None:
    ways: list[Callable[[], object]] = [
        lambda: rounds.admission.issue("autumn", "board", 1),
        lambda: rounds.sheets.begin(asked.EDITION, draft(), "K7QM-3RTP-9XWD"),
        lambda: put(rounds),
        lambda: rounds.papers.enter("autumn", "1", asked.sheet(), asked.QUESTIONNAIRE),
        lambda: rounds.fix("autumn"),
    ]
    for number, way in enumerate(ways):
        opened(rounds, CODES if number < 1 else asked.PLAIN)
        assert not rounds.is_fixed("autumn")
        way()
        assert rounds.is_fixed("autumn")
        rounds.delete("autumn")


def test_the_numbers_invited_can_be_corrected_at_any_time(rounds: Rounds) -> None:
    rules = Rules(small_groups="consent")
    rounds.add(replace(asked.ROUND, rules=rules), asked.EDITION)
    rounds.correct("autumn", {"board": 9})
    assert rounds.get("autumn").rules.asks_consent == ("board",)
    rounds.open("autumn")
    put(rounds, asked.sheet(ticket=Ticket(round=asked.KEY, agrees=True)))
    rounds.correct("autumn", {"board": 10, "staff": 3})
    assert rounds.get("autumn").rules.asks_consent == ("board",)
    assert rounds.get("autumn").invited == {"board": 10, "staff": 3}
    assert "0 is too few" in said(lambda: rounds.correct("autumn", {"board": 0}))
    assert "no group “guests”" in said(lambda: rounds.correct("autumn", {"guests": 4}))
    assert "at most" in said(lambda: rounds.correct("autumn", {"staff": 19_999_999_999}))
    rounds.close("autumn")
    rounds.correct("autumn", {"board": 11})
    assert rounds.get("autumn").invited["board"] == 11


def test_numbers_that_a_report_had_are_kept_beside_the_corrected_ones(rounds: Rounds) -> None:
    rounds.add(asked.ROUND, asked.EDITION)
    rounds.open("autumn")
    rounds.close("autumn")
    rounds.correct("autumn", {"board": 20})
    assert rounds.reported("autumn") == {}, "no report had any number"
    rounds.release("autumn", frozenset({("all", "vision", "score")}))
    rounds.correct("autumn", {"board": 20})
    assert rounds.reported("autumn") == {}, "nothing is corrected"
    staff = rounds.get("autumn").invited["staff"]
    for number in (13, 14):
        rounds.correct("autumn", {"board": number, "staff": staff})
    assert rounds.reported("autumn") == {"board": (20, 13)}
    assert rounds.get("autumn").invited["board"] == 14
    rounds.delete("autumn")
    assert not [key for key in rounds.project.database.read(str, "SELECT key FROM project") if "reported" in key]


@pytest.mark.parametrize("content", ["[]", '{"board":12}', '{"board":[]}', '{"board":["12"]}', '{"board":[-1]}', "x"])
def test_numbers_that_no_report_can_have_had_are_told_as_damage(rounds: Rounds, content: str) -> None:
    rounds.add(asked.ROUND, asked.EDITION)
    with rounds.project.database.transaction() as connection:
        connection.execute("INSERT INTO project (key, value) VALUES (?, ?)", (f"reported {asked.KEY}", content))
    with pytest.raises(ProjectError):
        rounds.reported("autumn")


def test_a_round_that_is_not_open_takes_nothing(rounds: Rounds) -> None:
    rounds.add(asked.ROUND, asked.EDITION)
    for words in ("not open yet", "closed on this computer"):
        for work in (
            lambda: put(rounds),
            lambda: rounds.sheets.begin(asked.EDITION, draft(), "K7QM-3RTP-9XWD"),
            lambda: rounds.papers.enter("autumn", "1", asked.sheet(), asked.QUESTIONNAIRE),
        ):
            assert words in said(work)
        if words == "not open yet":
            assert words in said(lambda: rounds.close("autumn"))
            rounds.open("autumn")
            rounds.close("autumn")
    assert "was closed" in said(lambda: rounds.open("autumn"))
    assert list(rounds.sheets.answers("autumn")) == []


# Closing, opening again, deleting


def test_closing_decides_and_lets_go_of_what_only_an_open_round_needs(rounds: Rounds) -> None:
    opened(rounds, replace(asked.ALL_RULES, matching=False))
    code, ticket = give_out(rounds)
    give_out(rounds, "staff")
    put(rounds, asked.sheet(ticket=replace(ticket, agrees=True)))
    for number in range(2):
        paper = asked.sheet(ticket=Ticket(round=asked.KEY, agrees=True))
        rounds.papers.enter("autumn", str(number), paper, asked.QUESTIONNAIRE)
    other, ticket = give_out(rounds)
    rounds.sheets.begin(asked.EDITION, draft(replace(ticket, agrees=True)), other)
    round = rounds.close("autumn")
    assert round == rounds.get("autumn")
    assert round.state == "closed"
    assert round.standing == {"board": "consent", "staff": "left_out"}
    rows = dump(rounds.project.path)
    assert rows["drafts"] == []
    assert len(rows["papers"]) == 2
    assert rounds.close("autumn") == round
    assert "closed on this computer" in said(lambda: rounds.admission.admit("autumn", other))
    assert "is closed" in said(lambda: rounds.admission.issue("autumn", "board", 1))
    assert "is closed" in said(lambda: rounds.admission.invitation("autumn", "board", code))


def test_codes_that_were_not_used_serve_a_round_that_is_opened_again_and_go_with_its_report(rounds: Rounds) -> None:
    opened(rounds, replace(asked.ALL_RULES, matching=False))
    _, ticket = give_out(rounds)
    put(rounds, asked.sheet(ticket=replace(ticket, agrees=True)))
    late, _ = give_out(rounds)
    rounds.close("autumn")
    rounds.reopen("autumn")
    assert rounds.admission.admit("autumn", late)
    rounds.close("autumn")
    rounds.release("autumn", frozenset({("all", "vision", "score")}))
    assert [row[3] for row in dump(rounds.project.path)["admissions"]] == [1]


def test_one_who_does_not_agree_decides_for_a_small_group(rounds: Rounds) -> None:
    for last in (False, None):
        opened(rounds, CONSENT)
        for agrees in (True, True, True, last):
            put(rounds, asked.sheet(ticket=Ticket(round=asked.KEY, agrees=agrees)))
        assert rounds.counts("autumn").refusals == {"board": 1, "staff": 0}
        assert rounds.close("autumn").standing["board"] == "left_out"
        rounds.delete("autumn")


@pytest.mark.parametrize("sheets", [0, 1])
def test_a_round_with_next_to_nothing_in_it_closes(autumn: Rounds, sheets: int) -> None:
    for _ in range(sheets):
        put(autumn)
    assert autumn.close("autumn").standing == {"board": "left_out", "staff": "left_out"}
    assert autumn.counts("autumn").handed_in == {"board": sheets, "staff": 0}


def test_a_round_opens_again_only_while_nothing_was_released(autumn: Rounds) -> None:
    put(autumn)
    autumn.close("autumn")
    autumn.reopen("autumn")
    assert autumn.get("autumn").standing == {}
    put(autumn)
    assert "is not closed" in said(lambda: autumn.release("autumn", frozenset({("all", "work", "score")})))
    autumn.close("autumn")
    autumn.release("autumn", frozenset({("all", "work", "score")}))
    assert "stays closed" in said(lambda: autumn.reopen("autumn"))
    assert autumn.get("autumn").state == "closed"


def test_a_sitting_whose_round_was_closed_is_told_so(autumn: Rounds) -> None:
    saver = sit(autumn, draft())
    autumn.close("autumn")
    with pytest.raises(ProjectError, match="was closed while you were answering"):
        saver.save(draft(place="years"))
    with pytest.raises(UsageError, match="was closed while you were answering"):
        saver.hand_in(asked.sheet())


def test_deleting_a_round_leaves_no_row_behind(rounds: Rounds) -> None:
    opened(rounds, asked.ALL_RULES)
    other = replace(asked.ROUND, id="other", key="1" * 32)
    rounds.delete("autumn")
    rounds.add(other, asked.EDITION)
    rounds.open("other")
    put(rounds, asked.sheet(ticket=Ticket(round=other.key)))
    rounds.sheets.begin(asked.EDITION, draft(Ticket(round=other.key)), "K7QM-3RTP-9XWD")
    rounds.project.close()
    before = dump(rounds.project.path)
    fill(opened(rounds, asked.ALL_RULES))
    rounds.delete("autumn")
    rounds.project.close()
    assert dump(rounds.project.path) == before
    rounds.delete("other")
    rounds.project.close()
    assert [name for name, rows in dump(rounds.project.path).items() if rows] == ["project"]


def fill(rounds: Rounds) -> None:
    """Put something of the round into every table."""
    with rounds.project.database.transaction() as connection:
        round_queries.release(connection, asked.KEY, [("all", "vision", "score")])
    for _ in range(2):
        _, ticket = give_out(rounds)
        put(rounds, asked.sheet(ticket=replace(ticket, agrees=False, matching="ab" * 16)))
    rounds.papers.enter("autumn", "7", asked.sheet("staff"), asked.QUESTIONNAIRE)
    gone, (_, ticket) = asked.receipt(), give_out(rounds)
    put(rounds, asked.sheet(ticket=ticket), gone)
    rounds.sheets.withdraw(gone)
    code, ticket = give_out(rounds)
    rounds.sheets.begin(asked.EDITION, draft(ticket), code)
    rounds.agree("autumn", Agreed(node="vision", score=50, why="We talked."))
    rounds.write_finding("autumn", OwnFinding(node="vision", group="board", text="Few could say it."))
    rounds.project.close()
    for name, rows in dump(rounds.project.path).items():
        assert name in ("plan", "sent") or any(
            asked.KEY in str(row) or asked.EDITION.sha256 in row or len(row) == 2 for row in rows
        )


# Targets


def test_targets_are_set_changed_and_taken_away(autumn: Rounds) -> None:
    before = autumn.get("autumn")
    autumn.set_target("autumn", "vision", EVERYBODY, 80)
    autumn.set_target("autumn", "vision", "board", 85.5)
    autumn.set_target("autumn", "vision", EVERYBODY, 70)
    autumn.project.close()
    assert autumn.get("autumn").targets == {"vision": {EVERYBODY: 70, "board": 85.5}}
    for group in (EVERYBODY, "board", "staff"):
        autumn.set_target("autumn", "vision", group, None)
    assert autumn.get("autumn") == before
    assert "not a score" in said(lambda: autumn.set_target("autumn", "vision", EVERYBODY, math.nan))


def test_targets_are_set_until_a_report_was_made(autumn: Rounds) -> None:
    put(autumn)
    autumn.close("autumn")
    autumn.set_target("autumn", "vision", EVERYBODY, 80)
    autumn.release("autumn", frozenset({("all", "work", "score")}))
    assert "its targets stay" in said(lambda: autumn.set_target("autumn", "vision", EVERYBODY, 60))
    assert autumn.get("autumn").targets == {"vision": {EVERYBODY: 80}}


def test_changing_a_round_leaves_its_targets(autumn: Rounds) -> None:
    before = autumn.get("autumn")
    autumn.set_target("autumn", "vision", EVERYBODY, 80)
    autumn.change(replace(before, title="Late autumn"))
    assert autumn.get("autumn").targets == {"vision": {EVERYBODY: 80}}


def test_targets_do_not_travel_with_an_invitation(autumn: Rounds) -> None:
    before = ANNOUNCED_ROUND.write(autumn.get("autumn"))
    autumn.set_target("autumn", "vision", EVERYBODY, 80)
    assert ANNOUNCED_ROUND.write(autumn.get("autumn")) == before


def test_the_plan_lives_on_when_its_round_is_deleted(rounds: Rounds) -> None:
    opened(rounds, asked.ALL_RULES)
    (planned,) = Plans(rounds.project).add(Planned(text="Write it down.", round="autumn", action="down"))
    rounds.delete("autumn")
    assert Plans(rounds.project).all() == (planned,)


# Admission codes


def test_codes_are_given_out_once_and_kept_as_keys(rounds: Rounds) -> None:
    opened(rounds, CODES)
    given = [*rounds.admission.issue("autumn", "board", 3), *rounds.admission.issue("autumn", "staff", 2)]
    assert len({*given}) == 5
    assert all(codes.is_resume_code(codes.normalise(code)) for code in given)
    assert rounds.counts("autumn").codes == {"board": 3, "staff": 2}
    ticket = rounds.admission.admit("autumn", given[4].lower().replace("-", " "))
    assert rounds.admission.group_of(ticket) == "staff"
    rounds.project.close()
    content = rounds.project.path.read_bytes()
    for code in given:
        assert code.encode() not in content
        assert code.replace("-", "").encode() not in content


def test_codes_that_were_not_used_can_be_taken_back(rounds: Rounds) -> None:
    opened(rounds, CODES)
    _, ticket = give_out(rounds)
    put(rounds, asked.sheet(ticket=ticket))
    unused, late = give_out(rounds)
    give_out(rounds, "staff")
    assert rounds.admission.take_back("autumn", "board") == 1
    assert rounds.admission.take_back("autumn", "board") == 0
    assert rounds.counts("autumn").codes == {"board": 1, "staff": 1}
    assert "No code of this round is" in said(lambda: rounds.admission.admit("autumn", unused))
    assert "does not know the admission code" in said(lambda: put(rounds, asked.sheet(ticket=late)))
    assert "no group “guests”" in said(lambda: rounds.admission.take_back("autumn", "guests"))
    rounds.delete("autumn")
    opened(rounds, asked.PLAIN)
    assert "has no admission codes" in said(lambda: rounds.admission.take_back("autumn", "board"))


def test_what_is_no_admission_code(rounds: Rounds) -> None:
    opened(rounds, CODES)
    code, ticket = give_out(rounds)
    assert "No code of this round is 0000-0000-0000" in said(lambda: rounds.admission.admit("autumn", "0000-0000-0000"))
    assert "is a receipt" in said(lambda: rounds.admission.admit("autumn", asked.receipt()))
    assert "is not a code" in said(lambda: rounds.admission.admit("autumn", "hello"))
    assert "does not know" in said(lambda: rounds.admission.group_of(Ticket(round=asked.KEY, admission="0" * 32)))
    put(rounds, asked.sheet(ticket=ticket))
    assert "This code was used" in said(lambda: rounds.admission.admit("autumn", code))
    assert "no group “guests”" in said(lambda: rounds.admission.issue("autumn", "guests", 1))


def test_invitations_and_codes_go_together(rounds: Rounds) -> None:
    opened(rounds, asked.PLAIN)
    assert "no admission codes" in said(lambda: rounds.admission.issue("autumn", "board", 1))
    assert "no admission codes" in said(lambda: rounds.admission.invitation("autumn", "board", "K7QM-3RTP-9XWD"))
    assert "no group “guests”" in said(lambda: rounds.admission.invitation("autumn", "guests"))
    made = rounds.admission.invitation("autumn", None)
    assert (made.group, made.content, made.salt) == (None, asked.CONTENT, rounds.project.salt)
    rounds.delete("autumn")
    opened(rounds, CODES)
    assert "needs an admission code" in said(lambda: rounds.admission.invitation("autumn", "board"))
    assert "for one group" in said(lambda: rounds.admission.invitation("autumn", None, "K7QM-3RTP-9XWD"))


def test_a_code_lets_one_sheet_of_its_group_in(rounds: Rounds) -> None:
    opened(rounds, CODES)
    _, ticket = give_out(rounds)
    nobody = Ticket(round=asked.KEY, admission="0" * 32)
    assert "without an admission code" in said(lambda: put(rounds))
    assert "does not know" in said(lambda: put(rounds, asked.sheet(ticket=nobody)))
    assert "for another group" in said(lambda: put(rounds, asked.sheet("staff", ticket=ticket)))
    assert rounds.counts("autumn").used["board"] == 0
    assert put(rounds, asked.sheet(ticket=ticket)) == "new"
    assert "used before" in said(lambda: put(rounds, asked.sheet(ticket=ticket)))
    assert rounds.counts("autumn").used["board"] == rounds.counts("autumn").handed_in["board"] == 1


def test_a_code_of_another_round_is_unknown(rounds: Rounds) -> None:
    opened(rounds, CODES)
    code, ticket = give_out(rounds)
    rounds.add(replace(asked.ROUND, id="other", key="1" * 32, rules=CODES), asked.EDITION)
    rounds.open("other")
    assert "No code of this round is" in said(lambda: rounds.admission.admit("other", code))
    other = asked.sheet(ticket=replace(ticket, round="1" * 32))
    assert "does not know" in said(lambda: put(rounds, other))
    assert put(rounds, asked.sheet(ticket=ticket)) == "new"


# Sittings


def test_one_code_admits_and_opens_the_sitting_again(rounds: Rounds) -> None:
    opened(rounds, CODES)
    code, ticket = give_out(rounds)
    saver = sit(rounds, draft(ticket), code.lower())
    assert saver.code == code
    saver.save(draft(ticket, responses={"years": 3}))
    again, found = resumed(rounds, code)
    assert found == draft(ticket, responses={"years": 3})
    assert rounds.sheets.find_draft(code).draft == found
    assert rounds.counts("autumn").drafts == {"board": 1, "staff": 0}
    assert "open with the code" in said(lambda: rounds.sheets.begin(asked.EDITION, draft(ticket), code))
    receipt = again.hand_in(asked.sheet(ticket=found.ticket))
    assert again.hand_in(asked.sheet(ticket=found.ticket)) == receipt
    assert rounds.sheets.find_draft(code) is None
    assert rounds.counts("autumn").drafts["board"] == 0
    assert rounds.counts("autumn").used["board"] == 1
    assert "used before" in said(lambda: rounds.sheets.begin(asked.EDITION, draft(ticket), code))


def test_nothing_in_the_file_joins_a_code_to_its_sitting_or_sheet(rounds: Rounds) -> None:
    opened(rounds, asked.ALL_RULES)
    code, ticket = give_out(rounds)
    sit(rounds, draft(ticket), code).save(draft(ticket))
    _, ticket = give_out(rounds)
    put(rounds, asked.sheet(ticket=ticket))
    rounds.project.close()
    rows = dump(rounds.project.path)
    keys = {row[0] for row in rows["admissions"]}
    assert len(keys) == 2
    for table in ("drafts", "sheets", "texts", "refusals"):
        assert rows[table]
        assert not any(key in str(row) for row in rows[table] for key in keys)
    joined = [{value for row in rows[table] for value in row} for table in ("sheets", "texts", "refusals")]
    assert joined[0] & joined[1] == {asked.EDITION.sha256, asked.KEY}
    assert joined[0] & joined[2] == {"board", asked.KEY}
    assert joined[1] & joined[2] == {asked.KEY}


def test_without_codes_a_sitting_opens_with_its_resume_code(autumn: Rounds) -> None:
    saver = sit(autumn, draft())
    again, found = resumed(autumn, saver.code)
    assert isinstance(again, InRound)
    assert found == draft()
    assert autumn.project.forget(saver.code) == "draft"
    assert autumn.sheets.find_draft(saver.code) is None


def test_a_sitting_begins_only_where_its_sheet_could_come_in(rounds: Rounds) -> None:
    opened(rounds, CODES)
    code, ticket = give_out(rounds)
    other, _ = give_out(rounds)
    for wrong, with_code, words in (
        (draft(replace(ticket, round="1" * 32)), code, "another round"),
        (draft(ticket, group="staff"), code, "for another group"),
        (draft(ticket, group="guests"), code, "takes no part"),
        (draft(ticket, form="short"), code, "short form"),
        (draft(ticket), other, "does not know"),
        (draft(), code, "without an admission code"),
        (replace(draft(), ticket=None), code, "another round"),
    ):
        assert words in said(lambda wrong=wrong, used=with_code: rounds.sheets.begin(asked.EDITION, wrong, used))
    assert rounds.counts("autumn").drafts["board"] == 0


def test_a_sheet_of_a_round_never_comes_in_beside_it(autumn: Rounds) -> None:
    with pytest.raises(ValueError, match="by its round"):
        autumn.project.hand_in(asked.sheet(), asked.receipt())
    with pytest.raises(ValueError, match="without its questionnaire"):
        autumn.sheets.hand_in(packed())


# Handing in


def test_answers_come_a_group_at_a_time(autumn: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.project.round_queries._GROUPS_AT_ONCE", 1)
    for group, number in (("board", 5), ("staff", 3)):
        for _ in range(number):
            put(autumn, asked.sheet(group))

    def by_group() -> dict[str | None, str]:
        found: dict[str | None, str] = {}
        for group, text in autumn.sheets.answers_by_group("autumn"):
            found[group] = found.get(group, "") + text
        return found

    assert by_group() == {"board": 5 * asked.BOARD, "staff": 3 * asked.STAFF}
    with autumn.project.database.transaction() as connection:
        connection.execute("UPDATE sheets SET group_id = 'nobody' WHERE group_id = 'staff'")
    assert by_group() == {"board": 5 * asked.BOARD, "nobody": 3 * asked.STAFF}, "whoever is in is told of"
    with autumn.project.database.transaction() as connection:
        connection.execute("UPDATE sheets SET answers = CAST(answers AS BLOB) WHERE group_id = 'board'")
    with pytest.raises(ProjectError):
        by_group()


def test_several_come_in_at_once_and_one_that_is_refused_keeps_out_no_other(autumn: Rounds) -> None:
    good, other = asked.sheet("board"), asked.sheet(ticket=Ticket(round="f" * 32))
    parcels = [packed(sheet, asked.receipt()) for sheet in (good, other, good)]
    found = autumn.sheets.hand_in_all((parcel, asked.QUESTIONNAIRE) for parcel in [*parcels, parcels[0]])
    assert [one.message if isinstance(one, UsageError) else one for one in found] == [
        "new", "This sheet belongs to another round.", "new", "here",
    ]  # fmt: skip  # in few lines
    assert autumn.counts("autumn").handed_in["board"] == 2


def test_a_sheet_comes_in_once_and_is_found_by_its_receipt(rounds: Rounds) -> None:
    opened(rounds, replace(asked.ALL_RULES, codes=False))
    ticket = Ticket(round=asked.KEY, agrees=False, matching=rounds.admission.matching_key(" Rex-7 "))
    receipt = asked.receipt()
    sheet = asked.sheet(ticket=ticket)
    assert put(rounds, sheet, receipt) == "new"
    assert put(rounds, sheet, receipt) == "here"
    assert put(rounds, asked.sheet("staff")) == "new"
    assert rounds.sheets.of_receipt(receipt.lower()) == (rounds.get("autumn"), sheet)
    assert rounds.admission.matching_key("rex 7") == ticket.matching
    assert rounds.project.sheet(receipt) == replace(sheet, ticket=None)
    assert rounds.project.sheets() == ()
    assert rounds.sheets.of_receipt(asked.receipt()) is None
    assert sorted(rounds.sheets.answers("autumn")) == [("board", asked.BOARD), ("staff", asked.STAFF)]
    assert sorted(rounds.sheets.texts("autumn")) == sorted(
        2 * [("vision", "We never wrote it down."), ("why", "Würde")]
    )
    assert rounds.counts("autumn").handed_in == {"board": 1, "staff": 1}
    rounds.close("autumn")
    assert put(rounds, sheet, receipt) == "here"


def test_somebody_answers_again_with_the_receipt(rounds: Rounds) -> None:
    opened(rounds, replace(asked.ALL_RULES, matching=False))
    code, ticket = give_out(rounds)
    receipt = sit(rounds, draft(ticket), code).hand_in(asked.sheet(ticket=ticket))
    assert rounds.counts("autumn").refusals["board"] == 1
    assert rounds.sheets.revision(receipt) == 0
    round, sheet = rounds.sheets.of_receipt(receipt)
    assert sheet.ticket == Ticket(round=round.key, agrees=False)
    agrees = replace(sheet.ticket, agrees=True)
    sit(rounds, draft(agrees, responses={"years": 4}), receipt)
    saver, found = resumed(rounds, receipt)
    assert found.responses == {"years": 4}
    changed = asked.sheet(answers="++320+", texts={"why": "Again"}, ticket=found.ticket)
    assert saver.hand_in(changed) == receipt
    assert rounds.sheets.revision(receipt) == 1
    assert list(rounds.sheets.answers("autumn")) == [("board", "++320+")]
    assert rounds.sheets.texts("autumn") == (("why", "Again"),)
    counts = rounds.counts("autumn")
    assert (counts.refusals["board"], counts.used["board"], counts.handed_in["board"]) == (0, 1, 1)


def test_the_highest_revision_counts_in_whatever_order_they_come(autumn: Rounds) -> None:
    answers = ["++320+", "++321+", "++322+"]
    for order, expected in (((2, 0, 1), ["new", "here", "here"]), ((0, 2, 1), ["new", "replaced", "here"])):
        receipt = asked.receipt()
        sheets = [packed(asked.sheet(answers=answers[number]), receipt, number) for number in order]
        assert [autumn.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE) for parcel in sheets] == expected
        assert list(autumn.sheets.answers("autumn")) == [("board", "++322+")]
        autumn.sheets.withdraw(receipt)


def test_a_sheet_can_be_far_ahead_of_the_one_that_is_here(autumn: Rounds) -> None:
    receipt = asked.receipt()
    assert put(autumn, receipt=receipt, revision=101) == "new"
    assert put(autumn, receipt=receipt, revision=998) == "replaced"
    assert autumn.sheets.replacement(asked.sheet(), receipt).revision == codes.LAST_REVISION
    assert put(autumn, receipt=receipt, revision=codes.LAST_REVISION) == "replaced"
    assert "so often" in said(lambda: autumn.sheets.replacement(asked.sheet(), receipt))


def test_only_the_receipt_gives_what_another_revision_has_to_show(autumn: Rounds) -> None:
    receipt, other = asked.receipt(), asked.receipt()
    put(autumn, receipt=receipt, revision=3)
    before = dump(autumn.project.path)
    mine = packed(asked.sheet(answers="++321+"), receipt, 4)
    for proof in (
        codes.proof(receipt, 3),
        codes.proof(receipt, 5),
        codes.proof(other, 4),
        codes.earlier(codes.proof(receipt, 3), 1),
        "0" * 64,
    ):
        for revision in (4, 5, codes.LAST_REVISION):
            forged = replace(mine, revision=revision, proof=proof)
            if (proof, revision) != (codes.proof(receipt, 5), 5):
                words = said(lambda forged=forged: autumn.sheets.hand_in(forged, None, asked.QUESTIONNAIRE))
                assert "was not written with the receipt" in words
    words = said(lambda: autumn.sheets.hand_in(replace(mine, proof=""), None, asked.QUESTIONNAIRE))
    assert "by an earlier version of the program" in words
    assert dump(autumn.project.path) == before
    assert autumn.sheets.hand_in(mine, None, asked.QUESTIONNAIRE) == "replaced"


@pytest.mark.slow
@settings(max_examples=25)  # each makes two projects
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True))
def test_whichever_revisions_arrive_in_whatever_order_the_last_counts(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    receipt, whole = "K7QM-3RTP-9XWD-2HCF-8JNE", set()
    for number, arrivals in enumerate((order, sorted(order))):
        with create(folder / str(number), "shared") as project, project.database.transaction() as connection:
            connection.execute("UPDATE project SET value = ? WHERE key = 'salt'", ("5a" * 16,))
        with open_project(folder / str(number)) as project:
            rounds = opened(Rounds(project), asked.PLAIN)
            for revision in arrivals:
                texts = {"why": f"Because of {revision}."} if revision % 2 else {}
                sheet = asked.sheet(answers=f"++32{revision % 4}+", texts=texts)
                parcel = pack(sheet, receipt, revision, abouts(asked.QUESTIONNAIRE))
                rounds.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE)
                rounds.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE)
            assert list(rounds.sheets.answers("autumn")) == [("board", f"++32{max(order) % 4}+")]
            assert rounds.sheets.revision(receipt) == max(order)
        whole.add((folder / str(number)).read_bytes())
    assert len(whole) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"answers": "++321+"},
        {"beside": {**asked.BESIDE, "years": 4}},
        {"texts": {"why": "Something else", "vision": "We never wrote it down."}},
        {"texts": {"why": "", "vision": "We never wrote it down."}},
        {"group": "staff", "answers": asked.STAFF},
        {"ticket": Ticket(round=asked.KEY, agrees=True)},
        {"ticket": Ticket(round=asked.KEY, agrees=False, matching="b" * 32)},
    ],
)
def test_a_sheet_that_says_something_else_with_the_same_receipt_is_refused(
    rounds: Rounds, change: dict[str, object]
) -> None:
    opened(rounds, asked.PLAIN)
    rounds.change(replace(rounds.get("autumn"), rules=replace(asked.ALL_RULES, codes=False)))
    receipt, first = asked.receipt(), asked.sheet(ticket=Ticket(round=asked.KEY, agrees=False))
    assert put(rounds, first, receipt) == "new"
    before = dump(rounds.project.path)
    assert put(rounds, first, receipt) == "here"
    other = replace(first, **change)
    assert "it says something else" in said(lambda: put(rounds, other, receipt))
    rounds.close("autumn")
    assert put(rounds, first, receipt) == "here"
    assert "it says something else" in said(lambda: put(rounds, other, receipt))
    assert dump(rounds.project.path)["sheets"] == before["sheets"]
    assert dump(rounds.project.path)["texts"] == before["texts"]


def test_an_older_sheet_of_somebody_who_answered_again_is_here(autumn: Rounds) -> None:
    receipt = asked.receipt()
    put(autumn, receipt=receipt, revision=2)
    assert put(autumn, asked.sheet(answers="++321+"), receipt, revision=1) == "here"


def test_a_sheet_never_takes_away_what_belongs_to_another(autumn: Rounds) -> None:
    autumn.add(replace(asked.ROUND, id="spring", key="1" * 32, rules=CONSENT), asked.EDITION)
    autumn.open("spring")
    of_spring = Ticket(round="1" * 32, agrees=False)
    theirs = packed(asked.sheet(ticket=of_spring))
    assert autumn.sheets.hand_in(theirs, questionnaire=asked.QUESTIONNAIRE) == "new"
    autumn.close("spring")
    before = dump(autumn.project.path)
    mine = packed()
    for change in (
        {"texts": theirs.texts},
        {"texts": {key: (about, "") for key, (about, _) in theirs.texts.items()}},
        {"refusal": theirs.refusal},
    ):
        forged = replace(mine, **change)
        words = said(lambda forged=forged: autumn.sheets.hand_in(forged, questionnaire=asked.QUESTIONNAIRE))
        assert "a key of another sheet" in words
    assert "another round" in said(
        lambda: autumn.sheets.hand_in(replace(mine, key=theirs.key), None, asked.QUESTIONNAIRE)
    )
    assert dump(autumn.project.path) == before
    put(autumn, receipt="K7QM-3RTP-9XWD-2HCF-8JNE")
    again = packed(receipt="K7QM-3RTP-9XWD-2HCF-8JNE", revision=1)
    forged = replace(again, texts={**again.texts, **{key: (about, "") for key, (about, _) in theirs.texts.items()}})
    with pytest.raises(UsageError):
        autumn.sheets.hand_in(forged, questionnaire=asked.QUESTIONNAIRE)
    assert sorted(autumn.sheets.texts("spring")) == [("vision", "We never wrote it down."), ("why", "Würde")]


def test_a_sheet_of_the_same_round_cannot_carry_the_keys_of_another(autumn: Rounds) -> None:
    theirs = packed()
    autumn.sheets.hand_in(theirs, questionnaire=asked.QUESTIONNAIRE)
    before = dump(autumn.project.path)
    for change in ({"texts": theirs.texts}, {"texts": {key: (about, "") for key, (about, _) in theirs.texts.items()}}):
        forged = replace(packed(), **change)
        words = said(lambda forged=forged: autumn.sheets.hand_in(forged, questionnaire=asked.QUESTIONNAIRE))
        assert "a key of another sheet" in words
    assert dump(autumn.project.path) == before


def test_a_sheet_outside_rounds_is_not_replaced_by_one_of_a_round(autumn: Rounds) -> None:
    receipt = asked.receipt()
    autumn.project.hand_in(asked.sheet(ticket=None), receipt)
    assert "another round" in said(lambda: put(autumn, receipt=receipt))
    assert autumn.project.sheet(receipt).texts
    assert autumn.sheets.of_receipt(receipt) is None
    assert not autumn.sheets.withdraw(receipt)


def test_answering_again_keeps_to_the_group_of_the_code(rounds: Rounds) -> None:
    opened(rounds, CODES)
    _, ticket = give_out(rounds)
    receipt = asked.receipt()
    put(rounds, asked.sheet(ticket=ticket), receipt)
    without = Ticket(round=asked.KEY)
    assert "for another group" in said(lambda: put(rounds, asked.sheet("staff", ticket=without), receipt, 1))
    assert put(rounds, asked.sheet(ticket=without), receipt, 1) == "replaced"


def test_a_sheet_is_withdrawn_until_the_round_closes(rounds: Rounds) -> None:
    opened(rounds, replace(asked.ALL_RULES, matching=False))
    _, ticket = give_out(rounds)
    receipts = [asked.receipt() for _ in range(2)]
    put(rounds, asked.sheet(ticket=ticket), receipts[0])
    sit(rounds, draft(), receipts[0])
    assert rounds.sheets.withdraw(receipts[0])
    assert not rounds.sheets.withdraw(receipts[0])
    counts = rounds.counts("autumn")
    assert (counts.handed_in["board"], counts.used["board"], counts.refusals["board"]) == (0, 1, 0)
    assert counts.drafts["board"] == 0
    assert rounds.sheets.texts("autumn") == ()
    assert "was deleted" in said(lambda: put(rounds, asked.sheet(ticket=ticket), receipts[0], 1))
    assert "used before" in said(lambda: put(rounds, asked.sheet(ticket=ticket)))
    rounds.close("autumn")
    rounds.reopen("autumn")
    assert "was deleted" in said(lambda: put(rounds, asked.sheet(ticket=ticket), receipts[0], 1))
    _, ticket = give_out(rounds)
    put(rounds, asked.sheet(ticket=ticket), receipts[1])
    rounds.close("autumn")
    for work in (rounds.sheets.withdraw, rounds.project.forget):
        assert "what its report says has been fixed" in said(lambda work=work: work(receipts[1]))
    assert rounds.counts("autumn").handed_in["board"] == 1


def test_forget_takes_a_receipt_of_a_round(autumn: Rounds) -> None:
    receipt = asked.receipt()
    put(autumn, None, receipt)
    assert autumn.project.forget(receipt) == "sheet"
    assert autumn.sheets.texts("autumn") == ()
    assert "No sheet of a round" in said(lambda: autumn.sheets.revision(receipt))
    assert "No sheet of a round" in said(lambda: autumn.sheets.begin(asked.EDITION, draft(), receipt))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ticket": Ticket(round="1" * 32)}, "another round"),
        ({"ticket": Ticket(round=asked.KEY, admission="0" * 32)}, "the round has none"),
        ({"ticket": Ticket(round=asked.KEY, matching="0" * 32)}, "the round asks for none"),
        ({"ticket": Ticket(round=asked.KEY, agrees=True)}, "the round does not ask"),
        ({"questionnaire": "0" * 64}, "another questionnaire"),
        ({"form": "short"}, "short form"),
        ({"group": "guests"}, "takes no part"),
        ({"group": None}, "takes no part"),
        ({"answers": "++320"}, "5 answers, and the questionnaire has 6"),
        ({"answers": "++420+"}, "“vision_say” is not one of"),
        ({"answers": "++z20+"}, "“vision_say” is not one of"),
        ({"answers": "++X20+"}, "“vision_say” is not one of"),
        ({"answers": "+++20+"}, "“vision_say” is not one of"),
        ({"answers": "++300+"}, "“vision_met” is not one of"),
        ({"answers": "++320-"}, "“why” is not one of"),
        ({"answers": "++320?"}, "“why” is not one of"),
        ({"answers": "++3200"}, "“why” is not one of"),
        ({"answers": "0+320+"}, "beside its answers"),
        ({"answers": "++120+"}, "“vision_met” is answered but was not asked"),
        ({"answers": "++32.+"}, "“vision_board” is answered but was not asked, or was asked"),
        ({"group": "staff", "answers": asked.BOARD}, "“vision_board” is answered but was not asked"),
        ({"beside": {"years": 3}}, "beside its answers"),
        ({"beside": {**asked.BESIDE, "vision_say": 2}}, "beside its answers"),
        ({"beside": {**asked.BESIDE, "years": 51}}, "“years” is not one of"),
        ({"beside": {**asked.BESIDE, "years": float("inf")}}, "“years” is not one of"),
        ({"beside": {**asked.BESIDE, "years": (1.0,)}}, "“years” is not one of"),
        ({"beside": {**asked.BESIDE, "services": 1.0}}, "“services” is not one of"),
        ({"beside": {**asked.BESIDE, "services": ()}}, "“services” is not one of"),
        ({"beside": {**asked.BESIDE, "services": (4.0,)}}, "“services” is not one of"),
        ({"beside": {**asked.BESIDE, "services": (1.0, 1.0)}}, "“services” is not one of"),
        ({"texts": {"nothing": "x"}}, "“nothing”, which was not asked"),
        ({"answers": "++1.0+", "texts": {"vision_met": "x"}}, "“vision_met”, which was not asked"),
    ],
)
def test_a_sheet_that_cannot_have_been_given_here_is_refused(
    autumn: Rounds, change: dict[str, object], words: str
) -> None:
    assert words in said(lambda: put(autumn, asked.sheet(**change)))
    assert "“" not in words or words in said(
        lambda: autumn.papers.enter("autumn", "1", asked.sheet(**change), asked.QUESTIONNAIRE)
    )
    assert list(autumn.sheets.answers("autumn")) == []


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        ({"1" * 32: ("why", "x" * 4_001)}, "longer than 4,000"),
        ({"1" * 32: ("why", "x"), "2" * 32: ("why", "y")}, "more than one text"),
    ],
)
def test_texts_that_cannot_have_been_written_are_refused(
    autumn: Rounds, texts: dict[str, tuple[str, str]], words: str
) -> None:
    parcel = replace(packed(), texts=texts)
    assert words in said(lambda: autumn.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE))


@pytest.mark.parametrize("answers", ["++---+", "++???+", "++~??+", "++3~2+", "++~.3+"[:6], "--320+"])
def test_what_may_be_left_out_may_be_left_out(autumn: Rounds, answers: str) -> None:
    shown = answers[2] in "23"
    answers = answers if shown else f"{answers[:3]}.{answers[4:]}"
    beside = asked.BESIDE if answers[0] == "+" else {}
    assert put(autumn, asked.sheet(answers=answers, beside=beside)) == "new"


def test_a_text_is_cleaned_on_its_way_in(autumn: Rounds) -> None:
    parcel = replace(packed(), texts={"1" * 32: ("why", "\x1b[31mred\u202e")})
    assert autumn.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE) == "new"
    assert autumn.sheets.texts("autumn") == (("why", "red"),)


def test_a_hand_in_that_is_refused_changes_nothing(rounds: Rounds) -> None:
    opened(rounds, CODES)
    code, ticket = give_out(rounds)
    saver = sit(rounds, draft(ticket), code)
    window, _ = resumed(rounds, code)
    window.save(draft(ticket, place="years"))
    with pytest.raises(ProjectError, match="another window"):
        saver.hand_in(asked.sheet(ticket=ticket))
    counts = rounds.counts("autumn")
    assert (counts.used["board"], counts.handed_in["board"], counts.drafts["board"]) == (0, 0, 1)
    put(rounds, asked.sheet(ticket=ticket))
    assert "used before" in said(lambda: window.hand_in(asked.sheet(ticket=ticket)))
    assert rounds.counts("autumn").drafts["board"] == 1


def test_a_round_of_a_questionnaire_without_groups(rounds: Rounds) -> None:
    plain = replace(asked.QUESTIONNAIRE, groups=())
    everybody = replace(asked.ROUND, invited={"": 6}, rules=Rules(small_groups="consent", asks_consent=("",)))
    rounds.add(everybody, replace(asked.EDITION, questionnaire=plain))
    rounds.open("autumn")
    for agrees in (True, True, False):
        sheet = asked.sheet(group=None, answers="++320+", ticket=Ticket(round=asked.KEY, agrees=agrees))
        assert rounds.sheets.hand_in(packed(sheet), None, plain) == "new"
    assert rounds.counts("autumn").handed_in == {"": 3}
    assert [group for group, _ in rounds.sheets.answers("autumn")] == [None] * 3
    assert rounds.admission.invitation("autumn", "").group is None
    assert rounds.close("autumn").standing == {"": "left_out"}


# Paper


def test_what_is_keyed_in_from_paper_can_be_found_and_corrected(autumn: Rounds) -> None:
    enter = autumn.papers.enter
    assert enter("autumn", "10", asked.sheet(ticket=None), asked.QUESTIONNAIRE) == "new"
    assert enter("autumn", " 2 ", asked.sheet("staff", ticket=None), asked.QUESTIONNAIRE) == "new"
    assert autumn.papers.numbers("autumn") == ("2", "10")
    assert autumn.papers.get("autumn", "10") == asked.sheet()
    assert autumn.papers.get("autumn", "3") is None
    changed = asked.sheet("staff", texts={"vision": "Otherwise."})
    assert enter("autumn", "10", changed, asked.QUESTIONNAIRE) == "replaced"
    assert autumn.papers.get("autumn", "10") == changed
    assert len(list(autumn.sheets.answers("autumn"))) == 2
    assert sorted(text for _, text in autumn.sheets.texts("autumn")) == [
        "Otherwise.",
        "We never wrote it down.",
        "Würde",
    ]
    assert autumn.papers.remove("autumn", "10")
    assert not autumn.papers.remove("autumn", "10")
    assert autumn.papers.numbers("autumn") == ("2",)
    for number in ("", " ", "\x1b[31m"):
        assert "needs a number" in said(lambda number=number: enter("autumn", number, changed, asked.QUESTIONNAIRE))
    assert "is too long" in said(lambda: enter("autumn", "1" * 41, changed, asked.QUESTIONNAIRE))


def test_several_sheets_from_paper_come_in_together_or_not_at_all(autumn: Rounds) -> None:
    def sheet(number: str, **more: object) -> FromPaper:
        return FromPaper(number=number, sheet=asked.sheet(texts={}, **more))

    autumn.papers.enter_all("autumn", [sheet("1"), sheet("2", group="staff")], asked.QUESTIONNAIRE)
    assert autumn.papers.numbers("autumn") == ("1", "2")
    before = dump(autumn.project.path)
    for last, words in (
        (sheet("4", group="guests"), "takes no part"),
        (sheet("4", answers="++420+"), "“vision_say” is not one of"),
        (sheet("1"), "Sheet 1 was just typed in by somebody else"),
        (sheet(""), "needs a number"),
    ):
        sheets = [sheet("3"), sheet("5"), last]
        assert words in said(lambda sheets=sheets: autumn.papers.enter_all("autumn", sheets, asked.QUESTIONNAIRE))
        assert dump(autumn.project.path) == before
    again = replace(sheet("1", answers="++321+"), before=autumn.papers.get("autumn", "1"))
    autumn.papers.enter_all("autumn", [sheet("3"), again], asked.QUESTIONNAIRE)
    assert [autumn.papers.get("autumn", number).answers for number in "13"] == ["++321+", asked.BOARD]
    assert "by somebody else" in said(lambda: autumn.papers.enter_all("autumn", [again], asked.QUESTIONNAIRE))


def test_the_noughts_before_a_number_on_paper_tell_no_two_sheets_apart(autumn: Rounds) -> None:
    assert autumn.papers.enter("autumn", "007", asked.sheet(ticket=None), asked.QUESTIONNAIRE) == "new"
    assert autumn.papers.enter("autumn", "7", asked.sheet(ticket=None), asked.QUESTIONNAIRE) == "replaced"
    assert autumn.papers.enter("autumn", "00", asked.sheet(ticket=None), asked.QUESTIONNAIRE) == "new"
    assert autumn.papers.enter("autumn", "70", asked.sheet(ticket=None), asked.QUESTIONNAIRE) == "new"
    assert autumn.papers.numbers("autumn") == ("0", "7", "70")
    assert autumn.papers.get("autumn", "07") == asked.sheet()
    assert autumn.papers.remove("autumn", "0007")
    assert autumn.papers.numbers("autumn") == ("0", "70")


def test_a_number_on_paper_that_was_kept_with_noughts_before_is_found(autumn: Rounds) -> None:
    autumn.papers.enter("autumn", "7", asked.sheet(ticket=None), asked.QUESTIONNAIRE)
    autumn.papers.enter("autumn", "A07", asked.sheet("staff", ticket=None), asked.QUESTIONNAIRE)
    with autumn._database.transaction() as connection:
        connection.execute("UPDATE papers SET number = '007' WHERE number = '7'")
    assert autumn.papers.numbers("autumn") == ("7", "A07")
    assert autumn.papers.get("autumn", "7") == asked.sheet()
    assert autumn.papers.get("autumn", "A7") is None
    assert autumn.papers.enter("autumn", "07", asked.sheet("staff", ticket=None), asked.QUESTIONNAIRE) == "replaced"
    assert autumn.papers.numbers("autumn") == ("7", "A07")
    assert autumn.papers.remove("autumn", "7")
    assert autumn.papers.numbers("autumn") == ("A07",)


def test_paper_needs_no_code_but_uses_up_one_that_is_named(rounds: Rounds) -> None:
    opened(rounds, CODES)
    _, ticket = give_out(rounds)
    for _ in range(2):
        rounds.papers.enter("autumn", "1", asked.sheet(ticket=ticket), asked.QUESTIONNAIRE)
    rounds.papers.enter("autumn", "2", asked.sheet(), asked.QUESTIONNAIRE)
    assert "used before" in said(
        lambda: rounds.papers.enter("autumn", "3", asked.sheet(ticket=ticket), asked.QUESTIONNAIRE)
    )
    assert rounds.counts("autumn").used["board"] == 1


def test_whose_number_was_on_paper_is_forgotten_with_the_first_report(autumn: Rounds) -> None:
    autumn.papers.enter("autumn", "1", asked.sheet(), asked.QUESTIONNAIRE)
    ((_, _, receipt),) = dump(autumn.project.path)["papers"]
    autumn.close("autumn")
    autumn.release("autumn", frozenset({("all", "vision", "score")}))
    assert autumn.papers.numbers("autumn") == ()
    autumn.project.close()
    assert receipt.encode() not in autumn.project.path.read_bytes()


def test_a_paper_is_found_by_its_number_when_the_round_is_opened_again(autumn: Rounds) -> None:
    autumn.papers.enter("autumn", "1", asked.sheet(), asked.QUESTIONNAIRE)
    autumn.close("autumn")
    autumn.reopen("autumn")
    assert autumn.papers.enter("autumn", "1", asked.sheet("staff"), asked.QUESTIONNAIRE) == "replaced"
    assert autumn.counts("autumn").handed_in == {"board": 0, "staff": 1}
    autumn.close("autumn")
    assert "closed" in said(lambda: autumn.papers.enter("autumn", "1", asked.sheet(), asked.QUESTIONNAIRE))
    assert "closed" in said(lambda: autumn.papers.remove("autumn", "1"))


# The release log, and what the meeting agreed


def test_what_was_released_is_written_down_once(autumn: Rounds) -> None:
    shown = frozenset({("all", "vision", "score"), ("board", "vision", "score")})
    autumn.close("autumn")
    autumn.release("autumn", shown)
    assert autumn.released("autumn") == shown
    autumn.project.close()
    with open_project(autumn.project.path, read_only=True) as project:
        rounds = Rounds(project)
        rounds.release("autumn", shown)
        rounds.release("autumn", frozenset())
        with pytest.raises(ProjectError):
            rounds.release("autumn", frozenset({("staff", "vision", "score")}))
    autumn.release("autumn", frozenset({("staff", "vision", "score")}))
    assert len(autumn.released("autumn")) == 3


def test_what_the_meeting_agreed_on_can_change(autumn: Rounds) -> None:
    autumn.agree("autumn", Agreed(node="vision", score=50, why="We \x1b[1mtalked."))
    autumn.agree("autumn", Agreed(node="vision", score=62.5, why="We talked again."))
    autumn.agree("autumn", Agreed(node="work", score=-1, why=""))
    assert autumn.agreed("autumn") == (
        Agreed(node="vision", score=62.5, why="We talked again."),
        Agreed(node="work", score=-1, why=""),
    )
    autumn.disagree("autumn", "work")
    assert [one.node for one in autumn.agreed("autumn")] == ["vision"]
    assert "not a score" in said(lambda: autumn.agree("autumn", Agreed(node="vision", score=float("nan"), why="")))


def test_a_project_can_be_made_up(tmp_path: Path) -> None:
    with create(tmp_path / "demo", "shared", made_up=True) as demo, create(tmp_path / "ours", "shared") as ours:
        assert demo.is_made_up
        assert not ours.is_made_up


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE rounds SET rules = '{}'",
        "UPDATE rounds SET rules = 'x'",
        "UPDATE rounds SET rules = replace(rules, 'false', '0')",
        "UPDATE rounds SET rules = replace(rules, ':5', ':\"5\"')",
        "UPDATE rounds SET rules = replace(rules, '[]', '7')",
        "UPDATE rounds SET invited = '[]'",
        "UPDATE rounds SET invited = '{\"board\":-1}'",
        "UPDATE rounds SET state = 'ajar'",
        'UPDATE rounds SET standing = \'{"board":"lost"}\'',
        "UPDATE rounds SET state = 'closed'",
        "UPDATE rounds SET state = 'closed', standing = '{\"board\":\"shown\"}'",
        'UPDATE rounds SET state = \'closed\', standing = \'{"board":"shown","staff":"shown","guests":"shown"}\'',
        'UPDATE rounds SET standing = \'{"board":"shown","staff":"shown"}\'',
        "UPDATE rounds SET form = x'00'",
        "UPDATE rounds SET title = x'00'",
        "UPDATE rounds SET title = 'one' || char(10) || 'two'",
        "UPDATE rounds SET id = ''",
        "UPDATE rounds SET key = 'x'",
        "UPDATE rounds SET rules = replace(rules, ':5', ':2')",
        "UPDATE rounds SET rules = replace(rules, '[]', '[\"board\"]')",
        "DROP TABLE rounds",
    ],
)
def test_a_round_that_somebody_spoiled_is_called_damaged(autumn: Rounds, change: str) -> None:
    autumn.project.close()
    with closing(sqlite3.connect(autumn.project.path, isolation_level=None)) as connection:
        connection.execute(change)
    with pytest.raises(ProjectError, match="damaged"):
        autumn.all()


def test_a_round_with_groups_that_its_questionnaire_does_not_have_is_called_damaged(autumn: Rounds) -> None:
    change = "replace(replace({0}, 'staff', 'cooks'), 'board', 'crew')"
    with autumn.project.database.transaction() as connection:
        connection.execute(f"UPDATE rounds SET invited = {change.format('invited')}")
    (round,) = autumn.all()
    with pytest.raises(ProjectError, match="damaged"):
        Here(autumn, round, asked.EDITION)
    with pytest.raises(ProjectError, match="damaged"):
        autumn.check_fits(round, asked.QUESTIONNAIRE)
    autumn.check_fits(asked.ROUND, asked.QUESTIONNAIRE)


def test_a_round_that_was_closed_keeps_the_groups_that_it_was_decided_for(autumn: Rounds) -> None:
    with autumn.project.database.transaction() as connection:
        connection.execute("UPDATE rounds SET fixed = 0")
    closed = autumn.close("autumn")
    assert "is closed" in said(lambda: autumn.change(replace(closed, invited={"board": 12})))
    autumn.change(replace(closed, title="Winter"))
    assert autumn.all() == (replace(closed, title="Winter"),)


def test_a_draft_with_a_spoiled_ticket_is_called_damaged(autumn: Rounds) -> None:
    autumn.sheets.begin(asked.EDITION, draft(), "K7QM-3RTP-9XWD")
    autumn.project.close()
    for change in ("'\"agrees\":null', '\"agrees\":7'", '\'"admission":""\', \'"admission":null\''):
        with closing(sqlite3.connect(autumn.project.path, isolation_level=None)) as connection:
            (before,) = connection.execute("SELECT content FROM drafts").fetchone()
            connection.execute(f"UPDATE drafts SET content = replace(content, {change})")
        with pytest.raises(ProjectError, match="damaged"):
            autumn.counts("autumn")
        with closing(sqlite3.connect(autumn.project.path, isolation_level=None)) as connection:
            connection.execute("UPDATE drafts SET content = ?", (before,))


def test_a_round_type_is_what_a_command_gets(autumn: Rounds) -> None:
    assert isinstance(autumn.get(None), Round)


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan")])
def test_what_is_no_number_is_no_answer_even_without_limits(number: float) -> None:
    years = Item(id="years", text="How many years?", kind="number")
    free = replace(asked.QUESTIONNAIRE, strands=(replace(asked.QUESTIONNAIRE.strands[0], items=(years,)),))
    fits = asked.sheet(answers="+320+", beside={"years": -1e9})
    assert misfit(fits, [], free) == ""
    assert "“years” is not one of" in misfit(replace(fits, beside={"years": number}), [], free)


def test_the_shipped_questionnaire_takes_what_a_sitting_makes_of_it(partnership: Edition) -> None:
    """In each group and form: nothing answered, and every question answered."""
    questionnaire = partnership.questionnaire
    for group in groups_of(questionnaire):
        for form in ("full", "short"):
            begun = start(partnership, group, form)
            answered = begun
            for item in offered(questionnaire, group, form):
                if item.kind == "choice" and item in asked_of(questionnaire, group, form, answered.responses):
                    answered = respond(questionnaire, answered, item.id, questionnaire.scale_of(item).values[-1])
            for made in (begun, answered):
                sheet = hand_in(questionnaire, made)
                assert misfit(sheet, sheet.texts.items(), questionnaire) == ""
