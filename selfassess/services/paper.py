"""Lay out the paper form of a group: its questions in order, their numbers, and conditions in words.

Printing and data entry use the same layout, so the third answer of a row is question 3 on paper.
"""

from collections.abc import Iterator, Mapping, Sequence

from selfassess.model.conditions import COMPARISONS, All, Compare, Condition, Either, Not, parse
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.model.questionnaire import Benchmark, Edition, GroupKey, Item, Questionnaire, Strand
from selfassess.model.reports import Layout, PaperForm, Question
from selfassess.model.round import Round
from selfassess.model.routing import offered
from selfassess.model.sheet import Form
from selfassess.numbers import figures
from selfassess.sitting import privacy_notice, round_notices
from selfassess.sitting.choices import Choice, choices, has_values_as_keys, points
from selfassess.sitting.notices import how_long
from selfassess.sitting.round_entry import asks_consent
from selfassess.text import listed

_OPPOSITE = {"<": ">=", "<=": ">", "==": "!=", "!=": "==", ">=": "<", ">": "<="}
_IN_WORDS = {
    "<": "less than {}",
    "<=": "{} or less",
    "==": "{}",
    "!=": "other than {}",
    ">=": "{} or more",
    ">": "more than {}",
}
_NEVER = ""


ON_PAPER = (
    "The person who types this sheet in will read it, and may know your handwriting.",
    "Until the round closes your sheet can still be deleted: it is found by the number written on it.",
)


def paper_form(
    edition: Edition,
    round: Round | None,
    group: GroupKey,
    notice: PrivacyNotice = NO_NOTICE,
    *,
    short: bool = False,
) -> PaperForm:
    """The form of a group in a round, with the notice of its project; without a round, of a questionnaire by itself, in
    its short form if asked for."""

    if round is None:
        return PaperForm(layout=layout(edition, group or None, "short" if short else "full"))
    questionnaire = edition.questionnaire
    told = (
        *privacy_notice.sentences(notice),
        round_notices.who_can_read("here"),
        ON_PAPER[0],
        round_notices.what_is_shown(round),
        round_notices.small_groups(round, questionnaire),
        round_notices.what_you_write(round),
        ON_PAPER[1],
    )
    return PaperForm(
        layout=layout(edition, group or None, round.form),
        round=round.title,
        told=tuple(filter(None, told)),
        consent="\n\n".join(round_notices.consent(round, questionnaire, group)) if asks_consent(round, group) else "",
        consent_question=round_notices.CONSENT_HEADING,
        matching_heading=round_notices.OWN_CODE_HEADING,
        matching=f"{round_notices.OWN_CODE} {round_notices.GUESSED}" if round.rules.matching else "",
    )


def layout(edition: Edition, group: GroupKey | None, form: Form) -> Layout:
    """The layout of the form for one group, without items that no member of the group can be asked."""
    questionnaire = edition.questionnaire
    places = {item.id: (strand, node) for strand, node, item in _placed(questionnaire)}
    numbers: dict[str, int] = {}
    questions: list[Question] = []
    part: Strand | None = None
    shown: tuple[Choice, ...] = ()
    for item in offered(questionnaire, group, form):
        only_if = in_words(questionnaire, parse(item.show_if), numbers) if item.show_if else ""
        if item.show_if and not only_if:
            continue
        if not item.is_in_words:
            numbers[item.id] = len(numbers) + 1
        strand, node = places[item.id]
        if strand != part:
            part, shown = strand, ()
        there = choices(questionnaire, item)
        is_new = not item.is_in_words and bool(there) and there != shown
        shown = there if is_new else shown
        questions.append(
            Question(
                number=numbers.get(item.id),
                item=item,
                strand=strand,
                benchmark=node,
                only_if=only_if,
                circle=tuple(choice.written for choice in there),
                key=tuple(_key(questionnaire, item)) if is_new else (),
                blank=item.limits or item.answering.noun,
            )
        )
    return Layout(edition, group, form, tuple(questions), _how_long(edition, group, form, questions))


def _how_long(edition: Edition, group: GroupKey | None, form: Form, questions: Sequence[Question]) -> str:
    if any(question.only_if for question in questions):
        return f"up to {sum(question.number is not None for question in questions)} questions"
    return how_long(edition, group, form)


def _key(questionnaire: Questionnaire, item: Item) -> Iterator[tuple[str, str]]:
    speaks_in_figures = item.has_points and has_values_as_keys(questionnaire.scale_of(item))
    for choice in choices(questionnaire, item):
        if speaks_in_figures and choice.label.startswith(choice.written):
            if choice.label != choice.written:
                yield "", choice.label
        elif choice.label:
            yield choice.written, choice.label


def _placed(questionnaire: Questionnaire) -> Iterator[tuple[Strand, Benchmark | None, Item]]:
    for strand in questionnaire.strands:
        yield from ((strand, None, item) for item in (*strand.items, *strand.questions))
        yield from ((strand, node, item) for node in strand.middle for item in node.items)


def in_words(questionnaire: Questionnaire, condition: Condition, numbers: Mapping[str, int]) -> str:
    """A condition as it is printed: "you circled 1 or 2 at question 3". Nothing where it can never be true
    on this form. `numbers` are those of the questions before."""
    match condition:
        case Compare():
            return _comparison(questionnaire, condition, numbers, opposite=False)
        case Not(Compare() as part):
            return _comparison(questionnaire, part, numbers, opposite=True)
        case Not(Not(part)):
            return in_words(questionnaire, part, numbers)
        case Not(All(parts)):
            return in_words(questionnaire, Either(tuple(Not(part) for part in parts)), numbers)
        case Not(Either(parts)):
            return in_words(questionnaire, All(tuple(Not(part) for part in parts)), numbers)
        case All(parts):
            words = [in_words(questionnaire, part, numbers) for part in parts]
            return " and ".join(words) if all(words) else _NEVER
        case Either(parts):
            words = [word for part in parts if (word := in_words(questionnaire, part, numbers))]
            return ", or ".join(dict.fromkeys(words))
    raise TypeError(condition)


def _comparison(questionnaire: Questionnaire, compare: Compare, numbers: Mapping[str, int], *, opposite: bool) -> str:
    number = numbers.get(compare.item)
    if number is None:
        return _NEVER
    item = questionnaire.item(compare.item)
    if not item.has_points:
        sign = _OPPOSITE[compare.sign] if opposite else compare.sign
        return f"your number at question {number} is {_IN_WORDS[sign].format(figures(compare.value))}"
    scale = points(questionnaire.scale_of(item))
    if compare.sign == "has":
        circled = [point.written for point in scale if point.response == compare.value]
        if opposite:
            return f"you circled something at question {number}" + (
                f" but not {listed(circled, 'or')}" if circled else ""
            )
        return f"you circled {listed(circled, 'or')} at question {number}" if circled else _NEVER
    holds = COMPARISONS[compare.sign]
    circled = [
        point.written
        for point, value in zip(scale, questionnaire.scale_of(item).values, strict=True)
        if value not in item.not_applicable_values and holds(value, compare.value) != opposite
    ]
    return f"you circled {listed(circled, 'or')} at question {number}" if circled else _NEVER
