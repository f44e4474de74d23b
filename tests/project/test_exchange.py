"""What travels: an invitation and a sheet come out as they went in, and anything else is told in words."""

import datetime
import hashlib
import json
import os
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.errors import ProjectError, ResponsesError, UsageError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.model.sheet import Ticket
from selfassess.project import codes, round_rules
from selfassess.project.acceptance import abouts
from selfassess.project.exchange_files import (
    INVITATION,
    SHEET,
    Invitation,
    read_invitation,
    read_sheet,
    ticket_of,
    write_invitation,
    write_sheet,
)
from selfassess.project.parcel import Parcel, pack
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.text import clean
from tests.project import asked

Run = Callable[[Callable[[], object]], None]

TICKET = Ticket(round=asked.KEY, admission="a" * 32, agrees=False, matching="b" * 32)
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
INVITED = Invitation(
    round=replace(asked.ROUND, rules=asked.ALL_RULES),
    salt="5a" * 16,
    content=asked.CONTENT,
    group="board",
    code="K7QM-3RTP-9XWD",
)


@pytest.fixture
def parcel() -> Parcel:
    return pack(asked.sheet(ticket=TICKET), RECEIPT)


@pytest.fixture
def sent(tmp_path: Path, parcel: Parcel) -> Path:
    write_sheet(tmp_path / "mine.sheet", parcel)
    return tmp_path / "mine.sheet"


@pytest.fixture
def invitation(tmp_path: Path) -> Path:
    write_invitation(tmp_path / "yours.invitation", INVITED)
    return tmp_path / "yours.invitation"


def said(path: Path, read: Callable[[Path], object] = read_sheet) -> str:
    """What is said of a file that is none. It is a sentence with a cure, in characters that can be shown."""
    with pytest.raises(ResponsesError) as raised:
        read(path)
    assert raised.value.message.endswith(".")
    assert raised.value.hint.endswith(".")
    assert "\x1b" not in str(raised.value)
    return raised.value.message


def edited(path: Path, sums: bool = True, **changes: Any) -> Path:
    """The file with some keys changed by hand (… takes one out); with or without its sum set right."""
    table = {**json.loads(path.read_text("utf-8")), **changes}
    table = {key: value for key, value in table.items() if value is not ...}
    if sums:
        rest = {key: value for key, value in table.items() if key != "sum"}
        canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
        table["sum"] = hashlib.sha256(canonical.encode()).hexdigest()
    path.write_text(json.dumps(table), "utf-8")
    return path


def on_its_way(parcel: Parcel, path: Path) -> Parcel:
    """A parcel as a file has it: signed with the admission code, which is not in it."""
    sheet = replace(parcel.sheet, ticket=replace(parcel.sheet.ticket, admission=""))
    return replace(parcel, sheet=sheet, signed=read_sheet(path).signed)


# The notice in an invitation

NOTICE = PrivacyNotice(holder="Sam", contact="Kim", keep_until=datetime.date(2027, 12, 31), words="We care.\n\nשלום 🙂")


@pytest.fixture
def noticed(tmp_path: Path) -> Path:
    write_invitation(tmp_path / "noticed.invitation", replace(INVITED, notice=NOTICE))
    return tmp_path / "noticed.invitation"


def test_a_notice_travels_with_an_invitation(noticed: Path, invitation: Path) -> None:
    assert json.loads(noticed.read_text("utf-8"))["format"] == 2
    assert read_invitation(noticed).notice == NOTICE
    assert json.loads(invitation.read_text("utf-8"))["format"] == 1
    assert read_invitation(invitation).notice == NO_NOTICE


def test_keys_that_come_later_are_passed_over(noticed: Path, invitation: Path) -> None:
    notice = {**json.loads(noticed.read_text("utf-8"))["notice"], "later": 1}
    assert read_invitation(edited(noticed, notice=notice, later=[1])).notice == NOTICE
    assert read_invitation(edited(noticed, notice=...)).notice == NO_NOTICE
    assert "was changed" in said(edited(invitation, later=1), read_invitation)


