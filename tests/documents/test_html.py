"""The page of HTML, a round's or one person's: whole, safe, and readable without seeing or colour."""

import re
import time
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from selfassess.documents.blocks import COLOURS, INK
from selfassess.documents.personal import document as own_handout
from selfassess.documents.render_html import to_html
from selfassess.documents.round.report import document as handout
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import Comment
from selfassess.model.round import Agreed
from selfassess.services.reports import own_report
from tests.documents.test_page import answered
from tests.services.made import made_report, plain_report
from tests.snapshots import matches

HERE = Path(__file__).parent / "snapshots"
ATTACK = "<script>alert('x')</script> \"quoted\" ' onload=x & \x1b[31mred\x07\u202e {{ 7*7 }} {% raw %} </svg></title>"
VOID = {"meta", "line", "path", "circle", "rect", "link", "br"}


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and "style" not in self.open:
            self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def report(partnership: Edition) -> RoundReport:
    return made_report(partnership)


@pytest.fixture(scope="module", params=["round", "own"])
def page(request: pytest.FixtureRequest, report: RoundReport, partnership: Edition) -> str:
    """The page of a round, and that of one person."""
    if request.param == "round":
        return to_html(handout(report))
    return to_html(own_handout(own_report(partnership, answered(partnership))))


def test_all_that_can_be_read_is_there(report: RoundReport) -> None:
    matches(HERE / "round_html.txt", "\n".join(Outline(to_html(handout(report))).texts) + "\n")


def test_one_persons_page_has_all_that_the_minutes_have(partnership: Edition) -> None:
    mine = own_report(partnership, answered(partnership))
    texts = Outline(to_html(own_handout(mine))).texts
    matches(HERE / "page_html.txt", "\n".join(texts) + "\n")
    assert "[/] [bold]x[/bold] [@click=app.exit]y[/] | *z* <b> # `q` - not a list" in texts
    assert sum("(scored" in text for text in texts) == len(mine.gaps) > len(mine.widest)


def test_a_round_without_groups_has_its_page(report: RoundReport) -> None:
    page = to_html(handout(plain_report()))
    assert "Turned round" in page
    assert Outline(page).open == []


def test_tags_are_closed_ids_are_unique_and_headings_are_in_order(page: str) -> None:
    outline = Outline(page)
    assert outline.open == []
    ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    named = [one for _, attributes in outline.tags for one in (attributes.get("aria-labelledby") or "").split()]
    assert set(named) <= set(ids)
    assert {str(attributes["href"])[1:] for tag, attributes in outline.tags if tag == "a"} <= set(ids)
    levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_pictures_have_words_and_tables_beside_them(page: str) -> None:
    outline = Outline(page)
    tags = [tag for tag, _ in outline.tags]
    named = [attributes for tag, attributes in outline.tags if tag == "svg" and attributes.get("role") == "img"]
    assert all(one["aria-labelledby"] for one in named)
    assert tags.count("desc") == len(named)
    beside = re.findall(
        r'<li[^>]*>\n<span class="title">[^<]+</span>\n<span class="value">[^<]+</span>\n'
        r'<svg class="line" aria-hidden="true"',
        page,
    )
    assert len(beside) == page.count('aria-hidden="true" width="100%"') > 10
    assert tags.count("svg") == len(named) + len(beside) + page.count('class="apart"')
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in outline.tags if tag == "th")
    assert tags.count("caption") == tags.count("table")
    assert ("html", {"lang": "en"}) in outline.tags


def test_a_language_from_right_to_left_is_set_so(report: RoundReport) -> None:
    page = handout(report)
    for language, is_so in (("ar", True), ("he-IL", True), ("en", False)):
        assert ('dir="rtl"' in to_html(replace(page, language=language))[:200]) == is_so


def test_nothing_runs_and_nothing_comes_from_elsewhere(page: str) -> None:
    outline = Outline(page)
    assert not {"script", "link", "img", "iframe", "object", "form"} & {tag for tag, _ in outline.tags}
    assert all(str(attributes["href"]).startswith("#") for tag, attributes in outline.tags if tag == "a")
    assert not re.search(r"https?:|//|url\(|@import|@font-face|javascript:", page)
    assert not [name for _, attributes in outline.tags for name in attributes if name.startswith("on")]


def test_what_people_and_files_wrote_stays_text(report: RoundReport) -> None:
    questionnaire = report.questionnaire
    strand = questionnaire.strands[0]
    benchmark = replace(strand.benchmarks[0], title=ATTACK, discuss=ATTACK)
    benchmark = replace(benchmark, items=tuple(replace(item, text=ATTACK) for item in benchmark.items))
    strand = replace(strand, title=ATTACK, benchmarks=(benchmark, *strand.benchmarks[1:]))
    hostile = replace(
        questionnaire,
        title=ATTACK,
        source=ATTACK,
        language='en"><script>',
        groups=tuple(replace(group, title=ATTACK) for group in questionnaire.groups),
        strands=(
            replace(strand, title=ATTACK, benchmarks=(benchmark, *strand.benchmarks[1:])),
            *questionnaire.strands[1:],
        ),
    )
    said = replace(report.results, comments={"leadership": (Comment("vision", ATTACK), Comment("leadership", ATTACK))})
    attacked = replace(
        report,
        edition=replace(report.edition, questionnaire=hostile),
        round=replace(report.round, title=ATTACK),
        summary=replace(report.summary, rounds=(said,)),
        agreed={"vision": Agreed(node="vision", score=60, why=ATTACK)},
    )
    page = to_html(handout(attacked))
    outline = Outline(page)
    plain = Outline(to_html(handout(report)))
    assert outline.open == []
    assert {tag for tag, _ in outline.tags} == {tag for tag, _ in plain.tags}
    assert "<script" not in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page)
    assert "49" not in [text.strip() for text in outline.texts if "7*7" in text]
    assert any("<script>alert('x')</script>" in text for text in outline.texts)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2 has it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_everything_written_stands_out_in_light_in_the_dark_and_on_paper(page: str) -> None:
    assert all(contrast(ground, ink) >= 4.5 for ground, ink in zip(COLOURS, INK, strict=True))
    style = page.partition("<style>")[2].partition("</style>")[0]
    sets = [dict(re.findall(r"--(\w+): (#\w{6});", one)) for one in re.findall(r":root {([^}]+)}", style)]
    assert len(sets) == 3
    for colours in sets:
        assert all(contrast(colours[ink], colours["ground"]) >= 4.5 for ink in ("ink", "quiet"))
        assert all(contrast(colours[mark], colours["ground"]) >= 3 for mark in ("rule", "range"))
    assert sets[0] == sets[2], "paper is light"
    assert not re.search(r"color: #|(fill|stroke): #", style), "every colour has its like in the dark"


def test_what_says_nothing_has_neither_column_nor_words(page: str, request: pytest.FixtureRequest) -> None:
    is_own = "[own" in request.node.name
    for said in ("If the others think like those who answered", "The thick grey line", ">Have a score<", ">Views<"):
        assert (said in page) != is_own
    assert "The dashed line is the target." in page
    assert ("A bar is a score" in page) == is_own
    assert ("A dot is a score" in page) != is_own


def test_it_is_made_in_well_under_a_second(report: RoundReport) -> None:
    start = time.perf_counter()
    to_html(handout(report))
    assert time.perf_counter() - start < 1
