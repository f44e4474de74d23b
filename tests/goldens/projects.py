"""Six projects from fixed seeds, the same to the byte wherever and however often they are made."""

import datetime
import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import tomli
import tomli_w

from selfassess.definition.tables import edition as build_edition
from selfassess.definition.toml_source import parse
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.round import Agreed, OwnFinding, Round, Rules, SmallGroups
from selfassess.model.sheet import Missing, Response, Sheet, Ticket, encode
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from tests.conftest import EARLIER
from tests.scales import on_scale

NOW = datetime.datetime(2027, 3, 4, 9, 30, tzinfo=datetime.UTC)
INVITED = {"board": 12, "staff": 16, "external": 6}
HANDED_IN = {"board": 11, "staff": 14, "external": 4}
LEVELS = {"vision": 3.7, "alignment": 4.3, "support": 2.6, "added_value": 3.2}
"""About which answers to a benchmark are given, on 1 to 5; elsewhere about 3.5."""
TEXTS = {
    3: {"vision_say": "We tell people <b>what we do</b> & why."},
    7: {"vision_say": "Too long for one sentence.\nOr for two.", "vision": "“Family” means | different things."},
    12: {"leadership_hinders": "*Late* meetings; papers that come the day before."},
    20: {"leadership_hinders": "=1+1 is how we plan"},
}
"""What some people write, by their place among all who answer."""
FOUND = (
    OwnFinding(node="vision", group="", text="We | all *want* the same, <b>and</b> say it differently. 🙂"),
    OwnFinding(node="alignment", group="staff", text="שלום: =1+1 is how it looks from here."),
)
"""What the facilitator wrote that was found."""
PLAN = (
    Planned(
        text="Say on one page what we are for", node="vision", round="autumn", action="vision_a_roles",
        owner="The chair", status="done", done=datetime.date(2027, 1, 20), effort="low", effect="high",
    ),
    Planned(
        text="Ask members’ own people what they think of us", node="support", round="autumn", action="support_a_voice",
        status="under way", due=datetime.date(2027, 2, 1), groups=("board",),
        why="begin with the two schools", skills=("negotiation",),
    ),
    Planned(text="Tea before every meeting", due=datetime.date(2027, 3, 4), effort="low", effect="medium"),
    Planned(text="A new name | logo *and* all", node="leadership", status="dropped", why="No money for it."),
)  # fmt: skip  # in few lines


class _Clock(datetime.datetime):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> "_Clock":
        return cls.fromtimestamp(NOW.timestamp(), tz)


class _Secrets:
    """In the place of the library: what is random in a project file comes from a seed."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)

    def choice(self, letters: Sequence[str]) -> str:
        return self.chance.choice(letters)

    def token_hex(self, size: int) -> str:
        return self.chance.randbytes(size).hex()


@contextmanager
def fixed(seed: str) -> Iterator[None]:
    """Nothing is random in it, and it is the same moment all the time. Keys of codes are mixed twice, to be quick."""
    secrets = _Secrets(seed)
    with (
        patch("datetime.datetime", _Clock),
        patch("secrets.choice", secrets.choice),
        patch("secrets.token_hex", secrets.token_hex),
        patch.object(codes, "secrets", secrets),
        patch.object(codes, "_WORK", 2),
    ):
        yield


def leadership() -> Edition:
    """An earlier version of the partnership questionnaire with its first strand alone, so that everything is quick."""
    table = tomli.loads(EARLIER.read_text(encoding="utf-8"))
    table["strands"] = table["strands"][:1]
    return build_edition(parse("leadership.toml", tomli_w.dumps(table).encode()))


def newer(edition: Edition) -> Edition:
    """A later version of it: an item in other words, another one with another id, and another target."""
    content = edition.content.decode()
    first, second = edition.questionnaire.strands[0].middle[1].items[:2]
    edits = {
        f'"{edition.questionnaire.version}"': '"2027.1"',
        f'"{first.text}"': '"Our partners and we want the same things for families."',
        f'id = "{second.id}"': f'id = "{second.id}_again"\nsame_as = "{second.id}"',
        "target = 75": "target = 70",
    }
    for old, new in edits.items():
        assert old in content, old
        content = content.replace(old, new, 1)
    return build_edition(parse("newer.toml", content.encode()))


# Answers


def _answer(
    questionnaire: Questionnaire, item: Item, benchmark: str, group: str, level: float, chance: random.Random
) -> Response:
    if item.kind == "text":
        return Missing.SKIPPED
    if not item.asks(group):
        return Missing.NOT_ASKED
    if chance.random() < 0.04:
        return chance.choice([Missing.DONT_KNOW, Missing.SKIPPED])
    value = min(5, max(1, round(LEVELS.get(benchmark, 3.5) + level + chance.uniform(-1, 1))))
    return on_scale(questionnaire, item, value)


def answers(edition: Edition, group: str, level: float, seed: str, camps: bool = False) -> str:
    """The characters of a sheet; with `camps` half of the people see the last benchmark in another way."""
    questionnaire, chance = edition.questionnaire, random.Random(seed)
    inside = {item.id: node.id for strand in questionnaire.strands for node in strand.middle for item in node.items}
    last = questionnaire.strands[-1].middle[-1].id
    return "".join(
        encode(
            item,
            _answer(questionnaire, item, benchmark, group, level + (1.6 if camps and benchmark == last else 0), chance),
            questionnaire,
        )
        for item in questionnaire.items
        for benchmark in [inside.get(item.id, "")]
    )


def _round(id: str, key: str, edition: Edition, **rules: object) -> Round:
    asked: dict[str, object] = {"small_groups": "consent", "asks_consent": ("external",), **rules}
    return Round(
        id=id,
        key=key * 32,
        title=f"{id.capitalize()} round",
        questionnaire=edition.sha256,
        invited=INVITED,
        rules=Rules(**asked),  # type: ignore[arg-type]  # whatever a project asks for
    )


def _hand_in(
    rounds: Rounds, round: Round, edition: Edition, handed_in: Mapping[str, int], *, risen: float = 0, joined: int = 0,
    no_code: int = 6, refuses: bool = False,
) -> None:  # fmt: skip  # in few lines
    """Everybody of some groups hands in; of each group the first `joined` have made room for others,
    and one in `no_code` makes up no code."""
    place = 0
    for group, number in handed_in.items():
        for person in range(joined, joined + number):
            seed = f"{group} {person}"
            mood = random.Random(seed).uniform(-0.9, 0.9) + {"board": 0.6, "staff": -0.6}.get(group, 0) + risen
            agrees = (not refuses or person > 0) if group in round.rules.asks_consent else None
            matching = f"key of {seed}" if round.rules.matching and (person + 1) % no_code else ""
            sheet = Sheet(
                questionnaire=edition.sha256, group=group, form="full",
                answers=answers(edition, group, mood, f"{seed} {round.id}", camps=person % 2 == 0),
                texts=TEXTS.get(place, {}), ticket=Ticket(round=round.key, agrees=agrees, matching=matching),
            )  # fmt: skip  # in few lines
            rounds.sheets.hand_in(
                pack(sheet, codes.new_code(codes.RECEIPT_LENGTH)), questionnaire=edition.questionnaire
            )
            place += 1


def _closed(rounds: Rounds, round: Round, edition: Edition, after: Round | None = None, **how: object) -> Round:
    rounds.add(round, edition, after) if after else rounds.add(round, edition)
    rounds.open(round.id)
    handed_in = how.pop("handed_in", HANDED_IN)
    _hand_in(rounds, round, edition, handed_in, **how)  # type: ignore[arg-type]  # whatever a project asks for
    rounds.close(round.id)
    return rounds.get(round.id)


# The projects


def personal(path: Path) -> None:
    """One person's own: three sittings, the last with words, and a plan."""
    edition = leadership()
    with create(path, "personal") as project:
        project.freeze(edition)
        for number, level in enumerate((-0.6, 0.1, 0.4)):
            texts = TEXTS[7] if number == 2 else {}
            sheet = Sheet(
                questionnaire=edition.sha256, group="board", form="full", texts=texts,
                answers=answers(edition, "board", level, f"own {number}"),
                date=NOW - datetime.timedelta(days=200 - 90 * number),
            )  # fmt: skip  # in few lines
            project.hand_in(sheet, codes.new_code(codes.RECEIPT_LENGTH))
        Plans(project).add(*(one for one in PLAN if not one.round), Planned(text="Read it aloud", node="support"))


