"""The records of a project file: how drafts, sheets, rounds and planned actions become rows, and rows become them."""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, get_args

from selfassess.errors import UsageError
from selfassess.model.item_kinds import KINDS, Value
from selfassess.model.plan import AMOUNTS, STATUSES, Planned
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.model.privacy_notice import can_be as can_be_notice
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import (
    Agreed,
    Foreseen,
    OwnFinding,
    Round,
    RowsTaken,
    Rules,
    SmallGroups,
    Standing,
    State,
    Targets,
    Thresholds,
    can_be,
)
from selfassess.model.sheet import Draft, Form, Missing, Receipt, Response, Sheet, Ticket
from selfassess.project import codes
from selfassess.project.codec import (
    CLEANED,
    COUNT,
    DAY,
    FLAG,
    KEY,
    MOMENT,
    NUMBER,
    TEXT,
    Codec,
    Field,
    Record,
    as_json,
    choice,
    from_json,
    mapping,
    optional,
    sequence,
    to_json,
    whole_number,
)
from selfassess.project.database_errors import UnreadableRowError
from selfassess.text import clean

_MISSING = {missing.key: missing for missing in Missing}
_SMALL_GROUPS: tuple[SmallGroups, ...] = get_args(SmallGroups)
_STATES: tuple[State, ...] = get_args(State)
_STANDINGS: tuple[Standing, ...] = get_args(Standing)
_FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft as it stands in the project file."""

    id: str
    draft: Draft
    saved: datetime.datetime | None
    """When it was last saved (UTC), in a personal project; None in a shared one."""
    revision: int
    """How often it was saved, which shows whether another window has saved it since."""


# Drafts and sheets


def _write_response(response: Response) -> Any:
    return {"missing": response.key} if isinstance(response, Missing) else response


def _read_response(value: Any) -> Response:
    match value:
        case str():
            return clean(value)
        case {"missing": str(key)} if key in _MISSING:
            return _MISSING[key]
        case _:
            return _read_beside(value)


def _read_beside(value: Any) -> Value:
    if isinstance(value, str):
        return _read_typed(value)
    return tuple(map(NUMBER.read, value)) if isinstance(value, list) else NUMBER.read(value)


def _read_typed(value: str) -> str:
    if any(kind.is_typed and kind.is_value(value) for kind in KINDS.values()):
        return value
    raise UnreadableRowError(value)


FORM = choice(_FORMS)
DATE = optional(MOMENT)
BESIDE: Codec[Mapping[str, Value]] = mapping(Codec[Value](lambda value: value, _read_beside), in_order=True)
"""What is typed in a sheet or chosen of many, in an order that does not depend on the sitting."""
NOTHING_BESIDE = to_json(BESIDE.write({}))

TICKET = Record(
    Ticket,
    Field("round", TEXT),
    Field("admission", TEXT),
    Field("agrees", optional(FLAG)),
    Field("matching", TEXT),
    exact=False,
)
DRAFT = Record(
    partial(Draft, questionnaire=""),
    Field("group", optional(TEXT)),
    Field("form", FORM),
    Field("place", TEXT),
    Field("responses", mapping(Codec[Response](_write_response, _read_response))),
    Field("comments", mapping(CLEANED)),
    Field("past", sequence(TEXT), may_be_absent=True),
    Field("ticket", TICKET, may_be_absent=True),
    exact=False,
)
"""The content of a draft. Its questionnaire has a column of its own."""
SHEET = Record(
    Sheet,
    Field("questionnaire", TEXT),
    Field("group_id", optional(TEXT), "group"),
    Field("form", FORM),
    Field("answers", TEXT),
    Field("beside", as_json(BESIDE)),
    Field("date", DATE),
)
"""The row of a sheet. Its texts have a table of their own."""


def write_draft(draft: Draft, receipt: Receipt | None = None) -> str:
    """The content of a draft as JSON. `receipt` is that of the sheet for which the draft is being handed in."""
    table = DRAFT.write(draft)
    return to_json({**table, "receipt": receipt} if receipt else table)


def read_draft(questionnaire: str, content: str) -> Draft:
    """The draft in a row."""
    return replace(DRAFT.read(from_json(content)), questionnaire=questionnaire)


def read_receipt(content: str) -> Receipt | None:
    """The receipt of the sheet for which a draft was being handed in; None if that was not begun."""
    table = from_json(content)
    if not isinstance(table, dict):
        raise UnreadableRowError(content)
    receipt = table.get("receipt")
    with suppress(UsageError):
        return codes.receipt(receipt) if isinstance(receipt, str) else None
    return None


def read_saved_draft(id: str, questionnaire: str, content: str, saved: str | None, revision: int) -> SavedDraft:
    """The draft in a row, with when and how often it was saved."""
    return SavedDraft(id, read_draft(questionnaire, content), DATE.read(saved), revision)


# Rounds


def _read_rules(*, min_group: int, min_detail: int, **rest: Any) -> Rules:
    return Rules(thresholds=Thresholds(min_group, min_detail), **rest)


def _checked_round(**fields: Any) -> Round:
    round = Round(**fields)
    decided = set(round.invited) if round.state == "closed" else set()
    if not can_be(round) or set(round.standing) != decided:
        raise UnreadableRowError(round.key)
    return round


_TARGETS: Codec[Targets] = mapping(mapping(NUMBER, in_order=True), in_order=True)
"""In an order that does not depend on when each was set."""


def _write_targets(targets: Targets) -> Any:
    return _TARGETS.write({node: scores for node, scores in targets.items() if scores})


RULES = Record(
    _read_rules,
    Field("min_group", COUNT, "thresholds.min_group"),
    Field("min_detail", COUNT, "thresholds.min_detail"),
    Field("small_groups", choice(_SMALL_GROUPS)),
    Field("asks_consent", sequence(TEXT)),
    Field("codes", FLAG),
    Field("matching", FLAG),
)
ANNOUNCED_ROUND = Record(
    _checked_round,
    Field("id", TEXT),
    Field("key", KEY),
    Field("title", TEXT),
    Field("questionnaire", KEY),
    Field("form", FORM),
    Field("invited", mapping(COUNT)),
    Field("rules", RULES),
)
"""What everybody who is invited may know of a round: not its state, nor what was decided in it."""
ROUND = Record(
    _checked_round,
    Field("key", KEY),
    Field("id", TEXT),
    Field("title", TEXT),
    Field("questionnaire", KEY),
    Field("form", FORM),
    Field("invited", as_json(mapping(COUNT))),
    Field("rules", as_json(RULES)),
    Field("state", choice(_STATES)),
    Field("standing", as_json(mapping(choice(_STANDINGS)))),
    Field("targets", as_json(Codec(_write_targets, _TARGETS.read))),
)
REPORTED: Codec[Mapping[GroupKey, tuple[int, ...]]] = as_json(mapping(sequence(COUNT, may_be_empty=False)))
"""Numbers of people, by group, in the order in which they were reported."""
ROWS_TAKEN = as_json(Record(RowsTaken, Field("keys", sequence(KEY)), Field("untold", COUNT)))


LETTERS = as_json(mapping(CLEANED, keys=KEY, in_order=True))
"""The names of letters, by the keys of the admission codes in them; their order tells nothing."""


def _read_log(value: Any) -> frozenset[tuple[str, str, str]]:
    rows = sequence(sequence(TEXT)).read(value)
    if any(len(row) != 3 for row in rows):
        raise UnreadableRowError(value)
    return frozenset((cell, id, kind) for cell, id, kind in rows)


_LOG = Codec[frozenset[tuple[str, str, str]]](lambda log: sorted(map(list, log)), _read_log)
FORESEEN = as_json(Record(Foreseen, Field("basis", TEXT), Field("shown", sequence(_LOG))))
"""What will be shown, in the settings of a project."""
AGREED = Record(Agreed, Field("node", TEXT), Field("score", NUMBER), Field("why", CLEANED))

FINDING = Record(OwnFinding, Field("node", TEXT), Field("group_id", TEXT, "group"), Field("content", CLEANED, "text"))


def write_round(round: Round) -> tuple[Any, ...]:
    """The row of a round. UnreadableRowError where it could not be read back."""
    row = ROUND.write_row(round)
    ROUND.read_row(*row)
    return row


def _checked_notice(**fields: Any) -> PrivacyNotice:
    notice = PrivacyNotice(**fields)
    if not can_be_notice(notice):
        raise UnreadableRowError(notice)
    return notice


NOTICE = Record(
    _checked_notice,
    Field("holder", TEXT),
    Field("contact", TEXT),
    Field("keep_until", optional(DAY)),
    Field("words", TEXT),
    exact=False,
)
"""What people are told of who looks after their answers."""
KEPT_NOTICE = as_json(NOTICE)
"""The same in the settings of a project."""

# The plan

_IDS = as_json(sequence(CLEANED), separators=(", ", ": "))
PLANNED = Record(
    Planned,
    Field("id", CLEANED),
    Field("place", whole_number(-(2**63), 2**63 - 1)),
    Field("content", CLEANED, "text"),
    Field("node", CLEANED),
    Field("group_ids", _IDS, "groups"),
    Field("owner", CLEANED),
    Field("due", optional(DAY)),
    Field("status", choice(STATUSES)),
    Field("why", CLEANED),
    Field("effort", choice(AMOUNTS)),
    Field("effect", choice(AMOUNTS)),
    Field("skill_ids", _IDS, "skills"),
    Field("round", CLEANED),
    Field("action", CLEANED),
    Field("done", optional(DAY)),
)
