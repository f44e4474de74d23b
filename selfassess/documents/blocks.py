"""What documents are made of: sections of blocks, before anything is drawn.

Every document is a `Document`, which each writer takes: `render_rich`, `render_markdown`, `render_html`, `render_text`,
`render_docx`, `render_pdf`, `render_pptx`, `render_xlsx`. So a new section is a function that gives blocks, and a new
medium is one more writer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Literal

from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.results import Level, Range

Tone = Literal["plain", "strong", "quiet"]
Shape = Literal["table", "beside", "large", "close", "list", "groups"]
"""Scores as rows of a table; of people who are compared; one score, large enough for the back of a room; or on screen a
line each, with a bar or without; or groups side by side where there is room, else two lines each."""
Kind = Literal[
    "strands",
    "strand",
    "benchmark",
    "item",
    "findings",
    "by group",
    "actions",
    "comments",
    "who",
    "left out",
    "trend",
    "how to read",
    "plan",
    "moved",
    "skills",
]


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of a dashboard or of a comparison, which a block opens on screen: its kind, and what it is about."""

    kind: Kind
    id: str = ""
    """Of the strand, benchmark or item; in a comparison "overall" is a benchmark."""


def spot_of(node: Strand | Benchmark) -> Spot:
    """The page of a strand or benchmark."""
    return Spot("strand" if isinstance(node, Strand) else "benchmark", node.id)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    tone: Tone = "plain"
    note: str = ""
    """What stands after it in brackets."""
    lead: str = ""
    """What it is about, before the text."""
    indent: int = 0
    apart: bool = False
    """Whether an empty line stands before it."""
    opens: Spot | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    text: str
    note: str = ""
    """What stands beside it in brackets."""


@dataclass(frozen=True, slots=True)
class Bullet:
    """One entry of a list."""

    text: str
    head: str = ""
    """What it is about, before the text."""
    note: str = ""
    """Where it comes from and what it takes, in brackets after the text."""
    lead: str = ""
    """What it is about, where that is of less weight than the text itself."""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list."""

    entries: tuple[Bullet, ...]
    tasks: bool = False
    """Whether they are things to do, which can be ticked off."""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Contents:
    """Which sections follow, so that each can be found; with the numbers of their pages where there are pages."""

    entries: tuple[tuple[str, str], ...]
    """The id of each section, and its title."""

    def as_list(self) -> BulletList:
        """The titles alone."""
        return BulletList(tuple(Bullet(title) for _, title in self.entries))


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """Something to do, with its number in a plan."""

    number: int
    text: str
    id: str
    alarm: str
    """What must not be overlooked; nothing where there is no such thing."""
    lines: tuple[str, ...]
    """What else is known of it."""


@dataclass(frozen=True, slots=True)
class ActionList:
    """Part of a plan."""

    entries: tuple[ActionEntry, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """What people wrote about one thing."""

    about: str
    texts: tuple[str, ...]
    of_one: bool = False
    """Whether they are one person's: then they are no list."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first column names its row; the others hold words, or numbers."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Of a name that has two lines the first stands out."""
    numbers: bool = False
    right: frozenset[int] = frozenset()
    """The places of columns of numbers beside columns of words."""


Standing = Literal["reached", "low", ""]
"""How a score stands: at its target or above, in the lowest band, or neither."""
MARKS: dict[Standing, str] = {"reached": "▲", "low": "▼", "": ""}
"""What stands beside a score, so that it can be read without colour."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A score of a group in a heat map."""

    words: str
    """The printed score; or a dash with the footnote mark of the reason why there is none."""
    standing: Standing | None = None
    """None where there is no score."""
    share: float | None = None
    """Where it stands, 0 to 1."""
    target: float | None = None
    """Where its target stands, 0 to 1."""
    aim: str = ""
    """The printed target."""

    @property
    def marked(self) -> str:
        """The score with its mark."""
        return f"{self.words} {MARKS[self.standing]}" if self.standing else self.words

    @property
    def tone(self) -> int | None:
        """Its colour: see `tone_of`."""
        return None if self.standing is None else {"low": 1, "": 2, "reached": 3}[self.standing]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Scores of groups side by side, in the colours of where they stand."""

    caption: str
    columns: tuple[str, ...]
    """All, then each group."""
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    """What each score is of, and the cells."""

    def as_table(self) -> Table:
        """The same in words."""
        rows = tuple((name, *(cell.marked for cell in cells)) for name, cells in self.rows)
        return Table(self.caption, ("", *self.columns), rows, numbers=True)


TOPICS = "What to talk about"
TOPIC_COLUMNS = ("What we found", "What it rests on", "Ask in the room", "What could be done")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something to talk about in the room."""

    title: str
    score: str
    """Its score, and how far that is from the target."""
    rests_on: str
    """What that is based on: each group's score, camps, what was hard to answer."""
    question: str
    """What to ask in the room; nothing where the questionnaire has no question."""
    action: str
    """What could be done, or what is planned or was done already; nothing where there is neither."""
    who: str
    """Who can do it, and what it takes."""
    stands: str = ""
    """How the action stands in the plan: "Planned", "Done in May 2026"; nothing where it is not in it."""

    @property
    def head(self) -> str:
        """What the action is: something to do, or in the plan already."""
        return self.stands or "Do"

    @property
    def planned(self) -> str:
        """The action; and how it stands in the plan, if it is in it."""
        return f"{self.stands}: {self.action}" if self.stands and self.action else self.action

    @property
    def to_do(self) -> str:
        """The action as a cell of a table: who can do it, and how it stands."""
        return f"{self.planned} ({self.who})" if self.who else self.planned

    @property
    def titled(self) -> str:
        """The title with its score."""
        return f"{self.title} ({self.score})" if self.score else self.title


