"""The questionnaire: strands, benchmarks or skills, items and scales.

Plain frozen data, read from TOML by `definition`. docs/questionnaire-format.md is written from the docstrings here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import ClassVar, Literal, NewType, TypeVar

from selfassess.model.item_kinds import KINDS, ItemKind, Kind

GroupKey = NewType("GroupKey", str)
"""The id of a group of people who answer. The id of a cell is a plain text: it may speak of several groups."""
POINT_CODES = "0123456789abcdefghijklmnopqrstuvwxyz"
"""How the points of a scale are written in a sheet, by their position: one character each."""


class Table:
    """A table of the questionnaire file. Its attributes are the keys, and the docstring below an
    attribute is what the documentation and the JSON Schema say of that key."""

    __slots__ = ()
    __pydantic_config__: ClassVar[Mapping[str, str | bool | Callable[[str], str]]] = {
        "strict": True,
        "extra": "forbid",
        "allow_inf_nan": False,
        "alias_generator": lambda name: name.rstrip("_"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Point(Table):
    """One option of a scale, or of a choose-many item."""

    value: float
    """The number that this option counts for."""
    label: str
    """The words that people choose. May be empty for a point between two labelled ones."""
    earlier: str | None = None
    """The words that this very point had in an earlier version. Answers then and now are compared."""


@dataclass(frozen=True, kw_only=True)
class Scale(Table):
    """The response options of an item, with values that rise or fall from first to last."""

    points: tuple[Point, ...]
    """The options in the order shown, at least two, at most 36."""
    dont_know: str | None = None
    """The words for "I don't know". Left out: people are not offered it."""
    not_applicable: str | None = None
    """The words for "this doesn't apply". Left out: people are not offered it."""
    allow: tuple[str, ...] = ()
    """Warnings about the scale that the author has thought about: ["lopsided-scale"]."""

    @cached_property
    def lowest(self) -> float:
        return min(self.values)

    @cached_property
    def highest(self) -> float:
        return max(self.values)

    @cached_property
    def values(self) -> tuple[float, ...]:
        return tuple([point.value for point in self.points])

    def has(self, chosen: object) -> bool:
        """Whether a value, or each of several, is one of its points."""
        return {*chosen} <= {*self.values} if isinstance(chosen, tuple) else chosen in self.values

    def code(self, value: float) -> str:
        """The character that stands for a value in a sheet; ValueError if it is not on the scale."""
        return POINT_CODES[self.values.index(value)]

    def label(self, value: float) -> str:
        """The words for a value, or the number itself where a point has none."""
        return self.points[self.values.index(value)].label or format(value, "g")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Table):
    """One thing that people are asked."""

    id: str
    """The id of the item. Answers are kept under it: never use it again for something else."""
    text: str
    """The words of the item."""
    same_as: str | None = None
    """The id that this very item had in an earlier version. Its answers then and now are compared."""
    was: tuple[str, ...] = ()
    """Ids of items of an earlier version that this one is a part of, or is made from. Nothing is compared with them."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """Other words for one group: { staff = "…" }. It stays the same item."""
    groups: tuple[GroupKey, ...] = ()
    """Who is asked. Left out: everybody."""
    help: str = ""
    """A line that explains the item, shown on request."""
    scale: str | None = None
    """The scale. Left out: that of the benchmark, of the strand, of the file, or the only one there is."""
    kind: Kind = "choice"
    """"choice" (one point of a scale), "many" (any of its points), "number" or "text". Only choices are scored."""
    reverse: bool = False
    """True where agreeing means doing badly: the value is turned round in the scale's own ends."""
    weight: float = 1
    """How much the item counts beside the others in a mean or a sum."""
    scored: bool = True
    """False for an item that is asked and counted but is in no score."""
    level: int | None = None
    """The level that the item belongs to, where a ladder is made of items."""
    met: float | None = None
    """The value from which this item counts as met in a ladder."""
    show_if: str | None = None
    """A condition on earlier items. Where it is not true, the item is not asked."""
    comment_if: str | None = None
    """A condition on this or earlier items. Where it is true, a comment is asked for."""
    dont_know: str | Literal[False] | None = None
    """Other words than the scale's, or false: not offered."""
    not_applicable: str | Literal[False] | None = None
    """Other words than the scale's, or false: not offered."""
    not_applicable_values: tuple[float, ...] = ()
    """Points of the scale that mean "doesn't apply" for this item alone."""
    short: bool = False
    """True: asked in the short form too. Where no open question says so, the short form has them all."""
    about: Literal["self", "partnership"] | None = None
    """What the item is about, where the items of a benchmark differ in this: "self" ("I …"), "partnership" ("we …")."""
    allow: tuple[str, ...] = ()
    """Warnings that the author has thought about: ["double-barrelled"]."""
    min_: float | None = None
    """For a number: the lowest that is accepted."""
    max_: float | None = None
    """For a number: the highest that is accepted."""
    unit: str = ""
    """For a number: what is counted, such as "years"."""
    collects: Literal["positives", "barriers"] | None = None
    """For a text: what people are asked to write of, "positives" (what works well) or "barriers" (what gets in the
    way). Whoever writes a barrier is asked whether it is still the case, and the report lists past ones separately."""

    @property
    def answering(self) -> ItemKind:
        """How it is answered: its kind, with all that depends on it."""
        return KINDS[self.kind](self)

    @property
    def has_points(self) -> bool:
        return KINDS[self.kind].has_points

    @property
    def has_figures(self) -> bool:
        """Whether it is answered by one point of a scale: there are figures of such items alone."""
        return KINDS[self.kind].has_figures

    @property
    def is_scored(self) -> bool:
        return self.scored and self.has_figures

    @property
    def takes_several(self) -> bool:
        """Whether any number of points can be chosen."""
        return KINDS[self.kind].takes_several

    @property
    def is_typed(self) -> bool:
        """Whether its answer is typed in one line, such as a number."""
        return KINDS[self.kind].is_typed

    @property
    def is_in_words(self) -> bool:
        """Whether it is answered with a text, which nobody owes."""
        return KINDS[self.kind].is_in_words

    @property
    def collects_barriers(self) -> bool:
        """Whether it is an open question about what gets in the way."""
        return self.is_in_words and self.collects == "barriers"

    @property
    def stands_beside(self) -> bool:
        """Whether its answer stands beside the characters of a sheet."""
        return not self.has_figures and not self.is_in_words

    @property
    def limits(self) -> str:
        """What it accepts: "from 0 to 50 years". Nothing where any answer of its kind will do."""
        return self.answering.limits()

    def asks(self, group: GroupKey | None) -> bool:
        """Whether a group is asked this item. Without groups everybody is."""
        return group is None or not self.groups or group in self.groups

    def words(self, group: GroupKey | None) -> str:
        """The item's text as that group reads it."""
        return self.wording.get(group or "", self.text)


