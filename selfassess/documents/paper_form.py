"""The paper form: a questionnaire to print, to fill in by hand, and to key in afterwards."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from selfassess.documents.blocks import BLANK, Block, Document, Heading, Key, Paragraph, Question, Section
from selfassess.model.reports import Layout, PaperForm
from selfassess.model.reports import Question as OnPaper
from selfassess.model.sheet import ONCE, STILL

LINES = 3
"""Lines to write on for an open question."""

_HOW = (
    "Circle your answer under each question. There are no right answers. To change an answer, cross it out and circle "
    "another. You may leave a question blank."
)

_STILL_OR_ONCE = "If you wrote something: is it still the case, or is it in the past?"


def document(form: PaperForm) -> Document:
    """The whole form, as text for paper or as Markdown, which prints well from a word processor or a browser."""
    questionnaire, group = form.layout.questionnaire, form.layout.group
    whose = [form.round, questionnaire.group_title(group), "short form" if form.layout.form == "short" else ""]
    words = ", ".join(filter(None, whose))
    return Document(
        title=questionnaire.title,
        marks=(words,) if words else (),
        summary=(
            f"Number of this sheet: {BLANK} (please leave this to the person who collects it)",
            *_paragraphs(questionnaire.about),
            f"How long: {form.layout.how_long}.",
        ),
        sections=tuple(_sections(form)),
        language=questionnaire.language,
    )


def _paragraphs(text: str) -> list[str]:
    return [one for one in text.split("\n\n") if one]


def _sections(form: PaperForm) -> Iterator[Section]:
    if form.told:
        told = tuple(Paragraph(one) for sentence in form.told for one in _paragraphs(sentence))
        yield Section("told", "What happens to your answers", told)
    if before := tuple(_before(form)):
        yield Section("before", "Before you begin", before)
    yield Section("how", "How to answer", (Paragraph(_HOW),))
    yield from _parts(form.layout)
    yield Section("end", "", (Paragraph("Thank you.", "strong"),))


def _before(form: PaperForm) -> Iterator[Block]:
    if form.consent:
        yield from map(Paragraph, _paragraphs(form.consent))
        yield Question(None, form.consent_question, (), circle=("yes", "no"))
    if form.matching:
        yield Heading(form.matching_heading)
        yield Question(None, form.matching, (), blank="your own code, or leave it blank")


def _parts(layout: Layout) -> Iterator[Section]:
    """A section a strand."""
    strands = list(dict.fromkeys(question.strand.id for question in layout.questions))
    for place, (id, some) in enumerate(groupby(_with_next(layout.questions), key=lambda pair: pair[0].strand.id), 1):
        together = tuple(some)
        strand = together[0][0].strand
        about = tuple(map(Paragraph, _paragraphs(strand.about)))
        title = f"Part {place} of {len(strands)}: {strand.title}"
        yield Section(id, title, (*about, *_questions(layout, together)))


def _questions(layout: Layout, some: Iterable[tuple[OnPaper, OnPaper | None]]) -> Iterator[Block]:
    benchmark = ""
    for question, following in some:
        node = question.benchmark
        if node and node.id != benchmark:
            benchmark = node.id
            yield Heading(node.title)
        if question.key:
            yield Key(question.key)
        yield _ask(layout, question)
        if question.item.collects_barriers:
            yield Question(None, _STILL_OR_ONCE, (), circle=(STILL, ONCE))
        if node and node.comment and (following is None or following.benchmark != node):
            yield Question(None, node.comment, (), lines=LINES)


def _with_next(questions: tuple[OnPaper, ...]) -> Iterable[tuple[OnPaper, OnPaper | None]]:
    return zip(questions, (*questions[1:], None), strict=True)


def _ask(layout: Layout, question: OnPaper) -> Question:
    item = question.item
    notes = [f"Only if {question.only_if}."] if question.only_if else []
    notes += [item.help] if item.help else []
    if item.takes_several:
        notes.append("Circle all that apply.")
    if item.comment_if:
        notes.append("If you like, say a little more about this on the back; begin with the number of the question.")
    return Question(
        question.number,
        item.words(layout.group),
        tuple(notes),
        circle=question.circle,
        blank=question.blank,
        lines=LINES if item.is_in_words else 0,
    )
