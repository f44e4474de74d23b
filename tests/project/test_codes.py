import math
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.errors import UsageError
from selfassess.project import codes

SALT = "00" * 16


def test_a_code_stands_in_groups_of_four() -> None:
    assert re.fullmatch(r"([0-9A-Z]{4}-){4}[0-9A-Z]{4}", codes.new_code(codes.RECEIPT_LENGTH))
    assert re.fullmatch(r"([0-9A-Z]{4}-){2}[0-9A-Z]{4}", codes.new_code(codes.RESUME_LENGTH))


def test_a_receipt_cannot_be_guessed() -> None:
    assert codes.RECEIPT_LENGTH * math.log2(len(codes.ALPHABET)) >= 80


def test_no_two_characters_of_a_code_look_alike() -> None:
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    for alike in ("0O", "1IL", "2Z", "5S", "8B", "UV"):
        assert len(set(alike) & set(codes.ALPHABET)) == 1


def test_a_code_is_read_however_it_is_typed() -> None:
    code = "K7QM-3RTP-9XWD"
    for typed in ("k7qm3rtp9xwd", "K7QM 3RTP 9XWD", " k7qm–3rtp–9xwd\n", "K7-QM3-RTP9X-WD", "K7QM\u00a03RTP\u20119XWD"):
        assert codes.normalise(typed) == code
    assert codes.normalise("OoIi LlZz SsBb") == "0011-1122-5588"
    assert codes.normalise("uuuu uuuu uuuu") == "VVVV-VVVV-VVVV"


@given(st.sampled_from(codes.LENGTHS))
def test_reading_a_code_gives_the_code(length: int) -> None:
    code = codes.new_code(length)
    assert codes.normalise(code) == code
    assert codes.normalise(code.lower().replace("-", "")) == code
    assert codes.is_resume_code(code) == (length == codes.RESUME_LENGTH)


@pytest.mark.parametrize("text", ["", "-", "K7QM", "K7QM-3RTP-9XW", "K7QM-3RTP-9XWD-2", "K7QM-3RTP-9XW!", "ÄÖÜß" * 3])
def test_what_cannot_be_a_code_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UsageError, match="is not a code") as raised:
        codes.normalise(text)
    assert raised.value.hint


def test_a_text_of_any_length_is_said_to_be_no_code() -> None:
    for typed in ("K7QM-3RTP-9XWD" + " " * 100, "\u0316\u0301" * 500_000, "-" * 1_000_000, "1" * 1_000_000):
        with pytest.raises(UsageError, match="is not a code") as raised:
            codes.normalise(typed)
        assert len(str(raised.value)) < 300


def test_a_code_that_somebody_made_up_can_have_any_length() -> None:
    start = time.process_time()
    for typed in ("a" + "\u0316\u0301" * 500_000, "\uff9e\u0301" * 500_000, "\ufdfa" * 1_000_000):
        assert codes.is_key(codes.matching_key(typed, SALT))
    assert time.process_time() - start < 2.0


@given(st.text(st.characters(), min_size=codes.RECEIPT_LENGTH * 2).map(lambda text: text + "!"))
def test_no_text_whatever_is_a_fault(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        codes.normalise(text)
    assert "\x1b" not in str(raised.value)
    str(raised.value).encode()


def test_a_code_leads_to_its_keys_and_to_no_others() -> None:
    one, other = codes.new_code(codes.RECEIPT_LENGTH), codes.new_code(codes.RECEIPT_LENGTH)
    keys = [make for code in (one, other) for make in (codes.sheet_key(code), codes.text_key(code, "a"))]
    assert len({*keys, codes.text_key(one, "b"), codes.text_key(one, "")}) == 6
    assert all(re.fullmatch("[0-9a-f]{32}", key) for key in keys)
    assert codes.sheet_key(one) == codes.sheet_key(one)


def test_a_resume_code_opens_nothing_in_another_project() -> None:
    code = codes.new_code(codes.RESUME_LENGTH)
    assert codes.draft_key(code, SALT) == codes.draft_key(code, SALT) != codes.draft_key(code, "11" * 16)


def test_each_use_of_a_code_has_a_key_of_its_own() -> None:
    code, receipt = codes.new_code(codes.RESUME_LENGTH), codes.new_code(codes.RECEIPT_LENGTH)
    keys = {
        codes.draft_key(code, SALT),
        codes.admission_key(code, SALT),
        codes.matching_key(code, SALT),
        codes.draft_key(receipt, SALT),
        codes.sheet_key(receipt),
        codes.refusal_key(receipt),
        codes.text_key(receipt, ""),
        codes.proof(receipt, 0),
        codes.proof(receipt, codes.LAST_REVISION),
        codes.signature(codes.admission_key(code, SALT), "0" * 64),
    }
    assert len(keys) == 10
    assert all(codes.is_key(key) for key in keys)
    assert codes.admission_keys([code], SALT) == [codes.admission_key(code, SALT)]
    assert codes.admission_key(code, "11" * 16) not in keys


def test_a_proof_leads_to_those_before_it_and_to_none_after() -> None:
    receipt = codes.new_code(codes.RECEIPT_LENGTH)
    proofs = [codes.proof(receipt, revision) for revision in range(codes.LAST_REVISION + 1)]
    assert len(set(proofs)) == len(proofs)
    assert [codes.earlier(proofs[-1], by) for by in range(len(proofs))] == proofs[::-1]
    assert codes.earlier(proofs[7], 0) == proofs[7]
    assert codes.proof(codes.new_code(codes.RECEIPT_LENGTH), 0) not in proofs


def test_a_code_that_a_person_made_up_is_the_same_however_it_is_written() -> None:
    keys = {codes.matching_key(code, SALT) for code in ("Löwe 7b", "löwe-7B", " LÖWE7B\n", "Lo\u0308we 7b")}
    assert len(keys) == 1
    for nothing in ("", " - ", "\x1b[31m"):
        with pytest.raises(UsageError, match="nothing in this code"):
            codes.matching_key(nothing, SALT)


@pytest.mark.usefixtures("slow_codes")
def test_giving_out_codes_takes_a_moment() -> None:
    """30 take at most two seconds on a machine that does nothing else; the key is as slow to compute as to guess."""
    before = time.process_time()
    codes.admission_keys([codes.new_code(codes.RESUME_LENGTH) for _ in range(4)], SALT)
    assert 0.005 < (time.process_time() - before) / 4 < 0.2


@pytest.mark.usefixtures("slow_codes")
def test_the_keys_of_a_code_stay_what_they_are() -> None:
    """A project file holds them, so codes that were given out would open nothing if they were worked out otherwise."""
    code = "K7QM-3RTP-9XWD"
    assert codes.draft_key(code, SALT) == "a5dee387f5058078cfec4b6d38d12ca1"
    assert codes.admission_key(code, SALT) == "5a747b4348d9773d587338be4146f5ed"
    assert codes.matching_key("Löwe 7b", SALT) == "28790ed65710a47078defe8bfbf3d712"
