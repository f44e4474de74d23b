"""Each file in the folder broken/ is named by its fault, and exactly that is found, where it is."""

from pathlib import Path

import pytest
import tomli

from selfassess.definition.lint import ALLOWED
from selfassess.definition.loader import check, read
from selfassess.definition.loader import problems as problems_of
from selfassess.definition.toml_source import parse
from selfassess.errors import Problem, QuestionnaireError

BROKEN = Path(__file__).parent / "broken"

Told = tuple[str, int | None, int | None, str]
"""Code, line, column and place."""

EXPECTED: dict[str, list[Told]] = {
    "a-whole-part-misspelt": [("unknown-key", 6, 1, "group"), ("unknown-key", 25, 1, "meeting › benchmark")],
    "bad-condition": [
        ("bad-condition", 24, 1, "meeting › heard › show_if"),
        ("bad-condition", 25, 1, "meeting › heard › comment_if"),
    ],
    "bad-decimals": [("bad-decimals", 16, 1, "meeting › decimals")],
    "bad-id": [
        ("bad-id", 6, 1, "scales › I agree!"),
        ("bad-id", 14, 1, "Meeting-1 › id"),
        ("bad-id", 18, 1, "Meeting-1 › 3rd › id"),
    ],
    "bad-number": [
        ("bad-number", 10, 5, "scales › agree › points “Yes” › value"),
        ("bad-number", 16, 1, "meeting › weight"),
    ],
    "bad-range": [("bad-range", 25, 1, "meeting › heard › min")],
    "bad-share": [("bad-share", 7, 1, "scoring › min_answered"), ("bad-share", 19, 1, "meeting › min_answered")],
    "bad-weight": [("bad-weight", 16, 1, "meeting › weight"), ("bad-weight", 21, 1, "meeting › starts › weight")],
    "bands-start": [("bands-start", 7, 1, "bands “A” › from")],
    "blank-lines-only": [("empty", None, None, "")],
    "blank": [("blank", 4, 1, "title"), ("blank", 28, 13, "meeting › starts › wording › staff")],
    "condition-cycle": [("condition-cycle", 20, 1, "meeting › starts › show_if")],
    "condition-not-asked": [("condition-not-asked", 33, 1, "meeting › heard › show_if")],
    "condition-on-itself": [("condition-cycle", 20, 1, "meeting › starts › show_if")],
    "curly-quotation-marks": [("not-toml", 4, 9, "")],
    "date-where-text-belongs": [("wrong-type", 3, 1, "version")],
    "duplicate-band": [("duplicate-band", 15, 1, "bands “C” › from")],
    "duplicate-id-in-other-case": [
        ("bad-id", 22, 1, "meeting › Starts › id"),
        ("duplicate-id", 22, 1, "meeting › Starts › id"),
    ],
    "duplicate-id": [("duplicate-id", 22, 1, "meeting › starts › id")],
    "duplicate-value": [("duplicate-value", 10, 5, "scales › agree › points “Yes” › value")],
    "earlier-id-in-use": [
        ("id-in-use", 24, 1, "meeting › heard › same_as"),
        ("id-in-use", 29, 20, "meeting › agreed › was 2"),
    ],
    "earlier-id-not-well-formed": [
        ("bad-id", 24, 1, "meeting › heard › same_as"),
        ("bad-id", 29, 8, "meeting › agreed › was 1"),
        ("bad-id", 29, 15, "meeting › agreed › was 2"),
        ("blank", 34, 1, "meeting › ends › same_as"),
    ],
    "empty": [("empty", None, None, "")],
    "hidden-characters": [("hidden-characters", 5, 1, "about")],
    "huge-number": [("not-toml", 7, 1, "")],
    "id-of-a-scale-used-again": [("duplicate-id", 14, 1, "agree › id")],
    "id-too-long": [("bad-id", 18, 1, "meeting › meetings_that_start_on_time › id")],
    "items-left-out": [("items-left-out", 16, 1, "meeting › from")],
    "key-without-a-table-of-its-own": [("target-off-scale", 5, 9, "overall › target"), ("unknown-key", 6, 1, "notes")],
    "ladder-of-strands": [("ladder-of-strands", 7, 1, "overall › method")],
    "later-item": [("later-item", 20, 1, "meeting › starts › show_if")],
    "level-gap": [("level-gap", 16, 1, "meeting › method")],
    "lists-in-lists": [("wrong-type", 24, 11, "meeting › heard › groups 1")],
    "many-faults-at-once": [
        ("bad-id", 2, 1, "id"),
        ("wrong-type", 3, 1, "version"),
        ("blank", 4, 1, "title"),
        ("unknown-key", 5, 1, "sclae"),
        ("duplicate-value", 12, 42, "scales › agree › points “Yes” › value"),
        ("unordered-bands", 19, 1, "bands “Weak” › from"),
        ("duplicate-id", 28, 3, "meeting › meeting › id"),
        ("unknown-value", 30, 3, "meeting › meeting › method"),
        ("unknown-group", 35, 15, "meeting › meeting › starts › groups 1"),
        ("later-item", 36, 5, "meeting › meeting › starts › show_if"),
        ("missing-key", 38, 5, "meeting › meeting › heard › text"),
        ("wrong-type", 40, 5, "meeting › meeting › heard › weight"),
        ("unknown-scale", 41, 5, "meeting › meeting › heard › scale"),
    ],
    "met-off-scale-of-benchmarks": [("met-off-scale", 18, 1, "meeting › met")],
    "met-off-scale": [("met-off-scale", 17, 1, "meeting › met")],
    "missing-key": [("missing-key", 17, 1, "meeting › items 1 › id")],
    "nested-too-deeply": [("not-toml", None, None, "")],
    "newer-format": [("newer-format", 1, 1, "format")],
    "no-benchmarks": [("no-benchmarks", 7, 1, "overall › from"), ("no-benchmarks", 19, 1, "meeting › from")],
    "no-closing-quotation-mark": [("not-toml", 4, 27, "")],
    "bad-need": [
        ("bad-need", 21, 1, "meeting › listen › at_least"),
        ("bad-need", 35, 1, "meeting › speak › need"),
        ("bad-need", 50, 1, "meeting › write › at_least"),
        ("bad-need", 65, 1, "meeting › plan › shown_from"),
        ("value-off-scale", 79, 1, "meeting › read › shown_from"),
    ],
    "need-of-a-benchmark": [
        ("misplaced-key", 20, 1, "meeting › listen › need"),
        ("misplaced-key", 21, 1, "meeting › listen › shown_from"),
    ],
    "no-behaviour": [("no-behaviour", 20, 1, "meeting › listen › need")],
    "no-need": [
        ("no-need", 20, 1, "meeting › listen › at_least"),
        ("no-need", 21, 1, "meeting › listen › shown_from"),
    ],
    "no-shown-from": [("no-shown-from", 20, 1, "meeting › listen › need")],
    "no-items": [("no-items", 13, 1, "meeting"), ("no-items", 21, 1, "paper › meet_well")],
    "no-ladder": [
        ("no-ladder", 16, 1, "meeting › met"),
        ("no-ladder", 21, 1, "meeting › starts › level"),
        ("no-ladder", 22, 1, "meeting › starts › met"),
    ],
    "no-level": [("no-level", 24, 1, "meeting › heard › level")],
    "no-met": [("no-met", 16, 1, "meeting › method")],
    "no-own-units": [("no-own-units", 23, 1, "meeting › units")],
    "no-points": [("no-points", 25, 1, "meeting › heard › scale"), ("no-points", 26, 1, "meeting › heard › reverse")],
    "no-scale": [("no-scale", None, None, "scales")],
    "no-score": [
        ("no-score", 8, 1, "overall › target"),
        ("no-score", 9, 1, "overall › bands"),
        ("no-score", 29, 1, "meeting › targets"),
    ],
    "no-skills-from": [("no-skills-from", 32, 1, "meeting › meet_well › agenda › skills")],
    "no-strands": [("no-strands", 5, 1, "strands")],
    "no-sum": [("no-sum", 16, 1, "meeting › when_missing")],
    "not-a-finite-number": [("wrong-type", 7, 1, "scoring › target")],
    "not-a-text": [("not-a-text", 20, 1, "meeting › starts › collects")],
    "not-a-number": [
        ("not-a-number", 20, 1, "meeting › starts › max"),
        ("not-a-number", 21, 1, "meeting › starts › unit"),
    ],
    "not-comparable-with-many": [("not-comparable", 25, 1, "meeting › heard › show_if")],
    "not-comparable": [
        ("not-comparable", 25, 1, "meeting › heard › show_if"),
        ("not-comparable", 30, 1, "meeting › ends › show_if"),
    ],
    "not-open": [("not-open", 24, 1, "meeting › heard › kind")],
    "not-utf-8": [("not-utf-8", 5, 23, "")],
    "nothing-but-a-title": [
        ("missing-key", None, None, "format"),
        ("missing-key", None, None, "id"),
        ("missing-key", None, None, "version"),
        ("missing-key", None, None, "strands"),
    ],
    "number-where-a-list-belongs": [("wrong-type", 28, 1, "meeting › starts › groups")],
    "number-where-text-belongs": [("wrong-type", 3, 1, "version")],
    "numbers-where-points-belong": [
        ("wrong-type", 7, 11, "scales › agree › points 1"),
        ("wrong-type", 7, 14, "scales › agree › points 2"),
    ],
    "older-format": [("unknown-value", 1, 1, "format")],
    "one-table-where-several-belong": [("wrong-type", 13, 1, "strands")],
    "reserved-id": [("reserved-id", 14, 1, "overall › id")],
    "same-and-made": [("same-and-made", 25, 1, "meeting › heard › was")],
    "same-key-twice": [("not-toml", 5, 16, "")],
    "same-table-twice": [("not-toml", 9, 9, "")],
    "several-scales-and-none-named": [("no-scale", 24, 1, "meeting › starts › scale")],
    "same-twice": [("same-twice", 29, 1, "meeting › spoke › same_as")],
    "skills-from-a-path": [("bad-id", 5, 1, "skills_from")],
    "skills-not-found": [("skills-not-found", 5, 1, "skills_from")],
    "target-off-scale": [
        ("target-off-scale", 15, 1, "scoring › target"),
        ("target-off-scale", 28, 1, "meeting › target"),
        ("target-off-scale", 29, 13, "meeting › targets › staff"),
        ("target-off-scale", 38, 1, "meeting › meet_well › target"),
    ],
    "text-where-a-list-belongs": [("wrong-type", 28, 1, "meeting › starts › groups")],
    "text-where-a-number-belongs": [("wrong-type", 20, 1, "meeting › starts › weight")],
    "text-where-a-table-belongs": [
        ("wrong-type", 5, 1, "scoring"),
        ("wrong-type", 21, 1, "meeting › starts › wording"),
    ],
    "too-few-points-left": [("too-few-points", 20, 1, "meeting › starts › not_applicable_values")],
    "too-few-points": [("too-few-points", 7, 1, "scales › agree › points")],
    "too-long": [("too-long", 5, 1, "about")],
    "too-long-title": [("too-long", 4, 1, "title")],
    "too-many": [("too-many", 13, 1, "groups")],
    "too-many-points": [("too-many-points", 7, 1, "scales › agree › points")],
    "two-bands-of-one-name": [("duplicate-band", 12, 1, "bands “A” › title")],
    "unclosed-list": [("not-toml", 10, 3, "")],
    "unknown-group": [
        ("unknown-group", 25, 13, "meeting › targets › bord"),
        ("unknown-group", 30, 20, "meeting › starts › groups 2"),
        ("unknown-group", 35, 13, "meeting › heard › wording › external"),
    ],
    "unknown-item": [
        ("unknown-item", 24, 1, "meeting › heard › show_if"),
        ("unknown-item", 24, 1, "meeting › heard › show_if"),
    ],
    "unknown-key-at-the-head": [("unknown-key", 1, 1, "titel")],
    "unknown-key": [("unknown-key", 20, 1, "meeting › starts › txt")],
    "unknown-scale": [("unknown-scale", 16, 1, "meeting › scale"), ("unknown-scale", 25, 1, "meeting › heard › scale")],
    "unknown-skill": [("unknown-skill", 33, 24, "meeting › meet_well › agenda › skills 2")],
    "unknown-value": [("unknown-value", 20, 1, "meeting › starts › kind")],
    "unknown-warning": [("unknown-warning", 20, 10, "meeting › starts › allow 1")],
    "unordered-bands": [("unordered-bands", 15, 1, "bands “C” › from")],
    "unordered-points": [("unordered-points", 7, 1, "scales › agree › points")],
    "unreachable-band-of-a-sum": [
        ("unreachable-band", 18, 42, "meeting › bands “Low” › from"),
        ("unreachable-band", 18, 101, "meeting › bands “Full” › from"),
    ],
    "unreachable-band": [("unreachable-band", 15, 1, "bands “C” › from")],
    "unused-wording": [("unused-wording", 29, 13, "meeting › starts › wording › staff")],
    "misplaced-key": [("misplaced-key", 33, 1, "meeting › meet_well › clock › scale")],
    "benchmark-key-below-its-items": [("misplaced-key", 29, 1, "meeting › meet_well › ends › target")],
    "items-without-a-parent": [("misplaced-key", 21, 1, "items")],
    "scoring-key-at-the-head": [("misplaced-key", 5, 1, "target")],
    "newer-toml": [("newer-toml", 9, 4, ""), ("newer-toml", 11, 21, ""), ("newer-toml", 13, 29, "")],
    "no-break-space": [("not-toml", 22, 1, "")],
    "zero-width-space": [("not-toml", 4, 3, "")],
    "actions-of-a-strand": [("actions-of-a-strand", 29, 1, "meeting › actions")],
    "own-units": [("own-units", 16, 1, "meeting › target"), ("own-units", 22, 1, "meeting › meet_well › bands")],
    "bands-of-a-sum-without-units": [("bands-start", 20, 12, "meeting › bands “Poor” › from")],
    "too-few-decimals": [
        ("too-few-decimals", 21, 1, "meeting › target"),
        ("too-few-decimals", 22, 43, "meeting › bands “Middle” › from"),
    ],
    "condition-never": [("condition-never", 24, 1, "meeting › heard › show_if")],
    "condition-always": [
        ("condition-always", 24, 1, "meeting › heard › show_if"),
        ("condition-always", 25, 1, "meeting › heard › comment_if"),
    ],
    "same-label": [("same-label", 10, 16, "scales › agree › points “Yes” › label")],
    "same-title": [("same-title", 12, 1, "staff › title")],
    "no-answer-scored": [("no-answer-scored", 11, 16, "scales › agree › points “Don't know” › label")],
    "agreeing-scores-low": [("agreeing-scores-low", 7, 1, "scales › agree › points")],
    "value-off-scale": [
        ("value-off-scale", 20, 26, "meeting › starts › not_applicable_values 1"),
        ("value-off-scale", 25, 1, "meeting › heard › show_if"),
        ("value-off-scale", 36, 1, "meeting › meet_well › done › met"),
    ],
}

