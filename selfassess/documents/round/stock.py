"""Skills on a page: who shows them, what people are short of, who could learn from whom, what the plan leans on."""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from selfassess.documents.blocks import (
    Block,
    Bullet,
    BulletList,
    Heading,
    HeatCell,
    HeatMap,
    Paragraph,
    Section,
    Standing,
)
from selfassess.documents.comparison import leaning as leaning_on_skills
from selfassess.documents.wording import TO_ASK
from selfassess.model.coverage import Coverage, Exchange, KnownSkills, SkillStock, StockTake, Verdict, Views
from selfassess.model.learning import Learning, LearningNeed
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Action, GroupKey, Skill
from selfassess.model.reports import RoundReport
from selfassess.text import capital, count, listed

MATRIX = "What we can do together"
SHORT = "What we are short of"
NOTHING_SHORT = "Nothing that can be shown falls short."
TO_LEARN = "What there is to learn"
TEACHING = "What groups could learn from each other"
LEANING = "What the plan leans on"
NONE = "–"
TOLD = 5
"""How many needs one page speaks of."""
MOST_GAPS = 2
"""How many gaps that lean on a skill are named."""
ASK_ABOUT_VIEWS = "If each of us does this as often as we say, what would a newcomer see?"


def matrix(report: RoundReport, stock: StockTake) -> Section:
    """All skills, in all together and in each group; of the one group or strand that the report is narrowed to, as far
    as it is."""
    rows = tuple(
        (one.skill.title, tuple(map(heat_cell, _cells(report, one))))
        for one in stock.skills
        if report.strand in (None, one.strand)
    )
    columns = tuple(report.title_of(one.cell) for one in _cells(report, stock.skills[0]))
    blocks: list[Block] = [HeatMap("Skills", columns, rows), Paragraph(_legend(report, stock), "quiet")]
    return Section("skills", MATRIX, tuple(blocks))


def _cells(report: RoundReport, stock: SkillStock) -> tuple[Coverage, ...]:
    return tuple(one for one in stock.cells if report.group in (None, one.cell))


def heat_cell(one: Coverage) -> HeatCell:
    """A verdict, or the score in its place."""
    if one.verdict is None:
        score = NONE if one.score is None else f"{one.score:.0f}"
        return HeatCell(one.coded.replace(" or more", "+") if one.coded else score)
    standing: Standing = "low" if one.falls_short else "reached"
    return HeatCell(one.verdict, standing)


def _legend(report: RoundReport, stock: StockTake) -> str:
    found = [one for skill in stock.skills for one in _cells(report, skill)]
    verdicts = {one.verdict for one in found}
    shown, of = stock.shown
    told = reading(verdicts)
    if report.group is None and of and shown < of:
        told.append(f"For groups, {shown} of {of} can be told.")
    return " ".join(told)


def reading(verdicts: Container[Verdict | None]) -> list[str]:
    """What the words of a matrix mean, as far as they are in it."""
    told = {
        "covered": "Covered: enough people do it reliably, by what they say of themselves.",
        "short": "Short: too few do.",
        "thin": "Thin: some do, and too few.",
        "missing": "Missing: nobody does, or most of those who need it don't.",
        None: "A number is a score from 0 to 100, where no more can be shown of a group; – means that nothing can.",
    }
    return [words for verdict, words in told.items() if verdict in verdicts]


def short(report: RoundReport, stock: StockTake) -> Section:
    """What falls short, with the behaviour that it rests on, what leans on it and what could be learnt."""
    needs = _needs(report, stock)
    blocks: list[Block] = [] if needs else [Paragraph(NOTHING_SHORT)]
    for need in needs[:TOLD]:
        blocks += _need(report, need)
    if len(needs) > TOLD:
        rest = listed(one.stock.skill.title for one in needs[TOLD:])
        blocks.append(Paragraph(f"Short as well: {rest}.", apart=True))
    brief = in_brief(report, stock).blocks if needs else ()
    return Section("short", SHORT, (*blocks, *(_alone(report) if needs else ())), on_slide=brief)


def in_brief(report: RoundReport, stock: StockTake) -> Section:
    """The same in a line each."""
    needs = _needs(report, stock)
    told = tuple(Bullet(f"{_short_of(report, one)}.", one.stock.skill.title) for one in needs)
    return Section("short", SHORT, (BulletList(told), *_alone(report)) if told else (Paragraph(NOTHING_SHORT),))


