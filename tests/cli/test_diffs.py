"""`selfassess diff`: files, shipped questionnaires and rounds, and what the exit code says."""

import json
from pathlib import Path

import pytest

from selfassess.cli.main import run
from tests.conftest import EARLIER
from tests.snapshots import matches

HERE = Path(__file__).parent


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """A questionnaire, and a later version: one item reworded, one renamed, one new, a weight, a title."""
    text = EARLIER.read_text(encoding="utf-8")
    edits = {
        'version = "2026.1"': 'version = "2027.1"',
        'title = "Leadership and vision"': 'title = "Where we are heading"',
        "what this partnership is trying to change.": "what this partnership wants to change.",
        'id = "vision_same"': 'id = "vision_alike"\nsame_as = "vision_same"\nweight = 2',
    }
    later = text
    for old, new in edits.items():
        assert old in later
        later = later.replace(old, new)
    paths = tmp_path / "earlier.toml", tmp_path / "later.toml"
    for path, words in zip(paths, (text, later), strict=True):
        path.write_text(words, encoding="utf-8")
    return paths


def test_what_changed_is_told_the_gravest_first(
    versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", *map(str, versions)]) == 7
    told = capsys.readouterr()
    assert told.err == ""
    matches(HERE / "snapshots" / "diff.txt", told.out)


def test_it_can_be_pasted_into_minutes(versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *map(str, versions), "--format", "markdown"]) == 7
    matches(HERE / "snapshots" / "diff.md", capsys.readouterr().out)


def test_a_program_reads_all_of_it(versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *map(str, versions), "--format", "json"]) == 7
    whole = json.loads(capsys.readouterr().out)
    assert whole["touched"]
    assert whole["before"]["version"] == "2026.1"
    assert whole["after"]["version"] == "2027.1"
    assert {change["key"] for change in whole["changes"]} == {"version", "title", "text", "wording", "id", "weight"}
    assert whole["strands"][0]["sentence"].startswith("10 of 11 items the same, 1 reworded: ")
    assert whole["benchmarks"][0]["same"]["vision_alike"] == "vision_same"
    assert whole["benchmarks"][0]["aside"] == {"vision_say": "reworded"}


def test_it_can_be_written_to_a_file_but_not_over_a_version(
    versions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "diff.md"
    assert run(["diff", *map(str, versions), "--format", "markdown", "--output", str(output)]) == 7
    assert output.read_text(encoding="utf-8").startswith("# What changed from version 2026.1 to version 2027.1")
    assert run(["diff", *map(str, versions), "--output", str(versions[0])]) == 2
    assert "is what this was made from" in capsys.readouterr().err


def test_the_ending_of_a_file_says_the_format_and_a_file_that_is_there_is_kept(
    versions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = map(str, versions)
    target = tmp_path / "change.json"
    assert run(["diff", old, new, "--output", str(target)]) == 7
    assert json.loads(target.read_text(encoding="utf-8"))
    assert run(["diff", old, new, "--output", str(target)]) == 2
    assert "Add --replace" in capsys.readouterr().err
    assert run(["diff", old, new, "--output", str(target), "--replace"]) == 7


def test_the_same_questionnaire_twice_has_no_changes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "partnership", "partnership"]) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_what_touches_no_comparison_ends_well(versions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    earlier, later = versions
    text = earlier.read_text(encoding="utf-8")
    later.write_text(text.replace('title = "Leadership and vision"', 'title = "Heading"'), encoding="utf-8")
    assert run(["diff", str(earlier), str(later)]) == 0
    assert "Nothing changed that touches a comparison of scores." in capsys.readouterr().out


def test_a_broken_file_ends_as_elsewhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1", encoding="utf-8")
    assert run(["diff", "partnership", str(broken)]) == 3
    assert "cannot be used until corrected" in capsys.readouterr().err


def test_a_name_of_nothing_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "partnership", "partnershop"]) == 3
    told = capsys.readouterr().err
    assert "Did you mean “partnership”?" in told
    assert "Or name a round of a project" in told


def test_a_round_has_its_questionnaire_as_it_was_asked(
    versions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = str(tmp_path / "ours.selfassess")
    earlier, later = versions
    assert run(["project", "new", project, "--shared"]) == 0
    made = ["round", "new", "autumn_2026", "--questionnaire", str(earlier), "--title", "The autumn", "--short"]
    made += ["--invited", "board=12", "--yes"]
    assert run(["--project", project, *made]) == 0
    earlier.write_text("format = 1", encoding="utf-8")
    capsys.readouterr()
    for name in ("autumn_2026", "the autumn"):
        assert run(["--project", project, "diff", name, str(later)]) == 7
        told = capsys.readouterr().out
        assert "Asked then: the short form. Asked now: the short form." in " ".join(told.split())
        assert "1 reworded" in told


def test_a_title_that_several_rounds_have_names_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = str(tmp_path / "ours.selfassess")
    assert run(["project", "new", project, "--shared"]) == 0
    for id in ("autumn_2026", "autumn_2027"):
        made = ["round", "new", id, "--title", "The autumn", "--invited", "board=12", "--yes"]
        assert run(["--project", project, *made]) == 0
    capsys.readouterr()
    assert run(["--project", project, "diff", "the autumn", "partnership"]) == 2
    assert "Name one of them: autumn_2026 or autumn_2027." in capsys.readouterr().err