@pytest.mark.parametrize(
    "change",
    [
        {"words": "x" * 4_000},
        {"words": "a\x1b[31mb"},
        {"holder": "a\nb"},
        {"holder": "x" * 121},
        {"contact": None},
        {"keep_until": "soon"},
        {"keep_until": 7},
        {"words": "\u202eabc"},
    ],
    ids=repr,
)
def test_a_notice_that_no_program_of_ours_wrote_is_refused(noticed: Path, change: dict[str, object]) -> None:
    notice = json.loads(noticed.read_text("utf-8"))["notice"]
    assert "was changed" in said(edited(noticed, notice={**notice, **change}), read_invitation)


# What goes in comes out


def test_a_sheet_comes_back_as_it_was(sent: Path, parcel: Parcel) -> None:
    assert read_sheet(sent) == on_its_way(parcel, sent)
    assert parcel.proof == codes.proof(RECEIPT, 0)
    assert parcel.key == codes.sheet_key(RECEIPT)
    assert parcel.refusal == codes.refusal_key(RECEIPT)
    assert parcel.sheet == asked.sheet(ticket=TICKET, texts={})
    assert parcel.texts == {
        codes.text_key(RECEIPT, "why"): ("why", "Würde"),
        codes.text_key(RECEIPT, "vision"): ("vision", "We never wrote it down."),
    }


def test_whoever_answers_again_takes_back_what_they_no_longer_say(tmp_path: Path) -> None:
    again = pack(asked.sheet(texts={"why": "Now"}), RECEIPT, 2, abouts(asked.QUESTIONNAIRE))
    write_sheet(tmp_path / "again.sheet", again)
    assert read_sheet(tmp_path / "again.sheet") == on_its_way(again, tmp_path / "again.sheet")
    assert again.revision == 2
    assert codes.earlier(again.proof, 2) == codes.proof(RECEIPT, 0)
    assert again.texts[codes.text_key(RECEIPT, "why")] == ("why", "Now")
    assert again.texts[codes.text_key(RECEIPT, "vision")] == ("vision", "")
    assert {about for about, _ in again.texts.values()} == {"vision", *(item.id for item in asked.QUESTIONNAIRE.items)}


def test_a_sheet_without_a_ticket_cannot_be_sent(tmp_path: Path, parcel: Parcel) -> None:
    with pytest.raises(ValueError, match="ticket"):
        pack(asked.sheet(ticket=None), RECEIPT)
    with pytest.raises(ValueError, match="ticket"):
        write_sheet(tmp_path / "x", replace(parcel, sheet=asked.sheet(ticket=None)))


def test_an_invitation_comes_back_with_the_very_bytes(invitation: Path) -> None:
    found = read_invitation(invitation)
    assert found == INVITED
    assert found.content == asked.CONTENT
    assert list(found.round.invited) == ["board", "staff"]


def test_an_invitation_tells_nothing_of_what_was_decided(tmp_path: Path) -> None:
    closed = replace(INVITED.round, state="closed", standing={"board": "left_out"})
    write_invitation(tmp_path / "x", replace(INVITED, round=closed))
    assert read_invitation(tmp_path / "x") == INVITED
    assert "left_out" not in (tmp_path / "x").read_text("utf-8")


def test_an_invitation_without_a_code_or_a_group(tmp_path: Path) -> None:
    plain = replace(INVITED, round=asked.ROUND, group=None, code="")
    write_invitation(tmp_path / "x", plain)
    assert read_invitation(tmp_path / "x") == plain
    assert ticket_of(plain) == Ticket(round=asked.KEY)


def test_the_ticket_of_an_invitation_is_the_one_its_code_gives() -> None:
    ticket = ticket_of(INVITED, agrees=True, matching="Rex 7")
    assert ticket.admission == codes.admission_key(INVITED.code, INVITED.salt)
    assert ticket.matching == codes.matching_key("rex-7", INVITED.salt)
    assert (ticket.round, ticket.agrees) == (asked.KEY, True)


