"""The basis of a comparison, in words: linked respondents, and which groups and items are left out."""

from collections.abc import Iterator, Mapping

from selfassess.model.change import NotMatched
from selfassess.model.comparison import CellChange
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport
from selfassess.model.sheet import Form
from selfassess.model.text import count
from selfassess.model.version import ONCE, Aside, Comparability

NOT_TOLD_APART = "joined, left or gave no code: these cannot be told apart"
EXCLUSION_REASONS: dict[Aside, str] = {
    "reworded": "its words changed",
    "with other options": "its options changed",
    "turned round": "it was turned round",
    "of another kind": "it is answered in another way",
    "asked of others": "other groups are asked it",
    "asked on another condition": "it is asked on another condition",
    "perhaps something else": "its words changed so much that it may be about something else",
    "new": "it is new",
    "made from others": "it is made from others",
    "gone": "it is no longer asked",
    "split": "it was split",
    "moved here": "it was somewhere else before",
    "moved away": "it is somewhere else now",
    "no longer scored": "it no longer counts",
    "not in the short form": "it is not in the short form",
    "not in the short form then": "it was not in the short form",
    "not for this group": "your group now is not asked it",
    "not for this group then": "your group then was not asked it",
}
FORMS: dict[Form, str] = {"full": "the whole questionnaire", "short": "the short form"}


def asked_once(forms: tuple[Form, Form], whole: Comparability) -> str:
    """That one of two occasions asked more than the other, once for all of these items; nothing where neither did."""
    if forms[0] == forms[1]:
        return ""
    items = sum(one.fate in ("not in the short form", "not in the short form then") for one in whole.items)
    told = f"The earlier one asked {FORMS[forms[0]]}, the later one {FORMS[forms[1]]}."
    if items:
        what = count(items, "question")
        told += f" The {what} that only one of them asked {'is' if items == 1 else 'are'} not compared."
    return told


def named_apart(exclusion: Mapping[str, Aside]) -> dict[str, Aside]:
    """Of the excluded items, those that are listed one by one: items that were asked only once are counted instead."""
    return {id: reason for id, reason in exclusion.items() if reason not in ONCE}


def attendance(report: ComparisonReport, cell: CellChange) -> Iterator[str]:
    """How many took part, how many respondents were linked, and who was not."""
    before, after = report.comparison.rounds
    yield f"{cell.n[0]} handed in for “{before.title}”, {cell.n[1]} for “{after.title}”."
    if not any(report.comparison.with_codes):
        yield "Nobody gave a code to be found again by, so everybody then is compared with everybody now."
        return
    if cell.not_matched is None:
        yield "How many were found again is not told: so few were, or were not, that it could say something about them."
    elif not cell.matched:
        yield "Nobody was found again: no code of the earlier round is in the later one."
    else:
        yield f"{cell.matched} were found in both rounds by their codes. {_not_matched(cell.not_matched)}"
    if cell.same_people and cell.same_people != cell.matched:
        yield (
            f"“The same people” are {cell.same_people} of those who were found again. The others were left out by "
            "chance: with them, what a few people said could be worked out."
        )


def _not_matched(rest: NotMatched) -> str:
    if not rest.before and not rest.after:
        return "That is everybody."
    return f"Not found again: {rest.before} then and {rest.after} now ({NOT_TOLD_APART})."


def collisions(report: ComparisonReport) -> Iterator[str]:
    """That codes are there twice."""
    for one, many in zip(report.comparison.rounds, report.comparison.collided, strict=True):
        if many:
            yield (
                f"In “{one.title}” {many} sheets have a code that another sheet has too. Nobody can say whose is "
                "whose, so they are not matched."
            )


def groups_missing(report: ComparisonReport) -> str:
    """That "all" are not all; nothing where they are."""
    missing = report.comparison.missing
    if not missing:
        return ""
    titles = [report.title_of(one) for one in missing]
    names = " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))
    return f"“All” are without {names}, who are not in the figures of both rounds: otherwise it would not be the same."


def aside(editions: tuple[Edition, Edition], id: str, reason: Aside) -> str:
    """An item of either edition that is not compared, in its later words where there are any, with the reason."""
    for edition in reversed(editions):
        for item in edition.questionnaire.items:
            if item.id == id:
                return f"{item.text} ({id}): {EXCLUSION_REASONS[reason]}"
    return f"{id}: {EXCLUSION_REASONS[reason]}"
