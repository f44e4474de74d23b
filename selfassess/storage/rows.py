"""Drafts and sheets as they stand in the tables, and back. What comes out of a file is checked and cleaned:
a file is a door like any other."""

import dataclasses
import datetime
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from selfassess.errors import UsageError
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet, Ticket
from selfassess.model.text import clean
from selfassess.storage import codes
from selfassess.storage.trouble import UnreadableRowError

_MISSING = {missing.key: missing for missing in Missing}
NOTHING_BESIDE = "{}"
"""What stands in the column of what is beside the characters of a sheet, where nothing is."""
_LARGEST = sys.float_info.max


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it stands in the project file."""

    id: str
    draft: Draft
    saved: datetime.datetime | None
    """When it was last saved (UTC), in a personal project; None in a shared one."""
    revision: int
    """How often it was saved. Tells whether another window has saved it since."""


def pack_draft(draft: Draft, receipt: str = "") -> str:
    """The content of a draft as JSON; its questionnaire stands in a column. `receipt` is that of the sheet that it is
    being sent off as."""
    sending = {"receipt": receipt} if receipt else {}
    ticket = {"ticket": dataclasses.asdict(draft.ticket)} if draft.ticket else {}
    return to_json(
        {
            "group": draft.group,
            "form": draft.form,
            "place": draft.place,
            "responses": {id: _packed(response) for id, response in draft.responses.items()},
            "comments": dict(draft.comments),
            **ticket,
            **sending,
        }
    )


def unpack_draft(questionnaire: str, content: str) -> Draft:
    """The draft in a row. UnreadableRowError if the row is not one of ours."""
    table = table_of(content)
    return Draft(
        questionnaire=questionnaire,
        group=_text_or_none(table.get("group")),
        form=_form(table.get("form")),
        place=_text(table.get("place")),
        responses={id: _unpacked(value) for id, value in _inner(table, "responses").items()},
        comments={id: clean(_text(text)) for id, text in _inner(table, "comments").items()},
        ticket=_ticket(_inner(table, "ticket")) if "ticket" in table else None,
    )


def unpack_receipt(content: str) -> str:
    """The receipt of the sheet that a draft was being sent off as; "" where that was not begun."""
    receipt = table_of(content).get("receipt")
    with suppress(UsageError):
        return codes.normalise(receipt) if isinstance(receipt, str) else ""
    return ""


def unpack_saved(id: str, questionnaire: str, content: str, saved: str | None, revision: int) -> SavedDraft:
    """The draft in a row, and what is known of it. UnreadableRowError as in `unpack_draft`."""
    return SavedDraft(id, unpack_draft(questionnaire, content), unpack_moment(saved), revision)


def pack_beside(sheet: Sheet) -> str:
    """A sheet's numbers and choose-many answers as JSON, in an order that does not depend on the sitting."""
    return to_json(dict(sorted(sheet.beside.items())))


def unpack_sheet(
    questionnaire: str | None,
    group: str | None,
    form: str | None,
    answers: str | None,
    beside: str | None,
    date: str | None,
) -> Sheet:
    """The sheet in a row, without its texts. UnreadableRowError if the row is not one of ours."""
    return Sheet(
        questionnaire=_text(questionnaire),
        group=_text_or_none(group),
        form=_form(form),
        answers=_text(answers),
        beside={}
        if beside == NOTHING_BESIDE
        else {id: _unpacked_beside(value) for id, value in table_of(beside).items()},
        date=unpack_moment(date),
    )


def unpack_text(content: str) -> str:
    """The text in a row. UnreadableRowError if it is none."""
    return clean(_text(content))


def pack_moment(moment: datetime.datetime | None) -> str | None:
    """A moment as text that sorts as time does. One without a zone is taken for local time."""
    return None if moment is None else moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def unpack_moment(text: str | None) -> datetime.datetime | None:
    """The moment, in UTC. UnreadableRowError if the text is none."""
    if text is None:
        return None
    try:
        found = datetime.datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnreadableRowError(text) from error
    if found.tzinfo is None:
        raise UnreadableRowError(text)
    return found


def to_json(table: dict[str, Any]) -> str:
    """A table as JSON, for a column."""
    # Escaped to ASCII, so that even half a character survives until it is cleaned.
    return json.dumps(table, separators=(",", ":"))


def _packed(response: Response) -> Any:
    return {"missing": response.key} if isinstance(response, Missing) else response


def _unpacked(value: Any) -> Response:
    match value:
        case str():
            return clean(value)
        case {"missing": str(key)} if key in _MISSING:
            return _MISSING[key]
        case _:
            return _unpacked_beside(value)


def _unpacked_beside(value: Any) -> float | tuple[float, ...]:
    return tuple(map(_number, value)) if isinstance(value, list) else _number(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= _LARGEST:
        raise UnreadableRowError(value)
    return value


def table_of(content: Any) -> dict[str, Any]:
    """The table that JSON in a column says. UnreadableRowError if it says none."""
    try:
        table = json.loads(content)
    except (TypeError, ValueError, RecursionError) as error:
        raise UnreadableRowError(content) from error
    if not isinstance(table, dict):
        raise UnreadableRowError(content)
    return table


def _inner(table: dict[str, Any], key: str) -> dict[str, Any]:
    inner = table.get(key)
    if not isinstance(inner, dict):
        raise UnreadableRowError(key)
    return inner


def _ticket(table: dict[str, Any]) -> Ticket:
    agrees = table.get("agrees")
    if agrees is not None and not isinstance(agrees, bool):
        raise UnreadableRowError(agrees)
    return Ticket(
        round=_text(table.get("round")),
        admission=_text(table.get("admission")),
        agrees=agrees,
        matching=_text(table.get("matching")),
    )


def _form(value: Any) -> Form:
    if value == "full" or value == "short":
        return "full" if value == "full" else "short"
    raise UnreadableRowError(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise UnreadableRowError(value)


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)
