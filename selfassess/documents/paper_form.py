"""The paper form: a questionnaire to print, to fill in by hand, and to key in afterwards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from selfassess.documents.blocks import BLANK, Block, Document, Heading, Key, Question, Section, Words
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.reports import Layout
from selfassess.model.reports import Question as OnPaper
from selfassess.sitting.choices import Choice, choices, has_values_as_keys
from selfassess.sitting.number import limits
from selfassess.sitting.round_words import CONSENT_HEADING, OWN_CODE_HEADING
from selfassess.sitting.words import how_long

LINES = 3
"""Lines to write on for an open question."""

_HOW = (
    "Circle what fits under each question. There are no right answers. To change an answer, cross it out and circle "
    "another. You may leave a question blank."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """All that is printed for one group."""

    layout: Layout
    round: str = ""
    """The title of the round; nothing where the questionnaire is printed by itself."""
    told: tuple[str, ...] = ()
    """What the person is told about what happens with the answers: the same sentences as on the welcome screen."""
    consent: str = ""
    """What is said of the question whether the small group may be shown; nothing where it is not asked."""
    matching: str = ""
    """What is said of the code that people make up; nothing where the round has none."""


def document(form: PaperForm) -> Document:
    """The whole form, as text for paper or as Markdown, which prints well from a word processor or a browser."""
    questionnaire, group = form.layout.questionnaire, form.layout.group
    whose = [form.round, questionnaire.group_title(group), "short form" if form.layout.form == "short" else ""]
    words = ", ".join(filter(None, whose))
    return Document(
        title=questionnaire.title,
        marks=(words,) if words else (),
        summary=(
            f"Number of this sheet: {BLANK} (please leave this to whoever collects it)",
            *_paragraphs(questionnaire.about),
            f"How long: {_how_long(form.layout)}.",
        ),
        sections=tuple(_sections(form)),
        language=questionnaire.language,
    )


def _paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if one]


def _sections(form: PaperForm) -> Iterator[Section]:
    if form.told:
        told = tuple(Words(one) for sentence in form.told for one in _paragraphs(sentence))
        yield Section("told", "What happens with your answers", told)
    if before := tuple(_before(form)):
        yield Section("before", "Before you begin", before)
    yield Section("how", "How to answer", (Words(_HOW),))
    yield from _parts(form.layout)
    yield Section("end", "", (Words("Thank you.", "strong"),))


def _before(form: PaperForm) -> Iterator[Block]:
    if form.consent:
        yield from map(Words, _paragraphs(form.consent))
        yield Question(None, CONSENT_HEADING, (), circle=("yes", "no"))
    if form.matching:
        yield Heading(OWN_CODE_HEADING)
        yield Question(None, form.matching, (), blank="your own code, or leave it free")


def _how_long(layout: Layout) -> str:
    if any(question.only_if for question in layout.questions):
        return f"up to {len(layout.numbered)} questions"
    return how_long(layout.edition, layout.group, layout.form)


def _parts(layout: Layout) -> Iterator[Section]:
    """A section a strand."""
    strands = list(dict.fromkeys(question.strand.id for question in layout.questions))
    for place, (id, some) in enumerate(groupby(_with_next(layout.questions), key=lambda pair: pair[0].strand.id), 1):
        together = tuple(some)
        strand = together[0][0].strand
        about = tuple(map(Words, _paragraphs(strand.about)))
        title = f"Part {place} of {len(strands)}: {strand.title}"
        yield Section(id, title, (*about, *_questions(layout, together)))


def _questions(layout: Layout, some: Iterable[tuple[OnPaper, OnPaper | None]]) -> Iterator[Block]:
    benchmark = ""
    shown: tuple[Choice, ...] = ()
    for question, following in some:
        node = question.benchmark
        if node and node.id != benchmark:
            benchmark = node.id
            yield Heading(node.title)
        offered = choices(layout.questionnaire, question.item)
        if question.number is not None and offered and offered != shown:
            shown = offered
            if entries := tuple(_entries(layout.questionnaire, question.item)):
                yield Key(entries)
        yield _ask(layout, question)
        if node and node.comment and (following is None or following.benchmark != node):
            yield Question(None, node.comment, (), lines=LINES)


def _entries(questionnaire: Questionnaire, item: Item) -> Iterator[tuple[str, str]]:
    speaks_in_figures = item.has_points and has_values_as_keys(questionnaire.scale_of(item))
    for choice in choices(questionnaire, item):
        if speaks_in_figures and choice.label.startswith(choice.written):
            if choice.label != choice.written:
                yield "", choice.label
        elif choice.label:
            yield choice.written, choice.label


def _with_next(questions: tuple[OnPaper, ...]) -> Iterable[tuple[OnPaper, OnPaper | None]]:
    return zip(questions, (*questions[1:], None), strict=True)


def _ask(layout: Layout, question: OnPaper) -> Question:
    item = question.item
    notes = [f"Only if {question.only_if}."] if question.only_if else []
    notes += [item.help] if item.help else []
    if item.kind == "many":
        notes.append("Circle all that fit.")
    if item.comment_if:
        notes.append("If you like, say a little more about this on the back; begin with the number of the question.")
    return Question(
        question.number,
        item.words(layout.group),
        tuple(notes),
        circle=tuple(choice.written for choice in choices(layout.questionnaire, item)),
        blank=limits(item) or "a number" if item.kind == "number" else "",
        lines=LINES if item.kind == "text" else 0,
    )
