"""A file in, an edition out, or every problem it has; and nothing that anybody writes is a crash."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import tomli
import tomli_w
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.definition import library, loader
from selfassess.definition.loader import MOST_TOLD, check, problems, read, restore
from selfassess.definition.shape_errors import adapter
from selfassess.definition.starter import template
from selfassess.definition.tables import build
from selfassess.definition.toml_source import load, parse
from selfassess.errors import QuestionnaireError
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from tests.examples import examples

SOUND = """\
format = 1
id = "sound"
version = "1"
title = "Nothing is wrong here"

[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }]

[[strands]]
id = "meeting"
title = "Our meetings"

[[strands.items]]
id = "starts"
text = "Our meetings start on time."
"""

WORDY = SOUND.replace("start on time", "always start on time")


def file(folder: Path, text: str) -> Path:
    path = folder / "file.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_an_edition_with_its_bytes(tmp_path: Path) -> None:
    edition = read(file(tmp_path, SOUND))
    assert edition.questionnaire.title == "Nothing is wrong here"
    assert edition.content == SOUND.encode()
    assert restore("a name", edition.content) == edition


def test_a_broken_file_raises_all_its_errors_at_once(tmp_path: Path) -> None:
    broken = SOUND.replace('title = "Nothing is wrong here"\n', "").replace('"starts"', '"Starts"')
    with pytest.raises(QuestionnaireError) as caught:
        read(file(tmp_path, broken))
    assert [problem.code for problem in caught.value.problems] == ["missing-key", "bad-id"]
    assert "has 2 problems and cannot be used until corrected" in caught.value.message
    assert caught.value.exit_code == 3
    assert "missing-key" in str(caught.value)


def test_one_problem_is_counted_as_one(tmp_path: Path) -> None:
    with pytest.raises(QuestionnaireError, match="has 1 problem and"):
        read(file(tmp_path, SOUND.replace('"starts"', '"Starts"')))


def test_a_warning_keeps_nobody_from_using_a_file(tmp_path: Path) -> None:
    path = file(tmp_path, WORDY)
    assert [problem.code for problem in check(path)] == ["absolute"]
    assert read(path).questionnaire.items[0].text == "Our meetings always start on time."


def test_warnings_wait_until_nothing_is_broken(tmp_path: Path) -> None:
    assert [problem.code for problem in check(file(tmp_path, WORDY.replace('"sound"', '"Sound"')))] == ["bad-id"]


def test_a_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "gone.toml", "There is no file"), (tmp_path, "is a folder")):
        [problem] = check(path)
        assert (problem.code, problem.severity, problem.file) == ("not-readable", "error", str(path))
        assert said in problem.message
        assert problem.hint


def test_what_passed_check_before_is_not_checked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    path = library.find("partnership")
    content = path.read_bytes()
    monkeypatch.setattr(library, "checked", lambda: frozenset({parse("p", content).sha256}))
    monkeypatch.setattr(loader, "problems", lambda source: pytest.fail("it was checked"))
    assert read(path).content == content


def test_what_was_changed_by_a_letter_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "checked", lambda: frozenset({parse("p", SOUND.encode()).sha256}))
    with pytest.raises(QuestionnaireError):
        read(file(tmp_path, SOUND.replace('"starts"', '"Starts"')))


def test_skills_are_looked_for_beside_the_file_first(tmp_path: Path) -> None:
    action = 'actions = [{ id = "talk", text = "Talk.", skills = ["listening"] }]\n'
    text = SOUND.replace("version", 'skills_from = "skills"\nversion')
    text += '[[strands.benchmarks]]\nid = "b"\ntitle = "B"\nmethod = "none"\nitems = [{ id = "i", text = "It is." }]\n'
    text += action
    path = file(tmp_path, text)
    assert [problem.code for problem in check(path)] == ["unknown-skill"]
    beside = 'strands = [{ skills = [{ id = "listening", title = "Listening\\u202e" }, 5, {}] }, 7]\n'
    (tmp_path / "skills.toml").write_text(beside, encoding="utf-8")
    assert check(path) == []
    assert library.skills("skills", tmp_path) == {"listening": "Listening"}
    (tmp_path / "skills.toml").write_text("strands = [", encoding="utf-8")
    assert [problem.code for problem in check(path)] == ["skills-not-found"]


@pytest.mark.parametrize("named", ["nowhere", "../skills", "x" * 300, "a\0b", "", None])
def test_skills_that_are_not_there_are_none(named: str | None, tmp_path: Path) -> None:
    assert library.skills(named, tmp_path) is None


def test_a_questionnaire_is_found_by_name_or_path(tmp_path: Path) -> None:
    assert library.find("skills").name == "skills.toml"
    assert library.find("some/where") == Path("some/where")
    assert library.find("ours.toml") == Path("ours.toml")
    for name in ("skils", "x" * 300, "a\0b"):
        with pytest.raises(QuestionnaireError, match="There is no questionnaire") as caught:
            library.find(name)
        assert "Or give the path of a file." in caught.value.hint


@pytest.mark.parametrize("sign", ["\\u001b[31m", "\\u0007", "\\u202e", "\\n", "\\u009b2J"])
def test_what_a_file_says_is_told_without_what_could_harm_a_terminal(sign: str) -> None:
    text = SOUND.replace('"starts"', f'"st{sign}arts"').replace('"agree"', f'"ag{sign}ree"')
    text = text.replace("title", f'"ti{sign}tle"', 1).replace('"Our meetings"', f'"Our{sign}"')
    text += f'scale = "a{sign}b"\nshow_if = "x{sign}"\ngroups = ["{sign}x"]\n'
    found = problems(parse("file.toml", text.encode()))
    assert found
    for problem in found:
        for said in (problem.message, problem.hint, problem.place):
            assert said.isprintable()


def test_a_page_that_was_taken_for_an_id_is_cut() -> None:
    found = problems(parse("file.toml", SOUND.replace('"starts"', f'"{"word " * 700}"').encode()))
    assert [problem.code for problem in found] == ["bad-id"]
    assert len(found[0].message) <= 500
    assert len(found[0].place) < 100


def test_of_very_many_faults_the_first_are_told(tmp_path: Path) -> None:
    items = "".join('[[strands.items]]\nid = "starts"\ntxt = "x"\nshow_if = "nothing == 1"\n' for _ in range(1_500))
    path = tmp_path / "file.toml"
    path.write_text(SOUND + items, encoding="utf-8")
    assert len(problems(load(path))) == MOST_TOLD
    with pytest.raises(QuestionnaireError, match="has 1,000 problems or more"):
        read(path)


def test_an_error_is_never_lost_behind_warnings(tmp_path: Path) -> None:
    hidden = "".join(f'[[strands.items]]\nid = "i{at}"\ntext = "We \\u202emeet {at}."\n' for at in range(1_500))
    [problem] = problems(parse("file.toml", f'{SOUND}{hidden}[[strands.items]]\nid = "no"\ntext = ""\n'.encode()))
    assert problem.code == "blank"


# ------------------------------------------------------------------------------------------------------------
# A table that passed check is built without pydantic: it must come to the same.


def asked_by_pydantic(table: dict[str, Any]) -> Questionnaire:
    """The same table through pydantic, with what only `build` fills in: kinds of questions, inherited scales."""
    table = deepcopy(table)
    only = next(iter(table["scales"])) if len(table["scales"]) == 1 else None
    for strand in table["strands"]:
        for question in strand.get("questions", []):
            question.setdefault("kind", "text")
        own = strand.get("scale", table.get("scale", only))
        for node in (*strand.get("benchmarks", []), *strand.get("skills", []), strand):
            for item in node.get("items", []):
                if item.get("kind", "choice") in ("choice", "many"):
                    item.setdefault("scale", node.get("scale", own))
    return adapter().validate_json(json.dumps(table))


@pytest.mark.parametrize("name", ["partnership", "skills", "template"])
def test_build_makes_of_a_table_what_pydantic_makes_of_it(name: str) -> None:
    content = template("ours").encode() if name == "template" else library.find(name).read_bytes()
    table = tomli.loads(content.decode())
    assert build(table) == asked_by_pydantic(table)


def test_an_item_has_the_nearest_scale() -> None:
    table = tomli.loads("""
        format = 1
        id = "q"
        version = "1"
        title = "Q"
        scale = "file"
        scales.file.points = []
        scales.strand.points = []

        [[strands]]
        id = "s"
        title = "S"
        scale = "strand"
        items = [{ id = "a", text = "" }, { id = "b", text = "", scale = "own" }]
        benchmarks = [{ id = "c", title = "", scale = "benchmark", items = [{ id = "d", text = "" }] }]
        skills = [{ id = "e", title = "", items = [{ id = "f", text = "" }, { id = "g", text = "", kind = "number" }] }]
        questions = [{ id = "h", text = "" }]

        [[strands]]
        id = "t"
        title = "T"
        items = [{ id = "i", text = "" }]
    """)
    scales = {item.id: item.scale for item in build(table).items}
    of_strand_s = {"a": "strand", "b": "own", "d": "benchmark", "f": "strand", "g": None, "h": None}
    assert scales == of_strand_s | {"i": "file"}


def test_texts_are_cleaned_as_they_are_read(tmp_path: Path) -> None:
    text = SOUND.replace("start on time", "start\\u001b[31m on\\u202e time")
    assert read(file(tmp_path, text)).questionnaire.items[0].text == "Our meetings start on time."


# ------------------------------------------------------------------------------------------------------------
# Whatever somebody writes is told or read; nothing else is ever raised.


def shortened(name: str) -> dict[str, Any]:
    """A shipped table with fewer strands and benchmarks: as many kinds of keys in a fifth of the time."""
    table = tomli.loads(library.find(name).read_text(encoding="utf-8"))
    table["strands"] = table["strands"][:2]
    for strand in table["strands"]:
        for kind in {"benchmarks", "skills"} & strand.keys():
            strand[kind] = strand[kind][:2]
    return table


TABLES = [shortened("partnership"), shortened("skills"), tomli.loads(template("ours"))]

NAMES = """
id title text groups scale scales items benchmarks skills strands questions actions level met method bands target
targets wording from units kind reverse weight show_if comment_if dont_know not_applicable_values min max unit
about allow short scored decimals overall scoring format version points value label when min_answered from_ x
when_missing skills_from language str literal[False] \u202e
"""
KEYS = st.sampled_from(NAMES.split())

NUMBERS = [0, 1, -1, 2.5, 1e308, 5e-324, float("inf"), float("nan"), True, False, 2**63 - 1, -(2**63)]
TEXTS = ["", " ", "x", "board", "agree", "vision_say <= 2", "(", "not " * 100, "ladder", "sum", "min", "none", "own"]
TEXTS += ["many", "number", "text", "items", "benchmarks", "../x", "\x1b[31m", "a\u202eb", "_", "é" * 5_000]
LISTS = [[], [1], ["board"], [[]], [{}], [{"id": "x", "title": "y", "text": "z"}]]
OTHERS = [{}, {"a": 1}, {"from": 0, "title": "x"}, *tomli.loads("a = 2026-05-01\nb = 07:32:00").values()]
VALUES = st.sampled_from([*NUMBERS, *TEXTS, *LISTS, *OTHERS])

CHANGES = st.tuples(
    st.sampled_from(["delete", "retype", "rename", "add", "copy", "twice"]), st.integers(0, 10_000), KEYS, VALUES
)


def ways(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in inside:
        yield (*way, key)
        yield from ways(held, (*way, key))


def changed(table: dict[str, Any], how: str, which: int, key: str, value: Any) -> None:
    found = list(ways(table))
    if not found:
        return
    *way, last = found[which % len(found)]
    holder: Any = table
    for step in way:
        holder = holder[step]
    match how:
        case "delete":
            del holder[last]
        case "retype":
            holder[last] = deepcopy(value)
        case "copy":
            *other, end = found[which * 7919 % len(found)]
            source: Any = table
            for step in (*other, end):
                source = source[step]
            holder[last] = deepcopy(source)
        case "rename" if isinstance(holder, dict):
            holder[key] = holder.pop(last)
        case "add" if isinstance(holder, dict):
            holder[key] = deepcopy(value)
        case "twice" if isinstance(holder, list):
            holder.insert(last, deepcopy(holder[last]))


@pytest.mark.slow
@examples(150)
@given(st.sampled_from(TABLES), st.lists(CHANGES, min_size=1, max_size=30))
def test_a_mangled_questionnaire_is_told_or_read(
    table: dict[str, Any], changes: list[tuple[str, int, str, Any]]
) -> None:
    table = deepcopy(table)
    for change in changes:
        changed(table, *change)
    told_or_built(tomli_w.dumps(table).encode())


LINES = [template("ours").splitlines(), library.find("skills").read_text(encoding="utf-8").splitlines()[:150]]


@given(
    st.sampled_from(LINES),
    st.lists(st.tuples(st.sampled_from(["delete", "twice", "swap", "cut"]), st.integers(0, 10_000)), max_size=4),
)
def test_a_file_with_lines_lost_doubled_or_swapped_is_told_or_read(
    lines: list[str], edits: list[tuple[str, int]]
) -> None:
    lines = list(lines)
    for how, number in edits:
        at, other = number % len(lines), number * 7919 % len(lines)
        match how:
            case "delete":
                del lines[at]
            case "twice":
                lines.insert(at, lines[other])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
            case "cut":
                lines[at] = lines[at][: number % (len(lines[at]) + 1)]
    told_or_built("\n".join(lines).encode())


@pytest.mark.slow
@given(st.binary() | st.text().map(str.encode) | st.text("[]{}=.,\"'# \nab1\\é").map(str.encode))
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"a = {")
def test_any_bytes_are_told_or_read(content: bytes) -> None:
    told_or_built(content)


def told_or_built(content: bytes) -> None:
    """Like `read`, without a file: errors with their places, or an edition that has what it needs."""
    try:
        source = parse("file.toml", content)
    except QuestionnaireError:
        return
    found = problems(source)
    for problem in found:
        assert problem.code
        assert problem.message
        assert (problem.line is None) == (problem.column is None)
        assert str(problem).isprintable() or "\n" in str(problem)
    if not any(problem.severity == "error" for problem in found):
        edition = restore("file.toml", content)
        assert isinstance(edition, Edition)
        assert all(isinstance(item, Item) and item.id for item in edition.questionnaire.items)
        assert all(edition.questionnaire.scale_of(item) for item in edition.questionnaire.items if item.has_points)