def test_both_can_be_read_with_a_text_editor(sent: Path, invitation: Path) -> None:
    sheet, invited = sent.read_text("utf-8"), invitation.read_text("utf-8")
    for line in ('"selfassess": "sheet"', '"format": 2', '"text": "Würde"', '"answers": "++320+"', '"agrees": false'):
        assert line in sheet
    for line in ('"selfassess": "invitation"', '"format": 1', '"# Würde', '"code": "K7QM-3RTP-9XWD"', '"board": 12'):
        assert line in invited
    assert sent.suffix == SHEET
    assert invitation.suffix == INVITATION


def test_a_sheet_tells_nothing_of_its_person_but_what_they_answered(sent: Path) -> None:
    table = json.loads(sent.read_text("utf-8"))
    assert set(table) == {
        *("selfassess", "format", "sum", "round", "questionnaire", "form", "group", "answers", "beside"),
        *("texts", "agrees", "matching", "admission", "key", "refusal", "revision", "proof"),
    }
    assert RECEIPT not in str(table)
    assert TICKET.admission not in str(table)


def test_a_sheet_shows_its_admission_code_and_does_not_tell_it(sent: Path) -> None:
    signed = read_sheet(sent).signed
    assert signed
    assert codes.signature(TICKET.admission, signed.digest) == signed.signature
    for change in ({"answers": "++321+"}, {"proof": "0" * 32}, {"key": "0" * 32}, {"agrees": True}):
        other = read_sheet(edited(sent, **change)).signed
        assert other
        assert codes.signature(TICKET.admission, other.digest) != other.signature


def test_a_sheet_of_the_first_format_is_read(sent: Path, parcel: Parcel) -> None:
    edited(sent, format=1, proof=..., admission=TICKET.admission)
    assert read_sheet(sent) == replace(parcel, proof="")
    assert "was changed" in said(edited(sent, proof="0" * 32))
    assert "was changed" in said(edited(sent, format=2, proof=...))


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_a_sheet_is_for_its_owner_alone(sent: Path, invitation: Path) -> None:
    assert stat.S_IMODE(sent.stat().st_mode) == stat.S_IMODE(invitation.stat().st_mode) == 0o600


def test_the_order_of_a_sitting_does_not_show(tmp_path: Path) -> None:
    for number, turn in enumerate((dict, lambda pairs: dict(reversed(pairs)))):
        sheet = asked.sheet(beside=turn(list(asked.BESIDE.items())), texts=turn([("why", "x"), ("vision", "y")]))
        write_sheet(tmp_path / str(number), pack(sheet, RECEIPT))
    assert (tmp_path / "0").read_bytes() == (tmp_path / "1").read_bytes()


@given(st.text(st.characters(), max_size=200), st.floats(allow_nan=False, allow_infinity=False))
def test_whatever_is_written_comes_back_cleaned(
    tmp_path_factory: pytest.TempPathFactory, text: str, number: float
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.sheet"
    sheet = asked.sheet(texts={"why": text}, beside={**asked.BESIDE, "years": number})
    write_sheet(path, pack(sheet, RECEIPT), overwrite=True)
    found = read_sheet(path)
    assert found == on_its_way(pack(sheet, RECEIPT), path)
    assert [text for _, text in found.texts.values()] == [clean(text)]


def test_a_file_that_an_editor_only_stored_again_is_the_same(sent: Path, parcel: Parcel) -> None:
    sent.write_bytes(b"\xef\xbb\xbf" + sent.read_bytes().replace(b"\n", b"\r\n"))
    assert read_sheet(sent) == on_its_way(parcel, sent)


# Writing


def test_nothing_is_overwritten_unless_told(sent: Path, parcel: Parcel, invitation: Path) -> None:
    before = sent.read_bytes()
    with pytest.raises(ProjectError, match="already something at"):
        write_sheet(sent, replace(parcel, revision=1))
    with pytest.raises(ProjectError, match="already something at"):
        write_invitation(invitation, INVITED)
    assert sent.read_bytes() == before
    write_sheet(sent, replace(parcel, revision=1), overwrite=True)
    assert read_sheet(sent).revision == 1


def test_what_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path, parcel: Parcel) -> None:
    (tmp_path / "folder").mkdir()
    for path, words in (("no/such/x", "no folder"), ("folder", "already something"), ("x" * 300, "cannot be used")):
        for overwrite in (False, True):
            with pytest.raises(ProjectError, match=words):
                write_sheet(tmp_path / path, parcel, overwrite=overwrite)
    assert [file.name for file in tmp_path.iterdir() if file.name != "home"] == ["folder"]