Method = Literal["mean", "sum", "min", "ladder", "none"]
When = Literal["gap", "split", "difference"]
Effort = Literal["low", "medium", "high"]

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Table):
    """People who answer from the same place: the board, the staff, external partners."""

    id: GroupKey
    """The id of the group, written by hand and never changed again: "board"."""
    title: str
    """What the group is called."""
    about: str = ""
    """A line that helps a person choose the right group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Table):
    """A named stretch of scores, from its lower edge up to the next band's."""

    from_: float
    """The lowest score of the band. The first band starts at the lowest score there can be."""
    title: str
    """What the band is called."""
    about: str = ""
    """What it means, in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring(Table):
    """Rules for every node that has none of its own."""

    min_answered: float = 0.5
    """Share (0 to 1) of the items a person was asked that must be answered for there to be a score."""
    target: float | None = None
    """The target (0 to 100) of each strand and benchmark, and of the overall score, unless in its own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(Table):
    """How a node (a benchmark, a skill, a strand, the overall score) comes from its parts."""

    method: Method = "mean"
    """How the score comes from its parts: "mean", "sum", "min" (the lowest), "ladder" (levels that gate each
    other) or "none" (no score)."""
    min_answered: float | None = None
    """As in [scoring], for this node."""
    when_missing: Literal["prorate", "refuse"] = "prorate"
    """What a sum does when a part is missing: "prorate" (scale up what there is) or "refuse" (no score)."""
    met: float | None = None
    """For a ladder: the value from which an item counts as met (for benchmarks: the score in their units)."""
    na: Literal["ignored", "blocks"] = "ignored"
    """What a part of a ladder does that doesn't apply to a person: it is "ignored" (neither met nor in the way), or it
    "blocks" its level."""
    units: Literal["points", "own"] = "points"
    """What bands, target and the shown score are in: "points" (0 to 100) or "own" (a sum, a mean on the scale,
    a level)."""
    decimals: int | None = None
    """Decimals of the shown score. Band and gap are taken from the shown score. Left out: 0, or 1 for a mean or
    minimum in its own units."""
    target: float | None = None
    """The score to aim for, in the units of the node."""
    targets: Mapping[GroupKey, float] = field(default_factory=dict)
    """A target for one group: { board = 80 }. The others have the one above."""
    bands: tuple[Band, ...] | None = None
    """Bands of this node alone, in its units. An empty list: none, not even the file's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults(Scored):
    """What holds for every strand, benchmark and skill that does not say otherwise. Bands, targets and decimals are for
    those in the same units, and what is for one method only is for those with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall(Scored):
    """The score of the whole questionnaire. method = "none": there is none."""

    from_: Literal["strands", "benchmarks", "items"] = "strands"
    """What it is made from: the scores of the strands, those of all benchmarks and skills, or all items."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Table):
    """Something that could be done about a benchmark, or about a strand without any."""

    id: str
    """The id of the action."""
    text: str
    """What to do, as an instruction."""
    groups: tuple[GroupKey, ...] = ()
    """Whom it is suggested to. Left out: everybody."""
    when: When = "gap"
    """What calls for it: "gap" (below target), "split" (people see it differently) or "difference" (groups do)."""
    items: tuple[str, ...] = ()
    """Ids of the items beside it that it answers: it is suggested where one of them falls short. Left out: wherever
    the benchmark does."""
    by: tuple[GroupKey, ...] = ()
    """Who can do it, by group. Left out: the groups it is suggested to."""
    effort: Effort | None = None
    """How much effort it takes: "low", "medium" or "high"."""
    skills: tuple[str, ...] = ()
    """Ids of the skills it needs, in the questionnaire named by skills_from."""
    source: str = ""
    """Where it comes from, such as a report's section; "ours" for one of the author's own."""

    def suits(self, group: GroupKey | None) -> bool:
        return group is None or not self.groups or group in self.groups


@dataclass(frozen=True, kw_only=True)
class Benchmark(Scored):
    """What good looks like in one respect; a skill has the same keys, and some of its own."""

    id: str
    """The id of the benchmark or skill."""
    title: str
    """What good looks like, in a few words; of a skill, its name."""
    about: str = ""
    """A line that explains it."""
    source: str = ""
    """Where it comes from."""
    discuss: str = ""
    """A question to ask in the room."""
    scale: str | None = None
    """The scale of its items."""
    comment: str = ""
    """A prompt for a comment on the whole benchmark, asked after its last item."""
    weight: float = 1
    """How much it counts beside the others, where something is made from benchmarks."""
    level: int | None = None
    """The level that it belongs to, where a ladder is made of benchmarks."""
    items: tuple[Item, ...] = ()
    """What people are asked about it."""
    actions: tuple[Action, ...] = ()
    """What could be done about it."""

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        """Its items that have scores."""
        return tuple(item for item in self.items if item.is_scored)


Middle = TypeVar("Middle", bound=Benchmark)
Need = Literal["everyone", "some"]


@dataclass(frozen=True, kw_only=True)
class Skill(Benchmark):
    """What people can do. Where it says how many need it, a round takes stock of who shows it."""

    need: Need | None = None
    """Who needs it: "everyone", or "some". Left out: no stock is taken of it."""
    at_least: int | None = None
    """For need = "some": how many it takes, of a group as of everybody."""
    shown_from: float | None = None
    """The point of the scale from which on a behaviour counts as reliably shown (after reversal)."""

    @property
    def behaviours(self) -> tuple[Item, ...]:
        """What people say of themselves: one point of a scale each, and nothing that is about the partnership."""
        return tuple(item for item in self.items if item.has_figures and item.about != "partnership")

    @property
    def shared_behaviours(self) -> tuple[Item, ...]:
        """What they say of the partnership in the same way."""
        return tuple(item for item in self.items if item.has_figures and item.about == "partnership")


@dataclass(frozen=True, kw_only=True)
class Strand(Scored):
    """One of the large themes."""

    id: str
    """The id of the strand."""
    title: str
    """What the strand is called."""
    about: str = ""
    """A line shown at the head of the strand."""
    source: str = ""
    """Where it comes from."""
    discuss: str = ""
    """A question to ask in the room."""
    scale: str | None = None
    """The scale of its items."""
    from_: Literal["items", "benchmarks"] = "items"
    """What its score is made from: all its items, or the scores of its benchmarks and skills."""
    weight: float = 1
    """How much it counts in an overall score made from strands."""
    benchmarks: tuple[Benchmark, ...] = ()
    """What good looks like, each with its items."""
    skills: tuple[Skill, ...] = ()
    """What people can do, each with its items. They stand beside benchmarks."""
    items: tuple[Item, ...] = ()
    """Items of a strand that has no benchmarks between."""
    questions: tuple[Item, ...] = ()
    """Open questions at the end of the strand: items whose kind is "text"."""
    actions: tuple[Action, ...] = ()
    """What could be done about a strand that has no benchmarks between."""

    @cached_property
    def middle(self) -> tuple[Benchmark, ...]:
        """The level between strand and items: benchmarks, then skills."""
        return self.benchmarks + self.skills

    @cached_property
    def all_items(self) -> tuple[Item, ...]:
        """Every item, in the order asked, open questions last."""
        return (*self.items, *(item for node in self.middle for item in node.items), *self.questions)

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that have scores, of those."""
        return tuple(item for item in self.all_items if item.is_scored)


