"""Questionnaires, and what people do with them, made up at random: all kinds of items, conditions within each other,
odd scales, words that are hard to write."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from selfassess.model.item_kinds import Kind
from selfassess.model.questionnaire import Benchmark, Edition, Group, Item, Point, Questionnaire, Scale, Strand
from selfassess.model.round import EVERYBODY, Round, Rules
from selfassess.model.sheet import PAST, Draft, RoundKey, Ticket
from selfassess.project.codes import ALPHABET
from selfassess.services.answer_page import AnswerPage
from selfassess.sitting import state
from selfassess.sitting.choices import choices
from selfassess.sitting.steps import Step, steps
from selfassess.text import LONGEST_TEXT

SALT = "5a" * 16
Act = tuple[str, str, int | str]
"""What is done, at which step, and the place of the choice or what is written."""

WORDS = (
    *(
        "",
        " ",
        "fine",
        "Würde",
        "  two\r\nlines\rthree\t",
        "e\u0301 a\u030a",
        "\ufb01ne \u212b",
        "🙂👩‍👧",
        "\U0001f3f4\U000e0067",
    ),
    *(
        "\x1b[31mred\x1b[0m",
        "\x1b]0;title\x07left",
        "\x9d open\n",
        "a\u200bb\u202ec",
        "\u05e9\u05dc\u05d5\u05dd",
        '"\\/\b',
    ),
    *("x" + "\u0301" * 40, "\u0344" * 20 + "o", "-", "0", "\x7f\u2028", "\x1b\x1b[", "l" * (LONGEST_TEXT + 5)),
)
NUMBERS = (
    "3",
    "2,5",
    "2.50",
    "1,200",
    "12,000,000",
    "-0",
    "−7",
    "0.000001",
    "999999999999999",
    "x",
    "",
    "1e5",
    "12.",
    " 4 ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A round with its questionnaire, and a person in it."""

    page: AnswerPage
    draft: Draft
    acts: tuple[Act, ...]
    receipt: str
    revision: int
    code: str

    @property
    def done(self) -> Draft:
        """The draft when everything was done."""
        draft = self.draft
        for act in self.acts:
            draft = after(self.page.questionnaire, draft, act)
        return draft


def case(seed: int) -> Case:
    """The case of a seed."""
    random = Random(seed)
    questionnaire = _questionnaire(random)
    groups = [group.id for group in questionnaire.groups]
    round = Round(
        id="made",
        key=RoundKey(f"{random.getrandbits(128):032x}"),
        title="Made up",
        questionnaire=f"{random.getrandbits(256):064x}",
        form=random.choice(("full", "full", "short")),
        invited=dict.fromkeys(groups or [EVERYBODY], 7),
        rules=Rules(codes=random.random() < 0.3),
    )
    page = AnswerPage(
        round=round,
        edition=Edition(questionnaire, b"", round.questionnaire),
        salt=SALT,
        since=datetime.datetime.now(datetime.UTC),
    )
    ticket = Ticket(round=round.key, agrees=random.choice((None, True, False)), matching=random.choice(("", "ab" * 16)))
    draft = Draft(
        questionnaire=round.questionnaire,
        group=random.choice(groups) if groups else None,
        form=round.form,
        ticket=ticket,
    )
    acts = tuple(_acts(random, questionnaire, draft)) if steps(questionnaire, draft) else ()
    return Case(
        page=page,
        draft=draft,
        acts=acts,
        receipt=_code(random, 20),
        revision=random.choice((0, 0, 1, 998, 999)),
        code=_code(random, 12) if round.rules.codes else "",
    )


def after(questionnaire: Questionnaire, draft: Draft, act: Act) -> Draft:
    """The draft after something was done, as a sitting does it."""
    what, id, said = act
    if what == "comment":
        return state.comment(draft, id, str(said))
    if what == "clear":
        return state.clear(draft, id)
    if what == "past":
        return state.put_in_past(draft, id.removesuffix(PAST), said == 1)
    item = questionnaire.item(id)
    if what == "choose":
        response = choices(questionnaire, item)[int(said)].response
        if item.takes_several and isinstance(response, float):
            return state.toggle(questionnaire, draft, id, response)
        return state.respond(questionnaire, draft, id, response)
    if item.is_in_words:
        return state.respond(questionnaire, draft, id, str(said)) if str(said).strip() else state.clear(draft, id)
    typed = str(said)
    if not typed.strip():
        is_a_number = isinstance(draft.responses.get(id), float)
        return state.clear(draft, id) if is_a_number else draft
    value = item.answering.read(typed)
    if value is None or not item.answering.accepts(value):
        return state.clear(draft, id)
    return state.respond(questionnaire, draft, id, value)