def _short_of(report: RoundReport, need: LearningNeed) -> str:
    """Where a skill falls short, and how much hangs on it."""
    told = where(need.stock, report_titles(report, need.stock))
    parts = []
    if need.actions:
        parts.append(f"{count(len(need.actions), 'action')} ({listed(one.id for one in need.actions)})")
    if need.gaps:
        parts.append(count(len(need.gaps), "gap"))
    lean = "leans" if len(need.actions) + len(need.gaps) == 1 else "lean"
    return f"{told}; {listed(parts)} {lean} on it" if parts else told


def to_learn(report: RoundReport, stock: StockTake) -> Section | None:
    """What each rests on, and what could be learnt; None where nothing falls short."""
    blocks = [block for need in _needs(report, stock) for block in _need(report, need)]
    return Section("to_learn", TO_LEARN, tuple(blocks)) if blocks else None


def _needs(report: RoundReport, stock: StockTake) -> list[LearningNeed]:
    """The skills that fall short in the one group or strand that the report is narrowed to, else anywhere."""
    return [one for one in _all_needs(report, stock) if report.strand in (None, one.stock.strand)]


def _all_needs(report: RoundReport, stock: StockTake) -> Sequence[LearningNeed]:
    if report.learning is not None and report.learning.skills.stock == stock:
        needs: Sequence[LearningNeed] = report.learning.needs
    else:
        needs = [LearningNeed(one, (), ()) for one in stock.short]
    if report.group is None:
        return needs
    narrowed = [replace(one, stock=_of_group(one.stock, report.group)) for one in needs]
    return [one for one in narrowed if one.stock.shortfall]


def _of_group(stock: SkillStock, group: str) -> SkillStock:
    """A skill of one group alone."""
    (cell,) = (one for one in stock.groups if one.cell == group)
    return replace(stock, all=cell, groups=())


def _need(report: RoundReport, need: LearningNeed) -> Iterator[Block]:
    skill = need.stock.skill
    yield Heading(skill.title, where(need.stock, report_titles(report, need.stock)))
    for said in filter(None, (least(need.stock), too_many(report, need.stock))):
        yield Paragraph(said)
    if leaning := leans(need):
        yield Paragraph(leaning)
    yield BulletList(tuple(_learning(report, need.stock)), tasks=True)


def _learning(report: RoundReport, stock: SkillStock) -> Iterator[Bullet]:
    """What could be learnt: an action for each group that falls short, said once where it is the same."""
    whom: dict[str, tuple[Action, list[str]]] = {}
    for cell in stock.short_in:
        action = _action(stock.skill, cell.cell)
        if action is not None and not (cell.cell == "all" and len(stock.short_in) > 1):
            whom.setdefault(action.id, (action, []))[1].append(cell.cell)
    for action, cells in whom.values():
        named = [] if cells == ["all"] else [report.title_of(one) for one in cells]
        yield Bullet(action.text, note=f"for {listed(named)}" if named else "")


def _action(skill: Skill, cell: str) -> Action | None:
    """The first action of a skill that suits the people of a cell, and needs no others."""
    group = None if cell in ("all", "pool") else GroupKey(cell)
    fitting = [one for one in skill.actions if (one.suits(group) if group else not one.groups)]
    return fitting[0] if fitting else None


def where(stock: SkillStock, titles: Mapping[str, str]) -> str:
    """Where a skill falls short: "thin among all, and short among Staff"."""
    told: dict[str, list[str]] = {}
    for one in stock.short_in:
        told.setdefault(one.verdict or "short", []).append(titles.get(one.cell, one.cell))
    return ", and ".join(f"{word} among {listed(whom)}" for word, whom in told.items())


def report_titles(report: RoundReport, stock: SkillStock) -> dict[str, str]:
    """What the cells of a skill are called."""
    return {one.cell: within_sentence(one.cell, report.title_of(one.cell)) for one in stock.cells}


def within_sentence(cell: str, title: str) -> str:
    """What a cell is called, within a sentence: "All" small, and groups as they are."""
    return title[:1].lower() + title[1:] if cell == "all" else title


def too_many(report: RoundReport, stock: SkillStock) -> str:
    """That more people are needed than there are, all together or in groups that fall short, so that these cannot cover
    a skill; "" where they are not."""
    needed = stock.skill.at_least or 0
    if needed > report.cell.n:
        return f"That is more than the {count(report.cell.n, 'person', 'people')} who answered, so it can't be covered."
    sizes = {one.id: one.n for one in report.groups}
    small = [report.title_of(one.cell) for one in stock.groups if one.falls_short and sizes[one.cell] < needed]
    return f"Fewer than that answered of {listed(small)}, so it can't be covered there." if small else ""


