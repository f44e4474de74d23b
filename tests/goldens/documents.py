"""Every document of the program for each of the projects, as the commands give it out."""

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.style import Style

from selfassess.cli.main import run
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import decode
from tests.goldens.projects import PROJECTS, answers, fixed, leadership, newer

FORMATS = ("text", "markdown", "html", "json", "csv")
ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json", "csv": "csv"}
NARROW, STYLED = 60, 100
"""Columns of a page of text beside the usual 80; the wider one says in which style everything is."""

Document = tuple[str, str]
"""Its name and its contents."""


def documents(folder: Path) -> Iterator[Document]:
    """All of them; the projects are made in the folder."""
    for name, make in PROJECTS.items():
        path = folder / f"{name}.selfassess"
        with fixed(name):
            make(path)
            yield f"{name}/project.sql", dump(path)
            for document, contents in _OF[name](path):
                yield f"{name}/{document}", contents
    with chdir(folder), patch.dict("os.environ", {"SELFASSESS_PROJECT": "none.selfassess"}):
        yield from list(of_files())


def dump(path: Path) -> str:
    """What is in a project file, whatever pages of the file it is on."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return "\n".join(connection.iterdump()) + "\n"
    finally:
        connection.close()


def printed(*arguments: str) -> str:
    """What a command prints on stdout."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), patch("sys.stdin", io.StringIO()):
        code = run(list(arguments))
    assert code in (0, 7), f"{arguments} ended with {code}: {err.getvalue()}"
    return out.getvalue()


@contextmanager
def page(width: int, *, styled: bool) -> Iterator[None]:
    """Pages of text come in another width than 80, and with their styles in words if they are to be `styled`."""
    init, render = Console.__init__, Style.render

    def wide(console: Console, **options: Any) -> None:
        init(console, **options | ({"width": width} if options.get("width") == 80 else {}))

    def in_words(style: Style, text: str = "", **options: Any) -> str:
        return f"⟨{style}⟩{text}⟨/⟩" if styled and text.strip() else render(style, text, **options)

    with patch.object(Console, "__init__", wide), patch.object(Style, "render", in_words):
        yield


def in_formats(name: str, command: Sequence[str], formats: Sequence[str] = FORMATS) -> Iterator[Document]:
    """A document in every format that it has; as text in three widths."""
    yield from in_one_width(name, command, *formats)
    yield from in_widths(name, (*command, "--format", "text"))


def in_one_width(name: str, command: Sequence[str], *formats: str) -> Iterator[Document]:
    """A document in some formats. That is enough where others of its kind come in all of them."""
    for style in formats:
        yield f"{name}.{ENDINGS[style]}", printed(*command, "--format", style)


def in_widths(name: str, command: Sequence[str]) -> Iterator[Document]:
    """A page in the other two widths."""
    for width, styled in ((NARROW, False), (STYLED, True)):
        with page(width, styled=styled):
            yield f"{name}-{width}.txt", printed(*command)


