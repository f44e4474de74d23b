"""One person's own change: the same questionnaire answered twice or more, by the same person and for that person.

Nothing is suppressed, since it is their own; and nothing is tested: what one person answered on two days is a fact.
"""

from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    ChangeChart,
    ChangeRow,
    Document,
    Notes,
    Paragraph,
    Section,
    Table,
)
from selfassess.documents.comparison import wording as words
from selfassess.documents.wording import MADE_UP, number
from selfassess.model.reports import OwnChange, OwnNodeChange
from selfassess.model.score_tree import OVERALL, decimals, in_units, nodes, shown
from selfassess.text import count

NOBODY_ELSE = "one person's own view then and now, for that person"
ONE_PERSON = (
    "Your answers vary a little from one day to the next, even when nothing has changed, so don't read much into a few "
    "points."
)


# As sections


def document(report: OwnChange) -> Document:
    """The whole of it."""
    about, *marks = head(report)
    return Document(title=report.questionnaire.title, about=about, marks=tuple(marks), sections=sections(report))


def head(report: OwnChange) -> tuple[str, ...]:
    """The lines below the title."""
    first = f"What moved from {report.names[0]} to {report.names[-1]} · {NOBODY_ELSE}"
    return (first, *([MADE_UP] if report.made_up else []), *filter(None, (other_group(report), asked_once(report))))


def asked_once(report: OwnChange) -> str:
    """That one of the sittings was asked more than the other; nothing where neither was."""
    return words.asked_once(report.forms, report.comparability)


def other_group(report: OwnChange) -> str:
    """That the person was in another group then, and what that means; nothing where they were not."""
    if report.groups[0] == report.groups[1]:
        return ""
    then, now = _group(report, 0), _group(report, 1)
    as_whom = f"as {then} then and as {now} now" if then and now else "for a group only one of the times"
    told = [f"You answered {as_whom}: that alone could explain a change."]
    if once := sum(one.fate in ("not for this group", "not for this group then") for one in report.comparability.items):
        questions = f"{count(once, 'question')} that only one of these groups is asked"
        told.append(f"{questions} {'is' if once == 1 else 'are'} left out.")
    pairs = [_words(report, later, earlier) for later, earlier in report.comparability.same.items()]
    if other := sum(before != after for before, after in pairs):
        compared = f"Of the {count(len(pairs), 'question')} compared"
        told.append(f"{compared}, {other} {'is' if other == 1 else 'are'} worded differently for each group.")
    return " ".join(told)


def _group(report: OwnChange, at: int) -> str:
    return report.editions[at].questionnaire.group_title(report.groups[at])


def _words(report: OwnChange, later: str, earlier: str) -> tuple[str, str]:
    """An item as the person read it then, and now."""
    before, after = (edition.questionnaire for edition in report.editions)
    return before.item(earlier).words(report.groups[0]), after.item(later).words(report.groups[1])


def sections(report: OwnChange) -> tuple[Section, ...]:
    """All sections that are not empty."""
    notes = Notes()
    rows = tuple(_row(report, one, notes) for one in report.moves)
    found = [
        Section(
            "what_moved",
            "What moved",
            (Paragraph(ONE_PERSON, "quiet"), ChangeChart(rows, legend=True), *notes.blocks()),
        )
    ]
    if report.trend:
        columns = ("Part", *report.names)
        lines = tuple(
            (_title(report, id), *(_shown(report, id, one) for one in points))
            for id, points in report.trend
            if any(one is not None for one in points)
        )
        found.append(Section("trend", "Over time", (Table("Over time", columns, lines, numbers=True),)))
    asides = {id: why for node in (report.comparability.overall, *report.comparability.benchmarks)
              for id, why in node.aside.items()}  # fmt: skip  # one table
    if asides := words.listed_exclusions(asides):
        named = tuple(Bullet(words.exclusion(report.editions, id, why)) for id, why in asides.items())
        blocks: tuple[Block, ...] = (BulletList(named),)
        found.append(Section("not_compared", "What is not compared", blocks))
    return tuple(found)


def _title(report: OwnChange, id: str) -> str:
    return "Overall" if id == OVERALL else report.questionnaire.node(id).title


def _shown(report: OwnChange, id: str, points: float | None) -> str:
    if points is None:
        return "–"
    node = nodes(report.questionnaire)[id]
    return number(shown(in_units(report.questionnaire, node, points), decimals(node)), decimals(node))


def _row(report: OwnChange, move: OwnNodeChange, notes: Notes) -> ChangeRow:
    title = _title(report, move.id)
    if move.then is None or move.now is None:
        when = "the earlier" if move.then is None else "the later"
        told = notes.mark(f"too little was answered in {when} sitting")
        return ChangeRow(level=move.level, title=title, then=None, now=None, told=told, says="", n="", moved=False)
    places = decimals(nodes(report.questionnaire)[move.id])
    then, now = (_shown(report, move.id, one) for one in (move.then, move.now))
    by = float(now) - float(then)
    says = "the same" if not by else "up" if by > 0 else "down"
    told = f"{then} to {now} ({words.signed(by, places)})"
    return ChangeRow(
        level=move.level, title=title, then=move.then / 100, now=move.now / 100, told=told, says=says, n="", moved=False
    )
