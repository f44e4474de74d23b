"""What changed between two versions of a questionnaire, and what can be compared for all that."""

from collections.abc import Iterator

from selfassess.documents.blocks import Block, Bullet, BulletList, Document, Paragraph, Section
from selfassess.model.reports import VersionReport
from selfassess.model.versions import SORTS, QuestionnaireChange, Sort

TITLES: dict[Sort, str] = {
    "structure": "Structure: what is asked, and who is asked",
    "scoring": "Scoring: how scores are made, and what they are compared with",
    "wording": "Wording: what people read when they answer",
    "cosmetic": "Cosmetic: anything else",
}


def document(report: VersionReport) -> Document:
    """The whole of it."""
    before, after = (edition.questionnaire for edition in report.editions)
    return Document(
        title=f"What changed from version {before.version} to version {after.version}",
        about=before.title if before.title == after.title else f"{before.title} · now: {after.title}",
        summary=tuple(_summary(report)),
        sections=tuple(_sections(report)),
    )


def _summary(report: VersionReport) -> Iterator[str]:
    if "short" in report.forms:
        asked = ["the short form" if form == "short" else "the whole questionnaire" for form in report.forms]
        yield f"Asked then: {asked[0]}. Asked now: {asked[1]}."
    if report.same_version:
        version = report.editions[1].questionnaire.version
        yield f"Both are called version “{version}”: give the later one a different label."
    if not report.changes:
        yield "Nothing changed."
    elif not report.touched:
        yield "Nothing changed that touches a comparison of scores."


def _sections(report: VersionReport) -> Iterator[Section]:
    for sort in SORTS:
        entries = tuple(_entries([change for change in report.changes if change.sort == sort]))
        if entries:
            yield Section(sort, TITLES[sort], (BulletList(entries),))
    yield Section("compared", "What can be compared", tuple(_compared(report)))


def _entries(changes: list[QuestionnaireChange]) -> Iterator[Bullet]:
    """One entry for each change; the same change in several places is one entry."""
    alike: dict[tuple[object, ...], list[QuestionnaireChange]] = {}
    for change in changes:
        said = (change.key, change.what, change.before, change.after, change.means)
        alike.setdefault(said, []).append(change)
    for several in alike.values():
        first = several[0]
        places = " › ".join(first.where) or first.key or "the head of the file"
        if len(several) > 1:
            places = f"{len(several)} places ({', '.join(one.where[-1] if one.where else one.key for one in several)})"
        yield Bullet(" ".join(filter(None, (first.what, _was(first), first.means))), places)


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
    entries = [Bullet(node.sentence, node.title) for node in whole.strands]
    if whole.overall.same or whole.overall.aside:
        entries.append(Bullet(whole.overall.sentence, "The whole"))
    yield BulletList(tuple(entries))
    partly = [node for node in whole.benchmarks if node.aside or node.new_rules]
    if partly:
        yield Paragraph("Benchmarks and skills in which something changed:")
        yield BulletList(tuple(Bullet(node.sentence, node.title) for node in partly))