WARNINGS = {
    *("agreeing-scores-low", "condition-always", "condition-never", "condition-not-asked", "hidden-characters"),
    *("no-answer-scored", "own-units", "same-label", "same-title", "skills-not-found", "too-few-decimals"),
    "unused-wording",
}
UNPLACED = {"empty", "not-utf-8", "not-toml", "newer-toml"}


def problems(name: str) -> list[Problem]:
    return check(BROKEN / f"{name}.toml")


def test_each_broken_file_has_its_expectation() -> None:
    assert {path.stem for path in BROKEN.iterdir()} == set(EXPECTED)


def test_there_is_a_broken_file_for_every_code(codes: frozenset[str], craft_codes: frozenset[str]) -> None:
    elsewhere = {"not-readable", "too-large", "no-word-list"}  # a missing file, one of 10 MB, another language
    elsewhere |= {"same-version", "other-id"}  # of two files
    found = {code for told in EXPECTED.values() for code, *_ in told}
    assert found - craft_codes == codes - craft_codes - elsewhere


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_has_exactly_these_problems_at_these_places(name: str) -> None:
    told = [(problem.code, problem.line, problem.column, problem.place) for problem in problems(name)]
    assert told == EXPECTED[name]


def test_every_warning_about_one_file_can_be_silenced_at_its_head(craft_codes: frozenset[str]) -> None:
    assert WARNINGS | craft_codes | {"no-word-list"} == set(ALLOWED)


