"""The two shipped questionnaires: sound, complete, and in their own words."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import tomli

from selfassess.definition.library import SUMS, checked, find, shipped, skill_titles
from selfassess.definition.loader import check, read
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft, Form
from selfassess.paths import questionnaires
from selfassess.sitting.steps import minutes

HERE = Path(__file__).parent
NAMES = ("partnership", "skills")
FORMS: tuple[Form, Form] = ("full", "short")

SKILLS = {
    "leadership": ("consultation", "benefits_risks", "consensus"),
    "organisation": ("relationships", "expectations", "communications_skill"),
    "performance": ("team_building", "roles_tasks", "using_technology"),
    "learning": ("networking", "diagnosing", "facilitation"),
}
"""The ids that actions name, strand by strand in the order of section 7."""


@pytest.fixture(scope="session")
def main(shipped: Edition) -> Questionnaire:
    return shipped.questionnaire


@pytest.fixture(scope="session")
def skilled(skills: Edition) -> Questionnaire:
    return skills.questionnaire


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_file_passes_check_without_a_warning(name: str) -> None:
    assert [str(problem) for problem in check(find(name))] == []


def test_the_sums_are_those_of_the_files_that_passed() -> None:
    sums = {
        line.split()[1]: line.split()[0] for line in (questionnaires() / SUMS).read_text(encoding="ascii").splitlines()
    }
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in questionnaires().glob("*.toml")}
    assert sums == now, "A file changed. If it passes check: (cd questionnaires && sha256sum *.toml > SHA256SUMS)"
    assert checked() == set(now.values())


def test_the_shipped_questionnaires_are_listed_with_the_main_one_first(main: Questionnaire) -> None:
    assert tuple(listed.id for listed in shipped()) == NAMES
    assert shipped()[0].title == main.title
    for listed in shipped():
        assert tomli.loads(listed.path.read_text(encoding="utf-8"))["id"] == listed.id


def test_there_are_seventeen_benchmarks_in_four_strands(main: Questionnaire) -> None:
    assert len(main.strands) == 4
    assert sum(len(strand.benchmarks) for strand in main.strands) == 17


def test_a_group_that_is_asked_about_a_benchmark_is_asked_two_or_three_items(main: Questionnaire) -> None:
    for group in main.groups:
        asked = {
            node.id: sum(item.asks(group.id) for item in node.items)
            for strand in main.strands
            for node in strand.benchmarks
        }
        assert set(asked.values()) <= {0, 2, 3}
        assert [id for id, number in asked.items() if not number] == (["structure"] if group.id == "external" else [])
        assert 40 <= sum(asked.values()) <= 44


def test_an_id_that_is_gone_is_not_used_again(main: Questionnaire) -> None:
    gone = {"added_value_worth", "openness_talk", "accountability_back", "objectives_who", "coordination_settled"}
    gone |= {"coordination_held", "roles_others", "lessons_use"}
    assert not gone & {item.id for item in main.items}
    assert {id for item in main.items for id in item.was} <= gone


def test_what_happened_is_not_answered_with_agreement(main: Questionnaire) -> None:
    for item in main.items:
        if item.has_figures:
            scale = main.scale_of(item)
            happened = re.match(r"In the last |I have (seen|heard)|I can name |When I joined |I agreed ", item.text)
            assert (scale is main.scales["yes_no"]) == bool(happened), item.id
            # what happens again and again
            again = re.match(r"When |Before |By the end ", item.text)
            assert not again or scale in (main.scales["yes_no"], main.scales["often"]), item.id


def test_every_action_of_the_source_is_there_by_its_section(main: Questionnaire) -> None:
    actions = [action for strand in main.strands for node in strand.benchmarks for action in node.actions]
    named = Counter(action.source[:3] for action in actions if action.source != "ours")
    assert named == {"6.1": 31, "6.2": 15, "6.3": 22}
    group = {"6.1": "board", "6.2": "staff", "6.3": "external"}
    for action in actions:
        assert action.source == "ours" or re.fullmatch(r"6\.[123]\.[1-4]", action.source)
        if action.source != "ours":
            assert action.groups == (group[action.source[:3]],)


def test_an_action_stands_in_the_strand_of_its_section(main: Questionnaire) -> None:
    for number, strand in enumerate(main.strands, start=1):
        for node in strand.benchmarks:
            assert all(action.source == "ours" or action.source[-1] == str(number) for action in node.actions)


@pytest.mark.parametrize("name", NAMES)
def test_every_group_that_is_asked_has_an_action_when_it_falls_short(
    name: str, main: Questionnaire, skilled: Questionnaire
) -> None:
    questionnaire = {"partnership": main, "skills": skilled}[name]
    for strand in questionnaire.strands:
        for node in strand.middle:
            for group in questionnaire.groups:
                if any(item.asks(group.id) for item in node.items):
                    assert any(action.when == "gap" and action.suits(group.id) for action in node.actions), node.id


def test_every_group_is_asked_something_in_every_strand(main: Questionnaire) -> None:
    assert [group.id for group in main.groups] == ["board", "staff", "external"]
    for strand in main.strands:
        for group in main.groups:
            assert any(item.asks(group.id) for node in strand.benchmarks for item in node.items)


def test_each_strand_ends_with_two_open_questions(main: Questionnaire) -> None:
    for strand in main.strands:
        assert [question.kind for question in strand.questions] == ["text", "text"]
        assert strand.all_items[-2:] == strand.questions


def test_the_short_form_has_two_open_questions_and_takes_a_few_minutes(main: Questionnaire) -> None:
    for group in main.groups:
        asked = offered(main, group.id, "short")
        assert [item.id for item in asked if item.is_in_words] == ["performance_works", "performance_hinders"]
        found = {form: minutes(main, Draft(questionnaire="", group=group.id, form=form)) for form in FORMS}
        assert found["short"] <= 4
        assert 10 <= found["full"] <= 12


def test_the_short_form_asks_once_for_each_benchmark(main: Questionnaire) -> None:
    for strand in main.strands:
        for node in strand.benchmarks:
            assert sum(item.short for item in node.items) == 1, node.id


def test_there_are_twelve_skills_with_the_ids_that_actions_name(main: Questionnaire, skilled: Questionnaire) -> None:
    assert {strand.id: tuple(skill.id for skill in strand.skills) for strand in skilled.strands} == SKILLS
    for strand in skilled.strands:
        assert all(skill.source == f"7.{list(SKILLS).index(strand.id) + 1}" for skill in strand.skills)
        assert all(len(skill.behaviours) in (2, 3) and skill.actions for skill in strand.skills)
    assert set(skill_titles(main)) == {skill for skills in SKILLS.values() for skill in skills}


def test_every_skill_is_what_some_action_needs(main: Questionnaire) -> None:
    named = {
        skill
        for strand in main.strands
        for node in strand.benchmarks
        for action in node.actions
        for skill in action.skills
    }
    assert named == {skill for skills in SKILLS.values() for skill in skills}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_says_that_the_scoring_is_ours(name: str, main: Questionnaire, skilled: Questionnaire) -> None:
    assert "scoring" in {"partnership": main, "skills": skilled}[name].source
    assert "ours" in {"partnership": main, "skills": skilled}[name].source


STIFF = r"(?i)\bwhom\b|\bwhoever\b|\bsettles\b|\bmend\b|nobody can be recognised|what became of"
"""What nobody says aloud."""


@pytest.mark.parametrize("name", NAMES)
def test_it_reads_like_somebody_speaking(name: str) -> None:
    said = texts(tomli.loads(find(name).read_text(encoding="utf-8")))
    assert [text for text in said if re.search(STIFF, text)] == []


def test_a_partner_is_explained_before_the_first_question_that_speaks_of_one(main: Questionnaire) -> None:
    assert "A partner is anyone who takes part" in main.about
    for group, form in product(main.groups, FORMS):
        asked = offered(main, group.id, form)
        first = next(item for item in asked if re.search(r"\bpartners?\b", item.words(group.id)))
        assert first.help.startswith("A partner is anyone who takes part")


# ------------------------------------------------------------------------------------------------------------
# In their own words. source_shingles.txt holds, for every run of five words of the source, the first eight
# hexadecimal digits of its SHA-256: enough to know a run again, and no way to read the source.

RUN = 5


def words(text: str) -> list[str]:
    """Letters only, small, without apostrophes."""
    return re.findall(r"[^\W\d_]+", re.sub(r"['’]", "", text).lower())


def shingles(text: str) -> dict[str, str]:
    """Every run of five words, by the mark that it leaves."""
    said = words(text)
    runs = (" ".join(said[start : start + RUN]) for start in range(len(said) - RUN + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:8]: run for run in runs}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for held in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(held)


@pytest.fixture(scope="module")
def source() -> frozenset[str]:
    return frozenset((HERE / "source_shingles.txt").read_text(encoding="ascii").split())


def test_a_run_of_five_words_is_known_again(source: frozenset[str]) -> None:
    assert len(source) > 5_000
    assert all(re.fullmatch("[0-9a-f]{8}", mark) for mark in source)
    assert source & shingles("It improves the quality of life, they say.").keys()
    assert not source & shingles("The quick brown fox jumps over the lazy dog").keys()


@pytest.mark.parametrize("name", NAMES)
def test_no_run_of_five_words_is_taken_from_the_source(name: str, source: frozenset[str]) -> None:
    text = find(name).read_text(encoding="utf-8")
    comments = re.sub(r"(?m)^\s*#", "", "\n".join(re.findall(r"(?m)^\s*#.*$", text)))
    for said in (*texts(tomli.loads(text)), comments):
        found = shingles(said)
        assert [found[mark] for mark in sorted(source & found.keys())] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_short_form_is_short(name: str) -> None:
    edition = read(find(name))
    for group in edition.questionnaire.groups:
        asked = offered(edition.questionnaire, group.id, "short")
        assert sum(item.is_in_words for item in asked) <= 2
        assert minutes(edition.questionnaire, Draft(questionnaire="", group=group.id, form="short")) <= 4
