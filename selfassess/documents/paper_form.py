"""The paper form: a questionnaire to print, to fill in by hand, and to key in afterwards. As text and as Markdown."""

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from selfassess.documents.render_markdown import escape
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.reports import Layout, Question
from selfassess.sitting.choices import Choice, choices, has_values_as_keys
from selfassess.sitting.number import limits
from selfassess.sitting.round_words import CONSENT_HEADING, OWN_CODE_HEADING
from selfassess.sitting.words import how_long

WIDTH = 60
"""Characters of a line of the text."""
LINES = 3
"""Lines to write on for an open question."""

_HOW = (
    "Circle what fits under each question. There are no right answers. To change an answer, cross it out and circle "
    "another. You may leave a question blank."
)
_BLANK = "_" * 12


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


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class _Key:
    entries: tuple[tuple[str, str], ...]
    """What is circled, and what it means; where the meaning begins with the very figure, nothing before it."""


@dataclass(frozen=True, slots=True)
class _Ask:
    number: int | None
    text: str
    notes: tuple[str, ...]
    circle: tuple[str, ...] = ()
    blank: str = ""
    lines: int = 0


_Block = _Heading | _Words | _Key | _Ask


def to_text(form: PaperForm, width: int = WIDTH) -> str:
    """The form in plain letters, no line longer than the width, that can be read aloud."""
    return "\n".join(_text_lines(form, width)).rstrip() + "\n"


def to_markdown(form: PaperForm) -> str:
    """The form as Markdown, which prints well from a word processor or a browser."""
    return "\n\n".join(_markdown(block) for block in _blocks(form)) + "\n"


def _blocks(form: PaperForm) -> Iterator[_Block]:
    questionnaire, group = form.layout.questionnaire, form.layout.group
    yield _Heading(1, questionnaire.title)
    whose = [form.round, questionnaire.group_title(group), "short form" if form.layout.form == "short" else ""]
    if words := ", ".join(filter(None, whose)):
        yield _Words(words, strong=True)
    yield _Words(f"Number of this sheet: {_BLANK} (please leave this to whoever collects it)")
    if questionnaire.about:
        yield _Words(questionnaire.about)
    yield _Words(f"How long: {_how_long(form.layout)}.")
    if form.told:
        yield _Heading(2, "What happens with your answers")
        yield from (_Words(sentence) for sentence in form.told)
    if form.consent or form.matching:
        yield _Heading(2, "Before you begin")
    if form.consent:
        yield _Words(form.consent)
        yield _Ask(None, CONSENT_HEADING, (), circle=("yes", "no"))
    if form.matching:
        yield _Heading(3, OWN_CODE_HEADING)
        yield _Ask(None, form.matching, (), blank="your own code, or leave it free")
    yield _Heading(2, "How to answer")
    yield _Words(_HOW)
    yield from _parts(form.layout)
    yield _Words("Thank you.", strong=True)


def _how_long(layout: Layout) -> str:
    if any(question.only_if for question in layout.questions):
        return f"up to {len(layout.numbered)} questions"
    return how_long(layout.edition, layout.group, layout.form)


def _parts(layout: Layout) -> Iterator[_Block]:
    strands = list(dict.fromkeys(question.strand.id for question in layout.questions))
    strand = benchmark = ""
    shown: tuple[Choice, ...] = ()
    for question, following in _with_next(layout.questions):
        if question.strand.id != strand:
            strand, benchmark, shown = question.strand.id, "", ()
            yield _Heading(2, f"Part {strands.index(strand) + 1} of {len(strands)}: {question.strand.title}")
            if question.strand.about:
                yield _Words(question.strand.about)
        node = question.benchmark
        if node and node.id != benchmark:
            benchmark = node.id
            yield _Heading(3, node.title)
        offered = choices(layout.questionnaire, question.item)
        if question.number is not None and offered and offered != shown:
            shown = offered
            if entries := tuple(_entries(layout.questionnaire, question.item)):
                yield _Key(entries)
        yield _ask(layout, question)
        if node and node.comment and (following is None or following.benchmark != node):
            yield _Ask(None, node.comment, (), lines=LINES)