@pytest.mark.parametrize("name", [name for name, told in EXPECTED.items() if {code for code, *_ in told} <= WARNINGS])
def test_a_warning_is_silent_where_the_head_allows_it(name: str) -> None:
    text = (BROKEN / f"{name}.toml").read_text(encoding="utf-8")
    for code in {code for code, *_ in EXPECTED[name]}:
        allowing = text.replace("format = 1\n", f'format = 1\nallow = ["{code}"]\n', 1)
        assert code not in [problem.code for problem in problems_of(parse(f"{name}.toml", allowing.encode()))]


def test_every_problem_says_what_is_wrong_and_what_to_do() -> None:
    told = [(name, problem) for name in EXPECTED for problem in problems(name)]
    assert {name for name, _ in told} == {*EXPECTED}
    for name, problem in told:
        assert problem.file == str(BROKEN / f"{name}.toml")
        assert problem.message.endswith((".", "?"))
        assert not problem.message[0].islower()
        assert problem.hint
        assert "None" not in problem.message + problem.hint
        assert "class" not in problem.message + problem.hint
        assert problem.severity == ("warning" if problem.code in WARNINGS else "error")


def last_word(problem: Problem) -> str:
    return problem.place.split(" › ")[-1].split()[0]


OF_THE_WHOLE_FILE = ["no-scale", "nothing-but-a-title"]
"""What is missing there is missing in no table in particular."""
PLACED = [
    name for name, told in EXPECTED.items() if told[0][0] not in UNPLACED and name not in ["bad-id", *OF_THE_WHOLE_FILE]
]