def test_a_full_disk_leaves_no_half_a_sheet(tmp_path: Path, parcel: Parcel, in_a_fork: Run) -> None:
    def fill_up() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (100, resource.RLIM_INFINITY))
        with pytest.raises(ProjectError):
            write_sheet(tmp_path / "mine.sheet", parcel)

    in_a_fork(fill_up)
    assert list(tmp_path.glob("*.sheet*")) == []


# What is none


@pytest.mark.parametrize(
    "change",
    [
        {"answers": "++321+"},
        {"group": "staff"},
        {"agrees": True},
        {"revision": 7},
        {"sum": "0" * 64},
        {"sum": ...},
        {"sum": None},
        {"more": 1},
        {"texts": {}},
        {"round": "1" * 32},
    ],
)
def test_a_sheet_that_was_edited_by_hand(sent: Path, change: dict[str, Any]) -> None:
    assert "was changed after it was handed in" in said(edited(sent, sums=False, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"answers": ...},
        {"answers": 7},
        {"answers": None},
        {"group": 7},
        {"form": "whole"},
        {"questionnaire": "short"},
        {"beside": []},
        {"beside": {"years": "three"}},
        {"beside": {"years": True}},
        {"beside": {"years": [[1]]}},
        {"texts": []},
        {"texts": {"0" * 32: "x"}},
        {"texts": {"0" * 32: {"about": "why"}}},
        {"texts": {"0" * 32: {"about": "why", "text": 7}}},
        {"texts": {"no key": {"about": "why", "text": "x"}}},
        {"agrees": 1},
        {"matching": None},
        {"admission": "K7QM-3RTP-9XWD"},
        {"key": ""},
        {"refusal": ""},
        {"revision": -1},
        {"revision": True},
        {"revision": 1.0},
        {"revision": codes.LAST_REVISION + 1},
        {"revision": 10**6},
        {"revision": 10**9},
        {"round": 7},
        {"round": ""},
        {"round": "autumn"},
        {"proof": ...},
        {"proof": ""},
        {"proof": None},
        {"proof": "K7QM"},
        {"admission": ...},
        {"round": "\ud800"},
        {"group": "\ud800"},
        {"texts": {"0" * 32: {"about": "why", "text": "\udfff"}}},
        {"format": "1"},
        {"format": 0},
        {"format": True},
        {"format": ...},
    ],
)
def test_a_sheet_that_no_program_wrote_though_its_sum_is_right(sent: Path, change: dict[str, Any]) -> None:
    assert "was changed after it was handed in" in said(edited(sent, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"code": "hello"},
        {"code": "k7qm3rtp9xwd"},
        {"code": RECEIPT},
        {"code": ""},
        {"group": "guests"},
        {"group": ""},
        {"group": ["board"]},
        {"salt": ""},
        {"questionnaire": ["format = 1\n"]},
        {"questionnaire": "format = 1\n"},
        {"questionnaire": [7]},
        {"round": {}},
        {"round": None},
        {"more": 1},
    ],
)
def test_an_invitation_that_was_edited_by_hand(invitation: Path, change: dict[str, Any]) -> None:
    words = "was changed after it was written"
    assert words in said(edited(invitation, **change), read_invitation)


@pytest.mark.parametrize("key", ["", "autumn", "\ud800", "K7QM-3RTP-9XWD", "C0DE" * 8, "0" * 31])
def test_an_invitation_to_what_has_no_key(invitation: Path, key: str) -> None:
    table = json.loads(invitation.read_text("utf-8"))
    words = "was changed after it was written"
    assert words in said(edited(invitation, round={**table["round"], "key": key}), read_invitation)