@dataclass(frozen=True, slots=True)
class TopicList:
    """What to talk about, the most pressing first."""

    topics: tuple[Topic, ...]

    def as_table(self) -> Table:
        """The same in columns, without those that say nothing."""
        rows = [(one.titled, one.rests_on, one.question, one.to_do) for one in self.topics]
        kept = [place for place in range(len(TOPIC_COLUMNS)) if any(row[place] for row in rows)]
        columns, *below = (tuple(row[place] for place in kept) for row in (TOPIC_COLUMNS, *rows))
        return Table(TOPICS, columns, tuple(below))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow:
    """A node's score, to be drawn as a bar, or as a dot with its ranges."""

    level: Level
    title: str
    n: str
    """ "28 of 34": how many have a score of how many could."""
    score: str
    """The score by itself: "62", "95 or more"; a dash where there is none."""
    words: str
    """The printed score; or why there is none, or the footnote mark of the reason why it is suppressed."""
    share: float | None
    """Where it stands, 0 to 1."""
    target: float | None
    """Where the target stands, 0 to 1."""
    aim: str
    """The printed target."""
    gap: str
    likely: Range | None
    """0 to 1."""
    possible: Range | None
    """0 to 1."""
    ranges: tuple[str, str]
    """Both ranges, as printed."""
    band: str
    tone: int | None = None
    """Which of five tones the band has; None where it is drawn without."""
    views: str
    """How far apart views are, in a word; empty beside two camps or groups that differ."""
    camps: str = ""
    """ "two camps", where people are in two; "two camps among Staff"."""
    is_split: bool = False
    """Whether the two camps are among all respondents of the score."""
    differ: str = ""
    """ "groups differ", where they do."""
    agreed: str = ""
    """The score that the meeting agreed on."""
    note: str = ""
    """What must not be overlooked, where it stands by itself: two camps, groups that differ."""
    about: str = ""
    """In place of columns: how many answered, how far apart they are, how far from the target; why there is none."""
    cells: tuple[HeatCell, ...] = ()
    """The scores of all and of each group, where they stand side by side."""
    opens: Spot | None = None

    @property
    def is_apart(self) -> bool:
        """Whether views are so far apart that the mean represents few of them."""
        return self.is_split or self.views == "wide apart"

    @property
    def falls_short(self) -> bool:
        """Whether it is below its target, as both are printed."""
        return bool(self.gap.strip("0."))

    @property
    def remarks(self) -> str:
        """Remarks beside the score."""
        agreed = f"the meeting agreed {self.agreed}" if self.agreed else ""
        apart = self.camps or (self.views if self.is_apart else "")
        return "; ".join(filter(None, (self.band, apart, self.differ, agreed)))


@dataclass(frozen=True, slots=True)
class ScoreChart:
    """The picture: a strand, then its benchmarks, and so on."""

    rows: tuple[ScoreRow, ...]
    of_one: bool = False
    """Whether they are one person's: numbers of respondents are left out then, and bars have more room."""
    shape: Shape = "table"
    columns: tuple[str, ...] = ()
    """Whose the cells of each row are."""
    legend: str = ""
    """How to read the cells."""

    def by_strand(self) -> Iterator[tuple[ScoreRow, ...]]:
        """Each strand with what is in it; the whole by itself."""
        together: list[ScoreRow] = []
        for row in self.rows:
            if row.level != "benchmark" and together:
                yield tuple(together)
                together = []
            together.append(row)
        if together:
            yield tuple(together)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How the answers to one item fall on the points of its scale."""

    title: str
    counts: tuple[int, ...]
    """From the worst point to the best."""
    could_not: str
    """Missing answers, by kind; empty where there are none."""
    agreement: str
    """The index of agreement, beside what chance reaches."""
    camps: str = ""
    opens: Spot | None = None

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks beside the counts."""
        return tuple(filter(None, (self.camps, self.could_not, self.agreement)))