def shared(path: Path) -> None:
    """A shared project whose only round is open, and asks for admission codes."""
    edition = leadership()
    with create(path, "shared", made_up=True) as project:
        rounds = Rounds(project)
        rounds.add(_round("spring", "a", edition, codes=True, matching=True), edition)
        rounds.open("spring")


def one_round(path: Path) -> None:
    """One closed round, in which a meeting agreed on a score, a number of people was corrected and findings were
    written."""
    edition = leadership()
    with create(path, "shared", made_up=True) as project:
        rounds = Rounds(project)
        _closed(rounds, _round("autumn", "b", edition), edition)
        rounds.agree("autumn", Agreed(node="vision", score=60, why="Most of us had the last leaflet in mind."))
        for finding in FOUND:
            rounds.write_finding("autumn", finding)


def small_groups(path: Path) -> None:
    """Closed rounds with groups that are too small: one refuses, one is left out, one is joined with others."""
    edition = leadership()
    few = {"board": 11, "staff": 10, "external": 3}
    handed_in: dict[SmallGroups, Mapping[str, int]] = {
        "consent": few, "leave_out": few, "pool": {"board": 4, "staff": 13, "external": 3},
    }  # fmt: skip  # in few lines
    with create(path, "shared") as project:
        rounds = Rounds(project)
        for place, (rule, numbers) in enumerate(handed_in.items()):
            asks = ("external",) if rule == "consent" else ()
            round = _round(rule, f"{place}", edition, small_groups=rule, asks_consent=asks)
            _closed(rounds, round, edition, handed_in=numbers, refuses=rule == "consent")


def two_rounds(path: Path) -> None:
    """Two closed rounds of the same questionnaire, the second with targets of its own; and a plan between them."""
    _two(path, leadership(), leadership(), joined=0, no_code=100)


def later_version(path: Path) -> None:
    """Two closed rounds, the second with a later version of the questionnaire."""
    _two(path, leadership(), newer(leadership()), joined=2, no_code=6)


def _two(path: Path, first: Edition, second: Edition, *, joined: int, no_code: int) -> None:
    with create(path, "shared", made_up=first != second) as project:
        rounds = Rounds(project)
        before = _closed(rounds, _round("autumn", "c", first, matching=True), first, no_code=no_code)
        Plans(project).add(*PLAN)
        round = _round("spring", "d", second, matching=True)
        rounds.add(round, second, before)
        rounds.set_target("spring", "vision", "", 65)
        rounds.set_target("spring", "support", "board", 80)
        rounds.open("spring")
        handed_in = {**HANDED_IN, "staff": 14 - joined}
        _hand_in(rounds, round, second, handed_in, risen=0.7, joined=joined, no_code=no_code)
        rounds.close("spring")


PROJECTS = {one.__name__: one for one in (personal, shared, one_round, small_groups, two_rounds, later_version)}
