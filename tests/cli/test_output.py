"""Where results go: into a file whose ending says what is in it, or nowhere."""

from pathlib import Path

import pytest

from selfassess.cli.output import ENDINGS, destination
from selfassess.errors import UsageError
from tests.cli.conftest import Command
from tests.cli.rounds_made import made

ANSWERED = "1\n1\n3\n\nTea\n\nresults\n"
FOREIGN = (".doc", ".odt", ".xls", ".foo", ".XLS", ".out", ".selfassess", ".json5")
COMMANDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("report",), ".txt, .md, .html, .docx, .pdf, .pptx, .xlsx, .json or .csv"),
    (
        ("report", "SMALL", "--responses", "ROWS"),
        ".json, .csv, .txt, .md, .html, .docx, .pdf, .pptx or .xlsx",
    ),
    (("--project", "SHARED", "report"), ".txt, .md, .html, .docx, .pdf, .pptx, .xlsx, .json or .csv"),
    (("compare",), ".txt, .md, .html, .docx, .pdf, .pptx, .xlsx, .json or .csv"),
    (
        ("--project", "SHARED", "compare", "autumn", "spring"),
        ".txt, .md, .html, .docx, .pdf, .pptx, .xlsx, .json or .csv",
    ),
    (("plan", "export"), ".md, .html, .docx, .pdf, .pptx, .xlsx or .csv"),
    (("round", "form", "SMALL"), ".txt, .md, .docx, .pdf or .html"),
    (("--project", "SHARED", "round", "form", "autumn"), ".txt, .md, .docx, .pdf or .html"),
    (("diff", "SMALL", "partnership"), ".txt, .md, .html, .docx, .pdf, .pptx, .xlsx or .json"),
    (("schema",), ".json"),
)
"""Every command that writes a result to a file, and the endings that it writes."""


@pytest.fixture
def there(selfassess: Command, small: str, tmp_path: Path) -> dict[str, str]:
    """Somebody has handed in, there is a file of responses, and a shared project whose round nobody has seen."""
    selfassess("take", small, "--plain", typed=ANSWERED)
    rows, shared = tmp_path / "rows.csv", tmp_path / "ours.selfassess"
    rows.write_text("respondent,group,begin,late\na,board,3,1\n", encoding="utf-8")
    selfassess("project", "new", str(shared), "--shared")

    def in_shared(*arguments: str, typed: str = "") -> object:
        return selfassess("--project", str(shared), *arguments, typed=typed)

    made(in_shared, small)  # type: ignore[arg-type]  # it is the same but for the project
    return {"SMALL": small, "ROWS": str(rows), "SHARED": str(shared)}


@pytest.mark.parametrize(("command", "endings"), COMMANDS, ids=lambda one: " ".join(one) if len(one) < 9 else "")
def test_an_ending_that_is_not_written_is_refused_before_anything_is_done(
    selfassess: Command, there: dict[str, str], tmp_path: Path, command: tuple[str, ...], endings: str
) -> None:
    typed = tuple(there.get(word, word) for word in command)
    shared = Path(there["SHARED"]).read_bytes()
    for foreign in FOREIGN:
        path = tmp_path / f"result{foreign}"
        done = selfassess(*typed, "--output", str(path))
        assert (done.code, done.out) == (2, ""), done
        assert f"ends in {foreign.lower()}, but this can only be written to files that end in {endings}." in done.err
        assert "Written" not in done.err
        assert not path.exists()
    assert Path(there["SHARED"]).read_bytes() == shared, "nothing is fixed or noted down for a file that is not written"