@pytest.mark.parametrize(
    "change",
    [
        {"id": ""},
        {"id": "../../etc"},
        {"title": ""},
        {"title": "one\ntwo"},
        {"title": "x" * 81},
        {"title": "\x1b[31mred"},
        {"invited": {}},
        {"invited": {"": 3, "board": 2}},
        {"questionnaire": "autumn"},
        {"rules": {"min_group": 0}},
        {"rules": {"min_group": 1}},
        {"rules": {"min_group": 2}},
        {"rules": {"min_group": 10**6}},
        {"rules": {"min_group": 5, "min_detail": 4}},
        {"rules": {"asks_consent": ["guests"]}},
        {"rules": {"small_groups": "pool"}},
    ],
)
def test_an_invitation_to_what_no_round_can_be(invitation: Path, change: dict[str, Any]) -> None:
    round = json.loads(invitation.read_text("utf-8"))["round"]
    assert read_invitation(edited(invitation, round=round))
    changed = {**round, **change, "rules": {**round["rules"], **change.get("rules", {})}}
    assert "was changed after it was written" in said(edited(invitation, round=changed), read_invitation)


def test_other_rules_in_an_invitation_show(invitation: Path) -> None:
    text = invitation.read_text("utf-8")
    invitation.write_text(text.replace('"min_group": 5', '"min_group": 1'), "utf-8")
    assert "was changed" in said(invitation, read_invitation)


def test_a_file_of_a_later_format(sent: Path, invitation: Path) -> None:
    assert "newer version of this program" in said(edited(sent, format=3, more={}))
    assert "newer version of this program" in said(edited(invitation, sums=False, format=99), read_invitation)


def test_one_is_not_the_other(sent: Path, invitation: Path) -> None:
    assert "is not an invitation" in said(sent, read_invitation)
    assert "is not a sheet" in said(invitation)


def test_a_sheet_that_was_cut_short_anywhere(sent: Path) -> None:
    content = sent.read_bytes()
    for length in range(0, len(content) - 2, 37):
        sent.write_bytes(content[:length])
        assert ("changed" if length > 20 else "is not a sheet") in said(sent)


def test_a_sheet_with_any_byte_changed(sent: Path) -> None:
    content, chance = sent.read_bytes(), random.Random(1)
    for _ in range(300):
        at = chance.randrange(len(content))
        sent.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        with pytest.raises(ResponsesError):
            read_sheet(sent)


def test_a_sheet_with_other_white_space_is_the_same(sent: Path, parcel: Parcel) -> None:
    sent.write_bytes(sent.read_bytes().replace(b"\n", b"\r\n\t"))
    assert read_sheet(sent) == on_its_way(parcel, sent)


DEEP = b'{"selfassess": "sheet", "beside": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
NONE = {
    "empty": b"",
    "text": b"Dear all, here is my sheet.",
    "json": b'{"answers": "0123"}',
    "list": b"[1, 2]",
    "number": b"7",
    "null": b"null",
    "binary": bytes(range(256)) * 40,
    "zeros": b"\0" * 9_000,
    "utf-16": '{"selfassess": "sheet"}'.encode("utf-16"),
    "latin-1": '{"selfassess": "sheet", "x": "Würde"}'.encode("latin-1"),
    "deep": DEEP,
    "less deep": b'{"selfassess": "sheet", "beside": ' + b"[" * 900 + b"]" * 900 + b"}",
    "nan": b'{"selfassess": "sheet", "format": 1, "x": NaN}',
    "twice": b'{"selfassess": "sheet", "selfassess": "sheet", "format": 1}',
    "number without end": b'{"selfassess": "sheet", "format": ' + b"9" * 10_000 + b"}",
    "large number": b'{"selfassess": "sheet", "format": 1e999}',
    "half a character": b'{"selfassess": "sheet", "format": 1, "x": "\\ud800", "sum": ""}',
}


@pytest.mark.parametrize("name", NONE)
def test_a_folder_can_hold_anything(tmp_path: Path, name: str) -> None:
    (tmp_path / "any.sheet").write_bytes(NONE[name])
    said(tmp_path / "any.sheet")
    said(tmp_path / "any.sheet", read_invitation)