def least(stock: SkillStock) -> str:
    """Who needs a skill, and the behaviour that its verdict rests on; "" where nothing is told of all or of a group."""
    found = stock.all if stock.all.falls_short else next(iter(stock.short_in), stock.all)
    if found.least is None:
        return ""
    skill = stock.skill
    need = (
        "everyone needs it"
        if skill.need == "everyone"
        else f"it takes {count(skill.at_least or 0, 'person', 'people')}"
    )
    told = f"{capital(need)}. Least seen: “{found.least.text.rstrip('.')}”"
    if found.showing is None:
        return f"{told}."
    return f"{told} ({found.showing.reliably} of {found.showing.n} do so reliably)."


def leans(need: LearningNeed) -> str:
    """What hangs on a skill; "" where nothing does."""
    parts = []
    if need.actions:
        parts.append(f"{count(len(need.actions), 'action')} in the plan ({listed(one.id for one in need.actions)})")
    if need.gaps:
        titles = [f"“{one.node.title}”" for one in need.gaps]
        parts.append(f"{count(len(titles), 'gap')} of the partnership ({listed(titles, most=MOST_GAPS)})")
    return f"Leaning on it: {'; '.join(parts)}." if parts else ""


def _alone(report: RoundReport) -> Iterator[Block]:
    if report.learning is not None and report.learning.why_alone:
        yield Paragraph(report.learning.why_alone, "quiet", apart=True)


def is_told(report: RoundReport, one: Exchange) -> bool:
    """Whether an exchange is of the one group or strand that the report is narrowed to."""
    of = report.stock and report.stock.of(one.skill.id)
    return report.group in (None, *one.teachers, *one.learners) and report.strand in (None, of and of.strand)


def teaching(report: RoundReport, stock: StockTake) -> Section | None:
    """Which group has what another lacks, and how to bring them together; None where no group is known to."""
    told = []
    for one in stock.exchanges:
        if is_told(report, one):
            teachers = listed(report.title_of(id) for id in one.teachers)
            learners = listed(report.title_of(id) for id in one.learners)
            told.append(Bullet(f"{learners} could learn from {teachers}.", one.skill.title))
    if not told:
        return None
    together = (
        "Bring them together on a piece of work that needs it anyway: in pairs, one who does it beside one who would "
        "like to. Ask for volunteers; nobody is picked by their answers."
    )
    return Section("teaching", TEACHING, (BulletList(tuple(told)), Paragraph(together, "quiet")))


def views(stock: StockTake) -> Section | None:
    """Skills that most people see in themselves, and few in the partnership; None where there are none."""
    found = [(one.skill, one.views) for one in stock.skills if one.views is not None and one.views.differ]
    if not found:
        return None
    told = [Bullet(_seen(one), skill.title) for skill, one in found]
    why = (
        "People often see themselves in a better light than others see them, and they don't see all that others do. "
        "Either way it is worth a talk: what we say of ourselves is not yet something that others can count on."
    )
    ask = Paragraph(ASK_ABOUT_VIEWS, lead=TO_ASK)
    return Section("views", "I do, but do we?", (BulletList(tuple(told)), Paragraph(why), ask))


def _seen(one: Views) -> str:
    if one.shares is None:
        return "most answers say that I do, and few that we do."
    own, shared = one.shares
    return f"{100 * own:.0f} in 100 answers say that I do, {100 * shared:.0f} that we do."


def page(report: RoundReport) -> Iterator[Block]:
    """Everything about skills on one page of the screen: of a round about them, or what the plan of one about the
    partnership needs. First what fits into a large window: what people are short of, which actions lean on it, and who
    could teach it."""
    found: list[Section | None] = [leaning(report.learning)] if tells_plan(report) else []
    if report.stock is not None:
        yield from matrix(report, report.stock).blocks
        found = [in_brief(report, report.stock), teaching(report, report.stock), *found, to_learn(report, report.stock)]
        found += [views(report.stock), before(report)] if report.group is None else []
    for section in found:
        if section is not None:
            yield Heading(section.title)
            yield from section.blocks


def tells_plan(report: RoundReport) -> bool:
    """Whether it is told what the plan leans on: it is of all, so not with the stock-take of one group."""
    return report.group is None or report.stock is None


def summary(report: RoundReport) -> str:
    """How many skills fall short, and how much of the plan lacks some; "" where nothing is known."""
    told = []
    if report.stock is not None:
        number, among = len(_needs(report, report.stock)), len(report.stock.skills)
        where = " somewhere" if report.group is None and report.stock.skills[0].groups else ""
        fall = "falls" if number == 1 else "fall"
        told.append(f"{number} of {among} {fall} short{where}" if number else "none is known to fall short")
    if tells_plan(report) and report.learning is not None and report.learning.planned:
        told.append(_share_lacking(report.learning.skills, report.learning.planned))
    return "; ".join(told)


