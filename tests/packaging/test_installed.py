"""The program as it gets onto a machine: as a folder, by uv and by pipx. Every command is started there."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import docx
import openpyxl
import pypdfium2
import pytest
from pptx import Presentation

from selfassess.cli.main import front

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).parent.parent.parent
WAYS = ("folder", "uv", "pipx")
OURS = ("PIPX_BIN_DIR", "PIPX_HOME", "PYTHONPATH", "UV_TOOL_BIN_DIR", "UV_TOOL_DIR", "VIRTUAL_ENV", "XDG_BIN_HOME")
"""Where whoever runs the tests has tools, which is nothing to an empty home."""
TITLE = "How well do we work as a partnership?"
"""Of the questionnaire in the demonstration."""
PATIENCE = 60
"""Seconds in which a screen or a page is there, on a machine that does much else."""


def commands(group: click.Group = front, named: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, as it is typed."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*named, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*named, name))


@dataclass(frozen=True)
class Program:
    """An installed program, and where it is tried: a home that was empty, in a world without Python."""

    path: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        nowhere = {"PATH": str(self.home / "nothing"), "HOME": str(self.home), "USERPROFILE": str(self.home)}
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
        return {**kept, **nowhere, "LANG": "C.UTF-8", "TERM": "xterm-256color"}

    def run(self, *words: str, typed: str = "", code: int = 0) -> str:
        """What a command prints; it ends with this exit code."""
        done = subprocess.run(
            [self.path, *words],
            cwd=self.home,
            env=self.environment,
            input=typed,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Something went wrong in selfassess itself" not in done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module", params=WAYS)
def program(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Program:
    way, place = request.param, tmp_path_factory.mktemp(request.param)
    home = place / "home"
    home.mkdir()
    if way == "folder":
        return Program(built(place), home)
    return Program(installed(way, wheel(place), home), home)


def built(place: Path) -> Path:
    """The program in a folder that was just built, in a place with a space in it."""
    pytest.importorskip("PyInstaller", reason="pip install '.[test,packaging]'")
    folder = place / "our tools"
    subprocess.run([sys.executable, ROOT / "packaging" / "build.py", folder], check=True)
    return folder / "selfassess" / ("selfassess.exe" if os.name == "nt" else "selfassess")


def wheel(place: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place / "dist")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next((place / "dist").glob("*.whl"))


def installed(way: str, wheel: Path, home: Path) -> Path:
    """The program that uv or pipx put into a home, by the commands of docs/installing.md."""
    said = (ROOT / "docs" / "installing.md").read_text(encoding="utf-8")
    found = re.search(rf"^({way} .*) '\./dist/selfassess-[\w.]+-py3-none-any\.whl(\[[\w,]+\])'$", said, re.MULTILINE)
    assert found, "docs/installing.md says how"
    command, extras = found[1].split(), found[2]
    tool = Path(sys.executable).with_name(command[0])
    if not tool.exists():
        pytest.skip("pip install '.[test,packaging]'")
    kept = {
        name: value for name, value in os.environ.items() if name not in ("PIPX_HOME", "UV_TOOL_DIR", "XDG_BIN_HOME")
    }
    environment = {name: value for name, value in kept.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    places = {"HOME": str(home), "USERPROFILE": str(home)}
    subprocess.run([tool, *command[1:], f"{wheel}{extras}"], env={**environment, **places}, cwd=home, check=True)
    return home / ".local" / "bin" / ("selfassess.exe" if os.name == "nt" else "selfassess")


def test_every_command_starts(program: Program) -> None:
    there = [*commands()]
    assert len(there) > 40
    for words in there:
        assert program.run(*words, "--help").startswith("Usage: ")
    assert program.run("--version").startswith("selfassess, version ")


def test_a_questionnaire_is_written_checked_and_converted(program: Program) -> None:
    program.run("new", "ours.toml")
    assert "ours.toml: no errors" in program.run("check", "ours.toml", "partnership", "skills")
    assert "[missing-key]" in program.run("check", bad(program), code=3), "pydantic tells what is wrong"
    assert '"properties"' in program.run("schema")
    assert "Nothing changed." in program.run("diff", "ours.toml", "ours.toml")
    for to, ending in (("xlsform", "xlsx"), ("limesurvey", "txt"), ("surveyjs", "json"), ("docx", "docx")):
        program.run("convert", "ours.toml", "--to", to, "--output", f"ours-{to}.{ending}")


def bad(program: Program) -> str:
    """A questionnaire without strands."""
    (program.home / "bad.toml").write_text('format = 1\nid = "bad"\nversion = "1"\ntitle = "Bad"\n', encoding="utf-8")
    return "bad.toml"


def test_one_person_answers_and_sees_a_result(program: Program) -> None:
    answers = "1\n" + "4\n" * 12
    program.run("take", "skills", "--plain", "--short", typed=f"{answers}/s\n")
    assert "overall" in program.run("take", "skills", "--plain", "--short", typed="/r\nresults\n").lower()
    assert "What you could practise" in program.run("report")
    assert "12 of 12 answered" in program.run("sittings", "--plain")
    assert "personal.selfassess" in program.run("where")
    program.run("backup", "copy.selfassess")
    program.run("take", "partnership", "--plain", "--group", "board", typed="4\ns\n")
    program.run("forget", "--draft", "partnership", "--yes")


@pytest.fixture(scope="module")
def demo(program: Program) -> Program:
    """With the file of the demonstration, which has two closed rounds and an open one."""
    assert TITLE in program.run("demo", "demo.selfassess")
    return program


@pytest.mark.filterwarnings("ignore:.*xtension is not supported")  # of a workbook, which openpyxl leaves out
@pytest.mark.parametrize("ending", ["txt", "md", "html", "json", "csv", "docx", "pdf", "pptx", "xlsx"])
def test_a_round_is_reported_in_every_format(demo: Program, ending: str) -> None:
    page = demo.home / f"autumn.{ending}"
    demo.run("--project", "demo.selfassess", "report", "autumn", "--full", "--output", page.name)
    match ending:
        case "json":
            assert json.loads(page.read_text(encoding="utf-8"))["questionnaire"]["id"] == "partnership"
        case "csv":
            assert page.read_text(encoding="utf-8-sig").startswith("round,group,level")
        case "docx":
            assert TITLE in "\n".join(one.text for one in docx.Document(str(page)).paragraphs)
        case "pdf":
            assert TITLE in pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range()
        case "pptx":
            assert len(Presentation(str(page)).slides) > 3
        case "xlsx":
            assert len(openpyxl.load_workbook(page).sheetnames) > 3
        case _:
            assert TITLE in page.read_text(encoding="utf-8-sig")


def test_rounds_are_compared_and_the_plan_goes_out_and_comes_back(demo: Program) -> None:
    of = ("--project", "demo.selfassess")
    assert "moved up" in demo.run(*of, "compare", "autumn", "summer")
    demo.run(*of, "plan", "add", "Meet the neighbours", "--owner", "the chair", "--due", "2027-05-31")
    assert "Meet the neighbours" in demo.run(*of, "plan")
    assert "Meet the neighbours" in demo.run(*of, "plan", "calendar")
    demo.run(*of, "plan", "export", "--output", "plan.xlsx")
    assert "There is nothing to change." in demo.run(*of, "plan", "import", "plan.xlsx", "--yes")
    demo.run(*of, "project", "hand-over", "handed.selfassess")


def test_a_round_is_run_from_its_first_letter_to_its_report(program: Program) -> None:
    of = ("--project", "round.selfassess")
    program.run("project", "new", "round.selfassess", "--shared")
    program.run(*of, "project", "name", "Our partnership")
    program.run(*of, "project", "notice", "--holder", "Sam Field")
    questions = ("--questionnaire", "skills", "--short")
    invited = ("--invited", "board=5", "--invited", "staff=6")
    program.run(*of, "round", "new", "autumn", "--title", "Our round", *questions, *invited, "--yes")
    program.run(*of, "round", "change", "autumn", "--title", "Autumn")
    program.run(*of, "round", "open", "autumn")
    assert "Autumn" in program.run(*of, "round", "list")
    program.run(*of, "round", "form", "autumn", "--group", "board", "--output", "form.docx")
    program.run(*of, "round", "invite", "autumn", "--group", "board", "--number", "5", "--page", "--format", "pdf")
    program.run(*of, "round", "page", "autumn", "--output", "site")
    assert "<html" in (program.home / "site" / "index.html").read_text(encoding="utf-8")
    questions = len(re.findall(r"(?m)^ *\d+\. ", program.run(*of, "round", "form", "autumn", "--group", "staff")))
    assert "Reminder for Staff" in program.run(*of, "round", "remind", "autumn")
    program.run(*of, "round", "remind", "autumn", "--output", "reminders.pdf")
    program.run(*of, "round", "calendar", "autumn", "--until", "2190-11-06", "--output", "autumn.ics")
    assert (program.home / "autumn.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    rows = "".join(f"{number} {'4' * questions}\n" for number in range(1, 7))
    program.run(*of, "round", "enter", "autumn", "--group", "staff", typed=rows)
    assert "6" in program.run(*of, "round", "status", "autumn")
    program.run(*of, "collect", "autumn-invitations")
    program.run(*of, "round", "close", "autumn", "--yes")
    assert "Staff" in program.run(*of, "report", "autumn", "--full")
    program.run(*of, "round", "delete", "autumn", "--yes")
    program.run(*of, "project", "delete", "--yes")


@pytest.mark.skipif(os.name != "posix", reason="no pseudo-terminals there")
@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ((), "selfassess"),
        (("take", "partnership", "--try"), "just trying it out"),
        (("--project", "demo.selfassess", "dashboard", "autumn"), "made up"),
        (("--project", "demo.selfassess", "compare", "autumn", "summer", "--screen"), "moved up"),
    ],
)
def test_screens_are_drawn(demo: Program, words: tuple[str, ...], shown: str) -> None:
    far, near = pty.openpty()
    process = subprocess.Popen(
        [demo.path, *words], cwd=demo.home, env=demo.environment, stdin=near, stdout=near, stderr=near, close_fds=True
    )
    os.close(near)
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen, until = b"", time.monotonic() + PATIENCE
    try:
        while shown.encode() not in seen:
            assert select.select([far], [], [], max(0, until - time.monotonic()))[0], seen
            seen += os.read(far, 65536)
    finally:
        process.kill()
        process.wait()
        os.close(far)


def test_a_round_is_served_in_the_room(demo: Program) -> None:
    command = [demo.path, "--project", "demo.selfassess", "host", "spring", "--port", "18765"]
    process = subprocess.Popen(
        command, cwd=demo.home, env=demo.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        assert "<html" in fetched("http://127.0.0.1:18765/")
    finally:
        process.terminate()
        process.wait()


def fetched(address: str) -> str:
    """What is served at an address, as soon as it is."""
    patience = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as page:
                return str(page.read().decode("utf-8"))
        except OSError:
            assert time.monotonic() < patience
            time.sleep(0.2)