@given(st.binary(max_size=300))
def test_no_bytes_whatever_are_a_fault(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.sheet"
    path.write_bytes(content)
    said(path)


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=5)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), ANY_TEXT, st.sampled_from(["", "full", "\ud800"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    """A project with the round, open and without codes."""
    with create(tmp_path_factory.mktemp("rounds") / "ours.selfassess", "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(asked.ROUND, rules=replace(asked.ALL_RULES, codes=False)), asked.EDITION)
        rounds.open("autumn")
        yield rounds


def asked_of(rounds: Rounds, found: Parcel | Invitation) -> None:
    """The project is asked for all that such a file names; it takes it or says in words that it does not."""
    with suppress(UsageError):
        if isinstance(found, Parcel):
            rounds.with_key(found.sheet.ticket.round if found.sheet.ticket else "")
            rounds.sheets.hand_in(found, questionnaire=asked.QUESTIONNAIRE)
        else:
            rounds.with_key(found.round.key)
            rounds.project.draft(rounds.project.draft_id(f"{found.round.key} {found.code}"))
            round_rules.check_kept(found.round)


@given(st.data())
def test_nothing_in_the_place_of_anything_is_a_fault(
    tmp_path_factory: pytest.TempPathFactory, rounds: Rounds, data: st.DataObject
) -> None:
    """Whoever makes the sum right can put in what they like: it is a sheet or an invitation then, which a project can
    be asked for, or it is told."""
    path = tmp_path_factory.getbasetemp() / "any"
    if data.draw(st.booleans()):
        plain = replace(TICKET, admission="")
        write_sheet(path, pack(asked.sheet(ticket=plain), asked.receipt()), overwrite=True)
        read: Callable[[Path], Parcel | Invitation] = read_sheet
    else:
        path.unlink(missing_ok=True)
        write_invitation(path, INVITED)
        read = read_invitation
    table = json.loads(path.read_text("utf-8"))
    inner = data.draw(
        st.sampled_from(["", *(key for key, value in table.items() if isinstance(value, dict) and value)])
    )
    changed = table[inner] if inner else table
    changed[data.draw(st.sampled_from(sorted(changed)))] = data.draw(JSON)
    try:
        found = read(edited(path, **table))
    except ResponsesError:
        said(path, read)
    else:
        asked_of(rounds, found)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "is a folder, not a file" in said(tmp_path)
    assert "cannot be read" in said(tmp_path / "none")
    assert "cannot be read" in said(tmp_path / "nul\0")
    assert "cannot be read" in said(tmp_path / ("x" * 300))
    assert "cannot be read" in said(tmp_path / "\x1b[31mred\udcff")
    assert said(tmp_path / "one\nRefused: two").startswith("“one Refused: two” cannot be read")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    assert "cannot be read" in said(tmp_path / "round")
    (tmp_path / "gone").symlink_to(tmp_path / "none")
    assert "cannot be read" in said(tmp_path / "gone")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert "is a pipe or a device, not a file" in said(tmp_path / "pipe")


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "large.sheet").open("wb") as file:
        file.truncate(100_000_000)
    monkeypatch.setattr(os, "open", None)
    assert "is larger than a sheet of a round can be, which is 4 MB" in said(tmp_path / "large.sheet")
    assert "is larger than an invitation" in said(tmp_path / "large.sheet", read_invitation)


def test_a_file_that_may_not_be_read(sent: Path, without_power: Run) -> None:
    def look() -> None:
        said(sent)

    sent.chmod(0)
    without_power(look)


def test_the_longest_sheet_there_can_be_is_not_too_large(tmp_path: Path) -> None:
    texts = {f"item_{number:04}_{'x' * 30}": 'Würde \n"' * 500 for number in range(500)}
    write_sheet(tmp_path / "x", pack(asked.sheet(answers="+" * 5_000, texts=texts), RECEIPT))
    assert len(read_sheet(tmp_path / "x").texts) == 500
