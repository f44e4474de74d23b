"""What changed between two versions of a questionnaire, as a page, Markdown or JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Form
from selfassess.model.version import SORTS, Comparability, QuestionnaireChange, Sort
from selfassess.report.blocks import Block, Point, Points, Section, Words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from selfassess.report.data import Document

TITLES: dict[Sort, str] = {
    "structure": "Structure: what is asked, and of whom",
    "scoring": "Scoring: how scores are made, and what they are held against",
    "wording": "Wording: what people read when they answer",
    "cosmetic": "Cosmetic: anything else",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReport:
    """Two versions, what changed, and what can be compared for all that."""

    names: tuple[str, str]
    """What they were called when they were asked for."""
    editions: tuple[Edition, Edition]
    forms: tuple[Form, Form]
    changes: tuple[QuestionnaireChange, ...]
    comparability: Comparability
    same_version: bool
    """Whether what is asked or how it is scored changed, and the label of the version did not."""

    @property
    def touched(self) -> bool:
        """Whether anything changed that touches a comparison of scores."""
        return any(change.touches for change in self.changes)


def version_report(
    names: tuple[str, str], editions: tuple[Edition, Edition], forms: tuple[Form, Form]
) -> VersionReport:
    """Hold two editions against each other, each in the form that was answered."""
    from selfassess.definition.comparability import comparability
    from selfassess.definition.diff import diff, under_the_same_version

    old, new = (edition.questionnaire for edition in editions)
    changes = diff(old, new)
    return VersionReport(
        names=names,
        editions=editions,
        forms=forms,
        changes=changes,
        comparability=comparability(old, new, forms=forms),
        same_version=bool(under_the_same_version(old, new, changes)),
    )


def page(report: VersionReport) -> "RenderableType":
    """The whole of it, for the terminal and for plain text."""
    from rich.console import Group
    from rich.text import Text

    from selfassess.report.blocks_page import section_page

    parts: list[RenderableType] = [Text(line) for line in _head(report)]
    for section in _sections(report):
        parts += [Text(), section_page(section)]
    return Group(*parts)


def to_markdown(report: VersionReport) -> str:
    """The whole of it, to paste into minutes."""
    from selfassess.report.blocks_markdown import blocks_markdown
    from selfassess.report.markdown import escape

    title, *lines = _head(report)
    parts = [f"## {escape(one.title)}\n\n{blocks_markdown(one.blocks)}" for one in _sections(report)]
    return "\n\n".join((f"# {escape(title)}", *map(escape, lines), *parts)) + "\n"


def document(report: VersionReport) -> "Document":
    """The whole of it as data."""
    sides = [
        {
            "name": name,
            "questionnaire": edition.questionnaire.id,
            "version": edition.questionnaire.version,
            "sha256": edition.sha256,
            "form": form,
        }
        for name, edition, form in zip(report.names, report.editions, report.forms, strict=True)
    ]
    whole = report.comparability
    return {
        "format": 1,
        "before": sides[0],
        "after": sides[1],
        "touched": report.touched,
        "same_version": report.same_version,
        "changes": [asdict(change) for change in report.changes],
        "items": [asdict(item) for item in whole.items],
        "overall": asdict(whole.overall),
        "strands": [asdict(node) for node in whole.strands],
        "benchmarks": [asdict(node) for node in whole.benchmarks],
    }


def _head(report: VersionReport) -> Iterator[str]:
    before, after = (edition.questionnaire for edition in report.editions)
    title = f"{after.title}: " if after.title != before.title else ""
    yield f"{before.title}: from version {before.version} to {title}version {after.version}"
    if "short" in report.forms:
        asked = ["the short form" if form == "short" else "the whole questionnaire" for form in report.forms]
        yield f"Asked then: {asked[0]}. Asked now: {asked[1]}."
    if report.same_version:
        yield f"Both are called version “{after.version}”: give the later one another label."
    if not report.changes:
        yield "Nothing changed."
    elif not report.touched:
        yield "Nothing changed that touches a comparison of scores."


def _sections(report: VersionReport) -> Iterator[Section]:
    for sort in SORTS:
        entries = tuple(_entries([change for change in report.changes if change.sort == sort]))
        if entries:
            yield Section(sort, TITLES[sort], (Points(entries),))
    yield Section("compared", "What can be compared", tuple(_compared(report)))


def _entries(changes: list[QuestionnaireChange]) -> Iterator[Point]:
    """One entry for each change; those that say the same in several places together."""
    alike: dict[tuple[object, ...], list[QuestionnaireChange]] = {}
    for change in changes:
        said = (change.key, change.what, change.before, change.after, change.means)
        alike.setdefault(said, []).append(change)
    for several in alike.values():
        first = several[0]
        places = " › ".join(first.where) or first.key or "the head of the file"
        if len(several) > 1:
            places = f"{len(several)} places ({', '.join(one.where[-1] if one.where else one.key for one in several)})"
        yield Point(" ".join(filter(None, (first.what, _was(first), first.means))), places)


def _was(change: QuestionnaireChange) -> str:
    """What it was and what it is, each in a sentence."""
    was = f"Before: {_quoted(change.before)}" if change.before else ""
    now = f"Now: {_quoted(change.after)}" if change.after else ""
    if was and not now and change.key:
        now = "Now: nothing."
    if now and not was and change.key:
        was = "Before: nothing."
    return " ".join(filter(None, (was, now)))


def _quoted(text: str) -> str:
    """On one line, as the end of a sentence."""
    line = " ".join(text.split())
    return f"“{line}”" if line.endswith((".", "?", "!", "…")) else f"“{line}”."


def _compared(report: VersionReport) -> Iterator[Block]:
    whole = report.comparability
    entries = [Point(node.sentence, node.title) for node in whole.strands]
    if whole.overall.same or whole.overall.aside:
        entries.append(Point(whole.overall.sentence, "The whole"))
    yield Points(tuple(entries))
    partly = [node for node in whole.benchmarks if node.aside or node.new_rules]
    if partly:
        yield Words("Benchmarks and skills in which something changed:")
        yield Points(tuple(Point(node.sentence, node.title) for node in partly))