def test_what_to_do_instead_is_said(selfassess: Command, there: dict[str, str], tmp_path: Path) -> None:
    def cure(*command: str) -> str:
        *words, ending = command
        return selfassess(*words, "--output", str(tmp_path / f"x.{ending}")).err.splitlines()[-1]

    assert cure("report", "doc") == "Choose .docx: word processors open it."
    assert cure("plan", "export", "odt") == "Choose .docx: word processors open it."
    assert cure("report", "ppt") == "Choose .pptx: presentation programs open it."
    assert cure("plan", "export", "ods") == "Choose .xlsx: spreadsheets open it."
    assert cure("schema", "pdf") == "Choose another name."
    with pytest.raises(UsageError, match=r"Choose \.csv: spreadsheets open it\."):
        destination(tmp_path / "x.xlsx", None, ("json", "csv"), replace=False)


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("ending", "style"),
    [("md", "markdown"), ("markdown", "markdown"), ("json", "json"), ("CSV", "csv"), ("txt", "text"), ("htm", "html")],
)
def test_the_ending_of_a_file_says_its_format(selfassess: Command, tmp_path: Path, ending: str, style: str) -> None:
    path = tmp_path / f"report.{ending}"
    done = selfassess("report", "--output", str(path))
    assert (done.code, done.err) == (0, f"Written: {path}.\n")
    assert path.read_text(encoding="utf-8-sig") == selfassess("report", "--format", style).out
    assert selfassess("report", "--format", style, "--output", str(path), "--replace").code == 0


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("name", ["mine", "mine.", ".mine"])
def test_a_name_without_an_ending_holds_the_usual_format_and_that_is_said(
    selfassess: Command, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    done = selfassess("report", "--output", str(path))
    assert (done.code, done.err) == (0, f"Written: {path}. Its name has no ending, so it holds text.\n")
    assert path.read_text(encoding="utf-8") == selfassess("report", "--format", "text").out
    done = selfassess("report", "--format", "csv", "--output", str(path), "--replace")
    assert (done.code, "so it holds CSV." in done.err) == (0, True)
    assert path.read_text(encoding="utf-8-sig") == selfassess("report", "--format", "csv").out
    plan = tmp_path / "plan"
    assert "so it holds Markdown." in selfassess("plan", "export", "--output", str(plan)).err
    assert "so it holds JSON." in selfassess("schema", "--output", str(tmp_path / "schema")).err


@pytest.mark.usefixtures("there")
def test_an_ending_that_contradicts_the_format_is_refused(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    done = selfassess("report", "--format", "csv", "--output", str(path))
    assert (done.code, done.out) == (2, "")
    assert "ends as a file of JSON does, and --format says csv." in done.err
    assert not path.exists()


def test_a_format_that_a_result_does_not_come_in_is_refused() -> None:
    with pytest.raises(UsageError, match=r"This is not available as HTML\.\nChoose --format json or csv\."):
        destination(None, "html", ("json", "csv"), replace=False)


def test_every_ending_is_of_a_format_that_some_command_writes(tmp_path: Path) -> None:
    for ending, style in ENDINGS.items():
        assert destination(tmp_path / f"x{ending}", None, tuple({"text": 1, style: 1}), replace=False).style == style
        with pytest.raises(UsageError):
            destination(tmp_path / f"x{ending}", None, ("text" if style != "text" else "csv",), replace=False)


@pytest.mark.usefixtures("there")
def test_one_persons_result_can_be_a_page_of_html(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "mine.html"
    assert selfassess("report", "--output", str(path)).code == 0
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<strong>" in page
    assert "We meet in good time" in page
    assert "<script" not in page
    done = selfassess("report", "--explain", "meeting", "--output", str(tmp_path / "why.html"))
    assert (done.code, "--explain comes as text only." in done.err) == (2, True)


def test_in_a_shared_project_the_receipt_opens_ones_own_page(
    selfassess: Command, there: dict[str, str], tmp_path: Path
) -> None:
    ours = ("--project", there["SHARED"])
    done = selfassess(*ours, "take", there["SMALL"], "--plain", typed="\n1\n1\n3\n\nTea\n\nh\nhand in\n")
    receipt = done.err.split("Your receipt: ")[1].split()[0]
    path = tmp_path / "mine.html"
    assert selfassess(*ours, "report", "--receipt", receipt, "--output", str(path)).code == 0
    page = path.read_text(encoding="utf-8")
    assert "one person&#39;s view, to bring to the table" in page
    assert '<blockquote dir="auto">Tea</blockquote>' in page


def test_a_sheet_goes_into_a_file_of_sheets_or_a_folder(
    selfassess: Command, there: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    invite = ("round", "invite", "autumn", "--group", "board", "--number", "1", "--yes")
    assert selfassess("--project", there["SHARED"], *invite).code == 0
    invitation = "autumn-invitations/board-01.invitation"
    typed = "1\n3\n\nTea\n\nh\nhand in\n"
    for name in ("mine.pdf", "mine", "mine.json"):
        done = selfassess("take", invitation, "--output", name, "--plain", typed=typed)
        assert (done.code, f"{name} does not end in .sheet" in done.err) == (2, True)
        assert not Path(name).exists()
    assert selfassess("take", invitation, "--output", "mine.sheet", "--plain", typed=typed).code == 0
    assert Path("mine.sheet").exists()


def test_a_hyphen_is_no_file_but_where_results_are_printed(
    selfassess: Command, there: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    printed = selfassess("diff", there["SMALL"], "partnership", "--format", "markdown")
    assert selfassess("diff", there["SMALL"], "partnership", "--format", "markdown", "--output", "-") == printed
    assert printed.out.startswith("# ")
    assert not Path("-").exists()