@dataclass(frozen=True, kw_only=True)
class Questionnaire(Table):
    """A whole questionnaire."""

    format: Literal[1]
    """The version of this file format: always 1."""
    language: str = "en"
    """The language it is written in, as a code such as "en"."""
    id: str
    """The id of the questionnaire: the name that commands and other questionnaires know it by."""
    version: str
    """A label of this version, such as "2026.1"."""
    title: str
    """What the questionnaire is called."""
    about: str = ""
    """Shown before the first item: what this is, and what happens with it."""
    source: str = ""
    """What it is based on, and whose the scoring is."""
    licence: str = ""
    """On what terms others may use and change it, such as "CC-BY-4.0"."""
    skills_from: str | None = None
    """The id of the questionnaire whose skills the actions name."""
    allow: tuple[str, ...] = ()
    """Warnings that are silent in the whole file: ["vague-amount"]."""
    scale: str | None = None
    """The scale of items that name none."""
    groups: tuple[Group, ...] = ()
    """Who answers. Left out: everybody is one group."""
    scales: Mapping[str, Scale] = field(default_factory=dict)
    """The scales, by id."""
    scoring: Scoring = Scoring()
    """Rules for every node that has none of its own."""
    defaults: Defaults = Defaults()
    """How strands, benchmarks and skills are scored that say nothing else."""
    bands: tuple[Band, ...] = ()
    """Names for stretches of 0 to 100, for every node that has no bands of its own."""
    overall: Overall = Overall()
    """The score of the whole."""
    strands: tuple[Strand, ...]
    """The large themes, in the order asked."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item in the order asked: the order of a sheet's characters."""
        return tuple(item for strand in self.strands for item in strand.all_items)

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that have scores, of those."""
        return tuple(item for strand in self.strands for item in strand.scored_items)

    @property
    def needed_skills(self) -> tuple[Skill, ...]:
        """The skills that say who needs them, in the order asked."""
        return tuple(skill for strand in self.strands for skill in strand.skills if skill.need is not None)

    def item(self, id: str) -> Item:
        """The item with that id; KeyError if there is none."""
        return only((item for item in self.items if item.id == id), id)

    def strand_of(self, id: str) -> Strand:
        """The strand that a node is, or is part of; KeyError where there is none."""
        return only((strand for strand in self.strands if id in (strand.id, *(one.id for one in strand.middle))), id)

    def node(self, id: str) -> Strand | Benchmark:
        """The strand, benchmark or skill with that id; KeyError if there is none."""
        nodes: list[Strand | Benchmark] = [*self.strands]
        nodes += [node for strand in self.strands for node in strand.middle]
        return only((node for node in nodes if node.id == id), id)

    def group(self, id: str) -> Group:
        """The group with that id; KeyError if there is none."""
        return only((group for group in self.groups if group.id == id), id)

    def group_title(self, id: str | None) -> str:
        """The group's title, or nothing for nobody's."""
        return next((group.title for group in self.groups if group.id == id), "")

    def scale_of(self, item: Item) -> Scale:
        """The scale of an item with points; KeyError for one without."""
        return self.scales[item.scale or ""]

    def with_items(self, keep: Callable[[Item], bool]) -> "Questionnaire":
        """The questionnaire with the items alone that are kept."""

        def kept(items: tuple[Item, ...]) -> tuple[Item, ...]:
            return tuple(item for item in items if keep(item))

        def within(nodes: tuple[Middle, ...]) -> tuple[Middle, ...]:
            return tuple(replace(node, items=kept(node.items)) for node in nodes)

        strands = (
            replace(
                strand,
                items=kept(strand.items),
                questions=kept(strand.questions),
                benchmarks=within(strand.benchmarks),
                skills=within(strand.skills),
            )
            for strand in self.strands
        )
        return replace(self, strands=tuple(strands))


def only(found: Iterator[Found], id: str) -> Found:
    """What was found by an id; KeyError if nothing was."""
    for one in found:
        return one
    raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Edition:
    """A questionnaire and the very bytes that it was read from: what a round freezes."""

    questionnaire: Questionnaire
    content: bytes
    sha256: str