def _acts(random: Random, questionnaire: Questionnaire, draft: Draft) -> Iterator[Act]:
    for _ in range(random.randint(0, 30)):
        act = _act(random, questionnaire, random.choice(steps(questionnaire, draft)))
        draft = after(questionnaire, draft, act)
        yield act


def _act(random: Random, questionnaire: Questionnaire, step: Step) -> Act:
    if step.barrier:
        return "past", step.id, random.randint(0, 1)
    if step.item is None or (not step.item.is_in_words and random.random() < 0.2):
        return "comment", step.id, random.choice(WORDS)
    if random.random() < 0.1:
        return "clear", step.id, ""
    offered = choices(questionnaire, step.item)
    if step.item.is_in_words:
        return "write", step.id, random.choice(WORDS)
    if step.item.is_typed and (not offered or random.random() < 0.8):
        return "type", step.id, random.choice(NUMBERS)
    return "choose", step.id, random.randrange(len(offered))


def _code(random: Random, length: int) -> str:
    characters = "".join(random.choice(ALPHABET) for _ in range(length))
    return "-".join(characters[start : start + 4] for start in range(0, length, 4))


def _questionnaire(random: Random) -> Questionnaire:
    groups = tuple(Group(id=id, title=id.title()) for id in ("board", "staff", "parents")[: random.choice((0, 2, 3))])
    scales = {f"s{number}": _scale(random) for number in range(3)}
    items: list[Item] = []

    def item(kinds: tuple[Kind, ...]) -> Item:
        made = _item(random, f"i{len(items)}" if items else "constructor", kinds, groups, scales, items)
        items.append(made)
        return made

    every: tuple[Kind, ...] = ("choice", "choice", "many", "number", "text")
    strands = tuple(
        Strand(
            id=f"strand{strand}",
            title=f"Strand {strand}",
            items=tuple(item(every) for _ in range(random.randint(0, 2))),
            benchmarks=tuple(
                Benchmark(
                    id=f"b{strand}_{number}",
                    title=f"Benchmark {number}",
                    comment=random.choice(("", "Anything else?")),
                    items=tuple(item(every) for _ in range(random.randint(1, 4))),
                )
                for number in range(random.randint(0, 3))
            ),
            questions=tuple(item(("text",)) for _ in range(random.randint(0, 2))),
        )
        for strand in range(random.randint(1, 3))
    )
    return Questionnaire(format=1, id="made", version="1", title="Made", groups=groups, scales=scales, strands=strands)


def _scale(random: Random) -> Scale:
    number = random.choice((2, 3, 5, 11, 30))
    first, step = random.choice(((1, 1), (0, 1), (0, 25), (-2, 1), (0, 0.1)))
    values = [round(first + step * place, 6) for place in range(number)]
    if random.random() < 0.3:
        values.reverse()
    return Scale(
        points=tuple(Point(value=float(value), label=random.choice(("", f"point {value}"))) for value in values),
        dont_know=random.choice((None, "Don't know")),
        not_applicable=random.choice((None, "Doesn't apply")),
    )


def _item(
    random: Random, id: str, kinds: tuple[Kind, ...], groups: tuple[Group, ...], scales: dict[str, Scale],
    before: list[Item],
) -> Item:  # fmt: skip  # in few lines
    kind = random.choice(kinds)
    scale = random.choice(list(scales)) if kind in ("choice", "many") else None
    made = Item(
        id=id,
        text=f"Item {id}?",
        kind=kind,
        scale=scale,
        short=random.random() < 0.5,
        groups=tuple(group.id for group in groups if random.random() < 0.8),
        show_if=_condition(random, before, scales) if random.random() < 0.4 else None,
        comment_if=_condition(random, before, scales) if random.random() < 0.2 else None,
        dont_know=random.choice((None, None, "No idea", False)),
        not_applicable_values=(scales[scale].values[-1],)
        if scale and kind == "choice" and random.random() < 0.2
        else (),
    )
    if kind == "text":
        return replace(made, collects=random.choice((None, "positives", "barriers")))
    if kind == "number":
        return replace(made, min_=random.choice((None, 0.0)), max_=random.choice((None, 50.0)))
    return made


def _condition(random: Random, before: list[Item], scales: dict[str, Scale], depth: int = 0) -> str | None:
    asked = [item for item in before if item.kind != "text"]
    if not asked:
        return None
    if depth < 3 and random.random() < 0.4:
        parts = [_condition(random, before, scales, depth + 1) for _ in range(random.randint(2, 3))]
        joined = random.choice((" and ", " or ")).join(f"({part})" for part in parts)
        return f"not ({joined})" if random.random() < 0.3 else joined
    item = random.choice(asked)
    value = random.choice(scales[item.scale].values) if item.scale else random.choice((0.0, 3.0, 2.5))
    sign = "has" if item.kind == "many" else random.choice(("<", "<=", "==", "!=", ">=", ">"))
    return f"{item.id} {sign} {value:g}"