def _entries(questionnaire: Questionnaire, item: Item) -> Iterator[tuple[str, str]]:
    speaks_in_figures = item.has_points and has_values_as_keys(questionnaire.scale_of(item))
    for choice in choices(questionnaire, item):
        if speaks_in_figures and choice.label.startswith(choice.written):
            if choice.label != choice.written:
                yield "", choice.label
        elif choice.label:
            yield choice.written, choice.label


def _with_next(questions: tuple[Question, ...]) -> Iterable[tuple[Question, Question | None]]:
    return zip(questions, (*questions[1:], None), strict=True)


def _ask(layout: Layout, question: Question) -> _Ask:
    item = question.item
    notes = [f"Only if {question.only_if}."] if question.only_if else []
    notes += [item.help] if item.help else []
    if item.kind == "many":
        notes.append("Circle all that fit.")
    if item.comment_if:
        notes.append("If you like, say a little more about this on the back; begin with the number of the question.")
    return _Ask(
        question.number,
        item.words(layout.group),
        tuple(notes),
        circle=tuple(choice.written for choice in choices(layout.questionnaire, item)),
        blank=limits(item) or "a number" if item.kind == "number" else "",
        lines=LINES if item.kind == "text" else 0,
    )


def _text_lines(form: PaperForm, width: int) -> Iterator[str]:
    for block in _blocks(form):
        match block:
            case _Heading(1, text):
                yield from _wrapped(text, width)
                yield "=" * width
            case _Heading(2, text):
                yield ""
                yield from _wrapped(text.upper(), width)
                yield "-" * width
            case _Heading(_, text):
                yield from _wrapped(text, width)
            case _Words(text):
                yield from _wrapped(text, width)
            case _Key(entries):
                yield from _key_lines(entries, width)
            case _Ask():
                yield from _question_lines(block, width)
        yield ""


def _key_lines(entries: tuple[tuple[str, str], ...], width: int) -> Iterator[str]:
    """The key as one flowing line, in which no entry is broken that fits on a line."""
    line = ""
    for symbol, label in entries:
        entry = f"{symbol} = {label}" if symbol else label
        if line and len(line) + 3 + len(entry) > width:
            yield from _wrapped(line, width)
            line = ""
        line = f"{line}   {entry}" if line else entry
    yield from _wrapped(line, width)


def _question_lines(ask: _Ask, width: int) -> Iterator[str]:
    indent = "    " if ask.number is not None else ""
    head = f"{ask.number}.".ljust(4) if ask.number is not None else ""
    yield from textwrap.wrap(ask.text, width, initial_indent=head, subsequent_indent=indent)
    for note in ask.notes:
        yield from textwrap.wrap(f"({note})", width, initial_indent=indent, subsequent_indent=indent)
    if ask.blank:
        yield from textwrap.wrap(f"{_BLANK} ({ask.blank})", width, initial_indent=indent, subsequent_indent=indent)
    if ask.circle:
        yield from textwrap.wrap(
            "    ".join(ask.circle), width, initial_indent=indent, subsequent_indent=indent, drop_whitespace=True
        )
    for _ in range(ask.lines):
        yield ""
        yield "_" * width


def _wrapped(text: str, width: int) -> list[str]:
    return [line for part in text.split("\n") for line in textwrap.wrap(part, width) or [""]]


def _markdown(block: _Block) -> str:
    match block:
        case _Heading(level, text):
            return f"{'#' * level} {escape(text)}"
        case _Words(text, strong):
            paragraphs = [escape(part) for part in text.split("\n\n")]
            return "\n\n".join(f"**{part}**" if strong else part for part in paragraphs)
        case _Key(entries):
            return " &emsp; ".join(
                f"**{symbol}** {escape(label)}" if symbol else escape(label) for symbol, label in entries
            )
        case _Ask():
            return _markdown_question(block)


def _markdown_question(ask: _Ask) -> str:
    head = f"**{ask.number}.** " if ask.number is not None else ""
    lines = [head + escape(ask.text), *(f"*{escape(note)}*" for note in ask.notes)]
    if ask.blank:
        lines.append(f"{escape(_BLANK)} ({escape(ask.blank)})")
    if ask.circle:
        lines.append(" &emsp; ".join(ask.circle))
    lines += [escape("_" * 40)] * ask.lines
    return "  \n".join(lines)