@dataclass(frozen=True, slots=True)
class AnswerChart:
    """Items on one scale, each as a row of counts that is 100 % wide; the best point is at the right edge."""

    labels: tuple[str, ...]
    """The points in words, from the worst to the best."""
    reverse: bool
    """Whether agreeing means doing badly."""
    rows: tuple[AnswerRow, ...]
    is_close: bool = False
    """Whether an item has one line on wide screens, without the points in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """How a node changed, to be drawn as a line from then to now."""

    level: Level
    title: str
    then: float | None
    """Where it stood, 0 to 1; None where it is not shown."""
    now: float | None
    told: str
    """ "41 to 58 (+17)"; why it is not shown, or the mark of the reason."""
    says: str
    """The claim in a few words: "moved up"."""
    n: str
    """Of how many: "14 both times", or "16 then, 20 now"."""
    moved: bool
    about: str = ""
    """Whose change it is, and what else there is to know, where that has a line of its own."""
    opens: Spot | None = None


@dataclass(frozen=True, slots=True)
class ChangeChart:
    """Nodes then and now, a line each."""

    rows: tuple[ChangeRow, ...]
    legend: bool = False
    """Whether a legend explains the marks."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is typed, as it is typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open, which can be scanned where there are pictures."""

    address: str


@dataclass(frozen=True, slots=True)
class Key:
    """What the marks to be circled below it mean."""

    entries: tuple[tuple[str, str], ...]
    """A mark, and what it means; where the meaning begins with the very figure, nothing before it."""


BLANK = "_" * 12
"""Room for a few figures or letters."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is answered by hand."""

    number: int | None
    """Nothing for what is not keyed in as part of a row."""
    text: str
    notes: tuple[str, ...]
    circle: tuple[str, ...] = ()
    """The marks of which one is circled, or several."""
    blank: str = ""
    """What goes into the blank beside it; nothing where there is none."""
    lines: int = 0
    """How many lines there are to write on."""


Figure = Table | HeatMap | TopicList | ScoreChart | AnswerChart | ChangeChart
"""What is drawn, or stands in rows and columns."""
Printed = Command | Link | Key | Question
"""What is for paper."""
Block = Paragraph | Heading | BulletList | Contents | ActionList | Quotes | Figure | Printed


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that can be shown by itself."""

    id: str
    title: str
    """Nothing for what stands by itself below the sections, or before them."""
    blocks: tuple[Block, ...]
    roomy: bool = False
    """Whether an empty line stands below the title even before a heading."""
    on_slide: tuple[Block, ...] = ()
    """What a slide shows in place of the blocks, which are in its notes then; nothing where it shows the blocks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: what every writer takes."""

    title: str
    about: str = ""
    """What it is a report of, below the title."""
    marks: tuple[str, ...] = ()
    """Warnings, such as that the answers are made up."""
    summary: tuple[str, ...] = ()
    """The most important facts, above all sections."""
    sections: tuple[Section, ...]
    slides: tuple[str, ...] = ()
    """The ids of the sections that are shown on slides, in their order; all of them where none is named."""
    name: str = ""
    """What a list of pages or files calls it."""
    language: str = "en"


class Notes:
    """Footnotes on suppressed figures: each reason once in a section, under a letter that replaces the figure."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}

    def mark(self, reason: str) -> str:
        """What is written in place of a suppressed figure."""
        mark = self.marks.setdefault(reason, _letter(len(self.marks)))
        return f"– [{mark}]"

    def blocks(self) -> Iterator[Block]:
        """The reasons in words."""
        for reason, mark in self.marks.items():
            yield Paragraph(f"[{mark}] Not shown: {reason}.", "quiet")


class Reasons(Notes):
    """Reasons in place of what is suppressed, where there is room for a sentence."""

    def mark(self, reason: str) -> str:
        """The reason itself."""
        return f"not shown: {reason}"


def _letter(position: int) -> str:
    """ "a" to "z", then "aa" and so on."""
    before, last = divmod(position, len(ascii_lowercase))
    return (_letter(before - 1) if before else "") + ascii_lowercase[last]


def tone_of(position: int, points: int) -> int:
    """Which of five tones a point has, from 0 (the worst) over 2 (the neutral middle, where there is one) to 4."""
    share = position / (points - 1)
    return 0 if share < 0.25 else 1 if share < 0.5 else 2 if share == 0.5 else 3 if share <= 0.75 else 4


TURNED = "Turned round, because agreeing is bad news here"
"""The remark on items on which agreeing means doing badly."""

COLOURS = ("#B35806", "#F1A340", "#F2D96B", "#998EC3", "#542788")
"""By tone: colours that are safe for colour-blind readers."""
INK = ("#FFFFFF", "#000000", "#000000", "#000000", "#FFFFFF")
"""By tone, the colour of what is written on it."""
FILLS = ("=", "-", ".", "+", "#")
"""By tone, the character that fills a segment, so that it can be read without colour."""