def test_the_place_of_a_problem_is_the_key_or_the_head_of_the_table_that_lacks_it() -> None:
    for name in PLACED:
        lines = (BROKEN / f"{name}.toml").read_bytes().decode().split("\n")
        placed = [(one, one.line, one.column) for one in problems(name) if one.line and one.column]
        assert placed, name
        for problem, line, column in placed:
            here = lines[line - 1][column - 1 :]
            assert here.startswith((last_word(problem), "[", "{", '"')) or here[0].isdigit(), (name, problem)


@pytest.mark.parametrize("name", OF_THE_WHOLE_FILE)
def test_what_the_whole_file_lacks_has_no_line(name: str) -> None:
    assert {(problem.line, problem.column) for problem in problems(name)} == {(None, None)}


def test_what_is_told_of_the_files_that_are_not_toml_is_what_stops_a_reader() -> None:
    for name, told in EXPECTED.items():
        content = (BROKEN / f"{name}.toml").read_bytes()
        if told[0][0] == "newer-toml":  # some versions of tomli take it
            with pytest.raises(QuestionnaireError):
                read(BROKEN / f"{name}.toml")
        elif told[0][0] in UNPLACED:
            with pytest.raises(QuestionnaireError):
                parse(name, content)
        else:
            assert tomli.loads(content.decode())


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("unknown-key", "“txt” is not a key of an item.", "Did you mean “text”?"),
        ("unknown-scale", "There is no scale “agreee” in this file.", "Did you mean “agree”?"),
        (
            "number-where-a-list-belongs",
            "“groups” must be a list of texts, not the number 5.",
            'Such as groups = ["board", "staff"].',
        ),
        (
            "text-where-a-list-belongs",
            "“groups” must be a list of texts, not “board”.",
            'Put it in square brackets: groups = ["board"].',
        ),
        (
            "number-where-text-belongs",
            "“version” must be text in quotation marks, not the number 2026.1.",
            'Put it in quotation marks: version = "2026.1".',
        ),
        (
            "one-table-where-several-belong",
            "“strands” must be a list of tables, not a table.",
            "Begin each of them with [[strands]].",
        ),
        (
            "duplicate-id",
            "The id “starts” is used twice: here and in the item “Our meetings start on time”.",
            "Give one of them another id.",
        ),
        ("bands-start", "Scores from 0 to 10 have no band.", "Let the first band start from 0."),
        (
            "unreachable-band",
            "No score can be in this band: the highest possible is 100.",
            "Change the edge, or take a band out.",
        ),
        (
            "misplaced-key",
            ("“scale” is not a key of an action, but of the head of the file, a strand, a benchmark and an item."),
            (
                "Everything below [[strands.benchmarks.actions]] is part of an action. Move it up to just below "
                "[[strands.benchmarks]] (line 17)."
            ),
        ),
        (
            "items-without-a-parent",
            "“items” is not a key of the head of the file, but of a strand and a benchmark.",
            "Write [[strands.items]] or [[strands.benchmarks.items]].",
        ),
        (
            "no-break-space",
            "This is not TOML: a no-break space (U+00A0) is here, which only looks like a space.",
            "Type an ordinary space instead.",
        ),
        (
            "zero-width-space",
            "This is not TOML: a zero-width space (U+200B) is here, which nobody can see.",
            "Take it out: delete this line and type it again.",
        ),
        (
            "newer-toml",
            "This is TOML 1.1, which not every program reads: a table in { } on several lines.",
            "Join its lines; or give it a head of its own, such as [scoring] or [[strands]].",
        ),
        (
            "bands-of-a-sum-without-units",
            "Scores from 0 to 2 have no band.",
            (
                'Write units = "own" here if the score\'s own units are meant, 2 to 6. '
                "If not, let the first band start from 0."
            ),
        ),
        (
            "own-units",
            "The target 2.5 would fit this score in its own units, 1 to 3, but it is read on 0 to 100.",
            'Write units = "own" if its own units are meant, units = "points" if 0 to 100 is.',
        ),
        (
            "later-item",
            "“heard” comes later, so it is not answered yet.",
            "Use earlier items, or change their order.",
        ),
        (
            "condition-cycle",
            "The item depends on “heard”, which depends on “starts”.",
            "Take one of these conditions out.",
        ),
        (
            "newer-format",
            "The file's format is 2; this program reads format 1.",
            "Upgrade selfassess, or ask the author of the file for one of format 1.",
        ),
    ],
)
def test_what_is_said_reads_well_aloud(name: str, message: str, hint: str) -> None:
    first = problems(name)[0]
    assert (first.message, first.hint) == (message, hint)