def before(report: RoundReport) -> Section | None:
    """What became of skills since the stock-take before, and what the benchmarks did that lean on them; None where
    there is none. No cause is claimed."""
    if report.learning is None or report.learning.before is None:
        return None
    found = report.learning.before
    told = []
    for says, title in (("covered now", "Covered now"), ("short now", "Short now"), ("still short", "Still short")):
        if some := [one.now.skill.title for one in found.moves if one.says == says]:
            told.append(Bullet(f"{'; '.join(some)}.", title))
    blocks: list[Block] = [BulletList(tuple(told))] if told else [Paragraph("What was covered then is covered now.")]
    if found.others:
        others = count(found.others, "skill was", "skills were")
        blocks.append(Paragraph(f"{capital(others)} asked about in another way then.", "quiet"))
    blocks += leaning_on_skills.beside(report.leaning, found.moves)
    return Section("skills_before", f"Skills since “{found.before.title}”", tuple(blocks))


def leaning(learning: Learning | None) -> Section | None:
    """Of each action that is still to be done, whether the skills are there that it needs: first what lacks some. None
    where no action of the plan needs a skill."""
    if learning is None or not learning.planned:
        return None
    in_order = sorted(learning.planned, key=lambda one: not learning.skills.lacking(one.skills))
    head = Paragraph(how_many_lack(learning.skills, learning.planned), "strong" if learning.at_risk else "plain")
    entries = tuple(Bullet(one.text, one.id, note=needed(learning.skills, one)) for one in in_order)
    return Section("leaning", LEANING, (head, BulletList(entries)))


def how_many_lack(skills: KnownSkills, planned: Sequence[Planned]) -> str:
    """How many of the actions that need skills need one that falls short."""
    if any(skills.lacking(one.skills) for one in planned):
        return f"{_share_lacking(skills, planned)}, by “{skills.asked.title}”."
    whose = "the action needs" if len(planned) == 1 else f"the {len(planned)} actions need"
    return f"By “{skills.asked.title}”, nothing that {whose} is known to fall short."


def _share_lacking(skills: KnownSkills, planned: Sequence[Planned]) -> str:
    """ "2 of 3 actions that need skills lack one"."""
    lacking = sum(bool(skills.lacking(one.skills)) for one in planned)
    need, lack = "needs" if len(planned) == 1 else "need", "lacks" if lacking == 1 else "lack"
    return f"{lacking} of {count(len(planned), 'action')} that {need} skills {lack} one"


def at_risk(learning: Learning | None) -> Section | None:
    """The same on a page about the partnership, in short: only the actions that lack a skill. None where there are
    none."""
    if learning is None or not learning.at_risk:
        return None
    entries = tuple(Bullet(one.text, one.id, note=lacking(learning.skills, one)) for one in learning.at_risk)
    intro = f"By “{learning.skills.asked.title}”, the plan needs skills that fall short."
    return Section("at_risk", LEANING, (Paragraph(intro), BulletList(entries)))


def lacking_at_a_glance(learning: Learning | None) -> Iterator[Bullet]:
    """The same in one line: each skill that the plan needs and that falls short, with the actions that need it."""
    if learning is None:
        return
    leaned_on = [(one.stock.skill, listed(it.id for it in one.actions)) for one in learning.needs if one.actions]
    told = [f"{skill.title} ({is_there(learning.skills, skill.id)}), for {actions}" for skill, actions in leaned_on]
    if told:
        yield Bullet(f"{'; '.join(told)}.", "Skills the plan is short of")


def lacking(skills: KnownSkills, planned: Planned) -> str:
    """The skills that an action needs and that fall short; "" where none do."""
    return "; ".join(f"{one.skill.title}: {is_there(skills, one.skill.id)}" for one in skills.lacking(planned.skills))


def needed(skills: KnownSkills, planned: Planned) -> str:
    """The skills that an action needs, each with whether it is there."""
    return "; ".join(f"{skills.titles.get(id, id)}: {is_there(skills, id)}" for id in planned.skills)


def is_there(skills: KnownSkills, id: str) -> str:
    """Whether a skill is there, to be read after its name: "covered", "short among Staff", "not shown"."""
    stock = skills.stock.of(id)
    if stock is None:
        return "not asked about"
    if stock.shortfall:
        return where(stock, {cell: within_sentence(cell, title) for cell, title in skills.cells.items()})
    return "covered" if stock.all.verdict == "covered" else "not shown"