def of_personal(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield from in_formats("report", (*project, "report"))
    for node in ("overall", "leadership", "vision"):
        yield f"explain-{node}.txt", printed(*project, "report", "--explain", node)
    yield from in_formats("compare", (*project, "compare"))
    yield from in_formats("compare-all", (*project, "compare", "--all"))
    yield from of_plan(path)


def of_shared(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield "form.txt", printed(*project, "round", "form", "spring")
    yield "form.md", printed(*project, "round", "form", "spring", "--format", "markdown")
    for group, more in (("board", ()), ("staff", ("--letters-only",))):
        to = path.with_name(f"letters-{group}")
        said = ("--until", "Friday 6 November", "--contact", "Sam Field, 01234 567890")
        whom = ("--group", group, "--number", "2")
        form = ("--format", "markdown")
        printed(*project, "round", "invite", "spring", *whom, "--folder", str(to), *said, *form, *more)
        for file in sorted(to.iterdir()):
            yield f"{to.name}/{file.name}", file.read_bytes().decode()
    yield from in_one_width("remind", (*project, "round", "remind", "spring", *said), "text", "markdown")
    yield "project-after.sql", dump(path)


def of_one_round(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield from in_formats("report", (*project, "report", "autumn"))
    yield from in_formats("report-full", (*project, "report", "autumn", "--full"), FORMATS[:3])
    yield from in_formats("report-board", (*project, "report", "autumn", "--group", "board"))
    yield from in_formats("report-strand", (*project, "report", "autumn", "--strand", "leadership"), FORMATS[:2])
    yield "explain.txt", printed(*project, "report", "autumn", "--explain", "")
    for node in ("overall", "leadership", "vision"):
        yield f"explain-{node}.txt", printed(*project, "report", "autumn", "--explain", node)
    yield "status.txt", printed(*project, "round", "status", "autumn")
    yield "project-after.sql", dump(path)


def of_small_groups(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    for rule in ("consent", "leave_out", "pool"):
        yield from in_one_width(f"report-{rule}", (*project, "report", rule), "text", "json")
        yield from in_one_width(f"report-{rule}-full", (*project, "report", rule, "--full"), "text")
        yield f"explain-{rule}.txt", printed(*project, "report", rule, "--explain", "leadership")


def of_two_rounds(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield from in_formats("report-before", (*project, "report", "autumn"), ("text", "json"))
    yield from in_formats("report", (*project, "report", "spring"))
    yield from in_formats("report-full", (*project, "report", "spring", "--full"), ("text", "html"))
    compare = (*project, "compare", "autumn", "spring")
    yield from in_formats("compare", compare)
    yield from in_formats("compare-staff", (*compare, "--group", "staff"))
    yield from of_plan(path)
    yield "project-after.sql", dump(path)


def of_later_version(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield from in_formats("diff", (*project, "diff", "autumn", "spring"), ("text", "markdown", "html", "json"))
    yield from in_one_width("report-before", (*project, "report", "autumn"), "text", "json")
    yield from in_one_width("report", (*project, "report", "spring"), "text", "json")
    yield from in_one_width("report-full", (*project, "report", "spring", "--full"), "text")
    compare = (*project, "compare", "autumn", "spring")
    yield from in_formats("compare", compare)
    yield from in_one_width("compare-staff", (*compare, "--group", "staff"), "text", "json")
    yield "plan.txt", printed(*project, "plan")
    yield "project-after.sql", dump(path)


def of_plan(path: Path) -> Iterator[Document]:
    project = ("--project", str(path))
    yield "plan.txt", printed(*project, "plan")
    yield from in_widths("plan", (*project, "plan"))
    for style in ("csv", "markdown", "html"):
        yield f"plan.{ENDINGS[style]}", printed(*project, "plan", "export", "--format", style)


def of_files() -> Iterator[Document]:
    """What is made of files: the shipped forms, scored responses, versions held against each other."""
    for name in ("partnership", "skills"):
        yield f"files/form-{name}.txt", printed("round", "form", name)
        yield f"files/form-{name}.md", printed("round", "form", name, "--format", "markdown")
    first, second = leadership(), newer(leadership())
    paths = [Path("earlier.toml"), Path("later.toml")]
    for path, edition in zip(paths, (first, second), strict=True):
        path.write_bytes(edition.content)
    for style in ("text", "markdown", "html", "json"):
        yield f"files/diff.{ENDINGS[style]}", printed("diff", *map(str, paths), "--format", style)
    rows = Path("answers.csv")
    rows.write_text(responses(first), encoding="utf-8")
    scored = ("report", str(paths[0]), "--responses", str(rows))
    for style in ("json", "csv"):
        yield f"files/responses.{ENDINGS[style]}", printed(*scored, "--format", style)
    alone = ("--min-group", "1", "--per-respondent", "--format", "json")
    yield "files/responses-per-respondent.json", printed(*scored, *alone)


def responses(edition: Edition) -> str:
    """Answers of 40 people in two rounds, as a table."""
    items = [item for item in edition.questionnaire.items if item.kind == "choice"]
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["respondent", "round", "group", *(item.id for item in items)])
    for number in range(40):
        group = ("board", "staff")[number % 2]
        given = answers(edition, group, number % 5 / 4 - 0.5, f"row {number}")
        codes = zip(edition.questionnaire.items, given, strict=True)
        found = [decode(item, code, edition.questionnaire) for item, code in codes if item in items]
        cells = [f"{one:g}" if isinstance(one, float) else "" for one in found]
        table.writerow([f"r{number}", ("first", "second")[number // 20], group, *cells])
    return out.getvalue()


_OF = {
    "personal": of_personal,
    "shared": of_shared,
    "one_round": of_one_round,
    "small_groups": of_small_groups,
    "two_rounds": of_two_rounds,
    "later_version": of_later_version,
}
