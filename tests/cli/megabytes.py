"""Bad files of any size for every reader: what nobody writes by hand, and what is slow with a careless reader."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess.project.exchange_files import Invitation, write_invitation
from selfassess.project.project import create
from selfassess.project.sealed_files import seal
from tests.cli.conftest import SMALL
from tests.cli.rounds import EDITION, add_round
from tests.cli.rounds_made import answered

PIECES: Mapping[str, str] = {
    "blanks": " ",
    "tabs": "\t",
    "line ends": "\n",
    "old line ends": "\r",
    "line ends between blanks": " \n",
    "digits": "1",
    "fours of digits": "1234,",
    "dots between digits": "1.",
    "minus signs": "-",
    "marks of two kinds": "\u0316\u0301",
    "thousands of marks": "a" + "\u0301\u0316" * 2_000,
    "marks that come apart": "\u0344\u0316",
    "half-width marks": "\uff9e\u0301",
    "words that become long": "\ufdfa",
    "escape sequences": "\x1b[",
    "escape strings": "\x1b]0;",
    "zeros": "\0",
    "hidden characters": "\u202e\u200b",
    "quotation marks": '"',
    "quotation marks apart": '" ',
    "curly quotation marks": "“",
    "apostrophes": " 'a",
    "brackets": "[",
    "round brackets": "(",
    "curly brackets": "{a=",
    "commas": ",",
    "semicolons": "; ",
    "equals signs": "=",
    "formulas": ";=",
    "bars": "1|",
    "strokes": "/1",
    "backslashes": "\\",
    "hashes": "#\n",
    "dotted keys": "a.",
    "dotted keys with blanks": "a . ",
    "neither": "neither ",
    "words in brackets": "(ABC ",
    "one word": "a",
    "words": "the board meets, and I ",
    "lines": "a\n",
}
"""What is written over and over."""


def filled(piece: str, size: int) -> str:
    """A text of some bytes, of one piece over and over."""
    return piece * (size // len(piece.encode()) + 1)


def rows(head: str, row: Callable[[int], str], size: int) -> str:
    """A text of some bytes, of a head and numbered rows."""
    found, length, at = [head], len(head), 0
    while length < size:
        found.append(row(at))
        length += len(found[-1])
        at += 1
    return "".join(found)


@dataclass(frozen=True, slots=True)
class Table:
    """Where bad files are read: a shared project with an open round, and an invitation and a sheet of it."""

    folder: Path
    project: Path
    as_laid: bytes
    """The project as it was before anything was read."""
    questionnaire: Path
    invitation: Mapping[str, Any]
    sheet: Mapping[str, Any]


def laid(folder: Path) -> Table:
    """Everything that is needed to read bad files in a folder."""
    questionnaire, invitation, sheet = (folder / name for name in ("small.toml", "x.invitation", "x.sheet"))
    questionnaire.write_text(SMALL, encoding="utf-8")
    with create(folder / "ours.selfassess", "shared") as project:
        round = add_round(project)
        invited = Invitation(round=round, salt=project.salt, content=EDITION.content, group="board")
        write_invitation(invitation, invited)
        path = project.path
    answered(invitation, sheet, {"begin": 3, "late": 1})
    tables = (json.loads(one.read_text(encoding="utf-8")) for one in (invitation, sheet))
    return Table(folder, path, path.read_bytes(), questionnaire, *tables)


def questionnaires(size: int) -> Iterator[tuple[str, str]]:
    """Bad questionnaires, each with a name."""
    head = 'format = 1\nid = "ours"\nversion = "1"\ntitle = "Ours"\n'
    scale = '[scales.agree]\npoints = [{ value = 1, label = "No" }, { value = 2, label = "Yes" }]\n'
    strand = '[[strands]]\nid = "s"\ntitle = "S"\n'
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield name, text
        yield f"{name} as a key", f"{head}{text} = 1\n"
        yield f"{name} as a value", f"{head}x = {text}\n"
        yield f"{name} in a table", f"{head}x = {{ a = 1, {text} }}\n"
        yield f"{name} in a text", f"{head}about = {json.dumps(text)}\n{scale}{strand}"
        cut = json.dumps((piece * 3_900)[:3_900])
        yield (
            f"{name} in every item",
            rows(
                f"{head}{scale}{strand}",
                lambda at, cut=cut: f'[[strands.items]]\nid = "i{at}"\ntext = {cut}\nshow_if = {cut}\n',
                size,
            ),
        )
    item = '[[strands.items]]\nid = "i{0}"\ntext = "We meet {0}."\n'
    for name, start, row in (
        ("keys", "", "k{0} = 1\n"),
        ("unknown keys", head + scale + strand, "titel{0} = 1\n"),
        ("tables", "", "[t{0}]\na = 1\n"),
        ("deep tables", "", "k{0}.a.b.c.d.e.f.g.h = 1\n"),
        ("dates", f"{head}x = [", "1979-05-27T07:32:00Z,"),
        ("numbers", f"{head}x = [", "12345678901234567890123,"),
        ("items", head + scale + strand, item),
        ("items without keys", head + scale + strand, "[[strands.items]]\n"),
        ("items of one id", head + scale + strand, '[[strands.items]]\nid = "i"\ntext = "We meet."\n'),
        ("benchmarks", head + scale + strand, '[[strands.benchmarks]]\nid = "b{0}"\ntitle = "B{0}"\n'),
        ("groups", head + scale, '[[groups]]\nid = "g{0}"\ntitle = "G{0}"\n'),
        ("scales", head, "[scales.s{0}]\npoints = [{{ value = 1 }}, {{ value = 2 }}]\n"),
        ("unknown scales", head + scale + strand, item + 'scale = "agre{0}"\n'),
        ("conditions in a chain", head + scale + strand, item + 'show_if = "i{0} <= 1"\n'),
        ("points", f"{head}[scales.agree]\npoints = [", '{{ value = {0}, label = "L{0}" }},'),
        ("actions", head + scale + strand, '[[strands.actions]]\nid = "a{0}"\ntext = "Meet {0}."\n'),
        ("strands", head + scale, '[[strands]]\nid = "s{0}"\ntitle = "S"\n' + item),
    ):
        text = rows(start, row.format, size)
        yield name, f"{text}]\n" if start.endswith("[") else text
    yield "as much as there is room for", _full(head + scale, size)


def _full(head: str, size: int) -> str:
    groups = "".join(f'[[groups]]\nid = "g{at}"\ntitle = "G{at}"\n' for at in range(50))
    strands = "".join(f'[[strands]]\nid = "s{at}"\ntitle = "S{at}"\n{_benchmarks(at)}' for at in range(100))
    padding = "# and so on\n"
    return head + groups + strands + filled(padding, max(size - len(strands), 0))


def _benchmarks(strand: int) -> str:
    first = strand * 20
    return "".join(
        f'[[strands.benchmarks]]\nid = "b{strand}_{one}"\ntitle = "B{strand} {one}"\n'
        + "".join(
            f'[[strands.benchmarks.items]]\nid = "i{at}"\ntext = "We in the board meet {at} times and never talk."\n'
            + ('scale = "agree"\n' if at < 1 else f'show_if = "{_before(at)}"\n')
            for at in range(first + 4 * one, first + 4 * one + 4)
        )
        for one in range(5)
    )


def _before(at: int) -> str:
    return " and ".join(f"i{one} <= 2" for one in range(max(at - 5, 0), at))


def responses(size: int) -> Iterator[tuple[str, str]]:
    """Bad files of responses."""
    head = "respondent,group,begin,late\n"
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield name, text
        yield f"{name} in the heading", f"{text}{head}p1,board,1,2\n"
        yield f"{name} after the heading", f"{head}{text}"
        yield f"{name} as an answer", f"{head}p1,board,{text},2\n"
        cell = filled(piece, 4_000).replace("\n", " ").replace(",", ";").replace('"', "'")
        yield f"{name} as every answer", rows(head, lambda at, c=cell: f"{at},board,1,{c}\n", size)
        yield f"{name} as every group", rows(head, lambda at, c=cell: f"{at},{c},1,1\n", size)
        yield f"{name} as every name", rows(head, lambda at, c=cell: f"{at}{c},board,1,1\n", size)
    for name, start, row in (
        ("good", head, "{0},board,1,2\n"),
        ("rounds", "round," + head, "{0},{0},board,1,2\n"),
        ("one name", head, "p,board,1,2\n"),
        ("wrong answers", head, "{0},board,7,2\n"),
        ("wrong groups", head, "{0},baord{0},1,2\n"),
        ("short rows", head, "{0}\n"),
        ("columns", "respondent", ",begim{0}"),
        ("columns of one name", "respondent", ",begin"),
        ("one column", "respondent\n", "{0}\n"),
    ):
        yield name, rows(start, row.format, size)


def plans(size: int) -> Iterator[tuple[str, str]]:
    """Bad plans that come back."""
    head = "id,action,benchmark,groups,owner,due,status,place\n"
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield name, text
        yield f"{name} in the heading", f"{text}{head},Meet.,,,,,,\n"
        yield f"{name} in a row", f"{head},Meet.,,{text}\n"
        cell = filled(piece, 2_000).replace("\n", " ").replace(",", ";").replace('"', "'")
        yield f"{name} in every cell", rows(head, lambda at, c=cell: f",{at},{c},{c},{c},{c},{c},{at}\n", size)
    for name, start, row in (
        ("rows", head, ",Do {0}.,,,,,,\n"),
        ("places", head, ",Do {0}.,,,,,,{0}\n"),
        ("ids", head, "a{0},Do {0}.,,,,,,\n"),
        ("columns", "id", ",onwer{0}"),
    ):
        yield name, rows(start, row.format, size)
    yield "a thousand rows", rows(head, lambda at: f",Do {at}.,,,,,,{999 - at}\n" if at < 1_000 else "\n", size)


def sheets(table: Table, size: int) -> Iterator[tuple[str, bytes]]:
    """Bad sheet files. What is in them is as it was handed in: their sum is right."""
    yield from _sealed("sheet", table.sheet, ("group", "answers", "form", "key", "matching"), size)
    whole = _bare(table.sheet)
    for name, piece in PIECES.items():
        text, key = filled(piece, size), "0" * 32
        yield f"{name} in a text", seal("sheet", {**whole, "texts": {key: {"about": "well", "text": text}}})
        yield f"{name} as what it is about", seal("sheet", {**whole, "texts": {key: {"about": text, "text": "x"}}})
        many = {f"{at:032x}": {"about": "well", "text": (piece * 4_000)[:4_000]} for at in range(size // 4_000)}
        yield f"{name} in many texts", seal("sheet", {**whole, "texts": many})
    yield "numbers beside", seal("sheet", {**whole, "beside": {f"i{at}": at for at in range(size // 12)}})
    yield "points beside", seal("sheet", {**whole, "beside": {"begin": list(range(size // 8))}})


def invitations(table: Table, size: int) -> Iterator[tuple[str, bytes]]:
    """Bad invitations, sums and all."""
    yield from _sealed("invitation", table.invitation, ("group", "code", "salt", "questionnaire"), size)
    whole = _bare(table.invitation)
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield f"{name} as the title", seal("invitation", {**whole, "round": {**whole["round"], "title": text}})
        yield f"{name} as the questionnaire", _inviting(table, text)
        yield f"{name} in the questionnaire", _inviting(table, SMALL.replace('"Small"', json.dumps(text)))


def _sealed(kind: str, table: Mapping[str, Any], keys: tuple[str, ...], size: int) -> Iterator[tuple[str, bytes]]:
    whole = _bare(table)
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield name, text.encode()
        yield f"{name} in JSON", f'{{"selfassess": "{kind}", "x": {text}'.encode()
        for key in keys:
            yield f"{name} as {key}", seal(kind, {**whole, key: text})
    yield "deep lists", f'{{"selfassess": "{kind}", "x": {"[" * (size // 2)}{"]" * (size // 2)}}}'.encode()
    yield "deep tables", ('{"a":' * (size // 6) + "1" + "}" * (size // 6)).encode()
    yield "many keys", seal(kind, {**whole, **{f"k{at}": at for at in range(size // 14)}})
    yield "long numbers", f'{{"selfassess": "{kind}", "x": [{filled("1" * 4_000 + ",", size)}1]}}'.encode()


def _bare(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in ("selfassess", "format", "sum")}


def keyed(size: int) -> Iterator[tuple[str, str]]:
    """Bad rows from paper, keyed in elsewhere."""
    for name, piece in PIECES.items():
        text = filled(piece, size)
        yield name, text
        yield f"{name} in a row", f"17 {text}\n"
        yield f"{name} between strokes", f"17 /{text}/12\n"
        yield f"{name} in every row", rows("", lambda at, p=piece: f"{at % 500} 12{filled(p, 300).strip()}\n", size)
    for name, row in (("short", "{0} 1\n"), ("alike", "17 12\n"), ("wrong", "{0} 97\n")):
        yield name, rows("", row.format, size)
    yield "good", rows("", lambda at: f"{at} 12\n" if at < 500 else "# and so on\n", size)


def typed(size: int) -> Iterator[tuple[str, str]]:
    """What comes in where somebody is asked line by line."""
    for name, piece in PIECES.items():
        if "\n" not in piece:  # else each line is an answer
            text = filled(piece, size)
            yield name, text
            yield f"{name} as a comment", f"\n\n1\nc\n{text}\n\n1\ns\n"


@dataclass(frozen=True, slots=True)
class Reader:
    """A command that reads what others have written."""

    name: str
    ending: str
    """Of the files it reads; nothing where it reads what is typed or piped in."""
    arguments: Callable[[Table, str], tuple[str, ...]]
    """What it is called with for a file."""
    files: Callable[[Table, int], Iterator[tuple[str, bytes]]]
    """Bad ones of some size, each with a name."""
    good: Callable[[Table, int], bytes]
    """A good one of that size, or what comes nearest."""
    others: tuple[int, ...] = ()
    """What it may end with beside the exit codes of what is wrong in files."""

    def all_files(self, table: Table, size: int) -> Iterator[tuple[str, bytes]]:
        """Every bad file, and some that are bad whatever they should be."""
        yield from self.files(table, size)
        yield "no UTF-8", b"\xff" * size
        yield "two bytes a character", filled("a,b\n", size // 2).encode("utf-16")
        yield "a mark and nothing", b"\xef\xbb\xbf"
        yield "nothing", b""


Files = Callable[[int], Iterator[tuple[str, str]]]


def _text(files: Files) -> Callable[[Table, int], Iterator[tuple[str, bytes]]]:
    return lambda _, size: ((name, text.encode()) for name, text in files(size))


def _named(files: Files, wanted: str) -> Callable[[Table, int], bytes]:
    return lambda _, size: next(text.encode() for name, text in files(size) if name == wanted)


def _longest_texts(table: Table, size: int) -> bytes:
    text = {"about": "well", "text": ("We meet every month. " * 200)[:4_000]}
    return seal("sheet", {**_bare(table.sheet), "texts": {f"{at:032x}": text for at in range(size // 4_100)}})


def _padded(table: Table, size: int) -> bytes:
    return _inviting(table, SMALL + filled("# and so on\n", size))


def _inviting(table: Table, questionnaire: str) -> bytes:
    whole, sum = _bare(table.invitation), hashlib.sha256(questionnaire.encode()).hexdigest()
    round = {**whole["round"], "questionnaire": sum}
    return seal("invitation", {**whole, "round": round, "questionnaire": [questionnaire]})


def _here(*command: str) -> Callable[[Table, str], tuple[str, ...]]:
    return lambda table, file: ("--project", str(table.project), *(file if one == "FILE" else one for one in command))


READERS = (
    Reader(
        "questionnaire", ".toml", lambda _, file: ("check", file), _text(questionnaires),
        _named(questionnaires, "as much as there is room for"),
    ),
    Reader(
        "earlier version", ".toml", lambda table, file: ("diff", file, str(table.questionnaire)), _text(questionnaires),
        _named(questionnaires, "as much as there is room for"), others=(7,),
    ),
    Reader(
        "responses", ".csv", lambda table, file: ("report", str(table.questionnaire), "--responses", file),
        _text(responses), _named(responses, "good"),
    ),
    Reader("plan", ".csv", _here("plan", "import", "FILE", "--yes"), _text(plans), _named(plans, "a thousand rows")),
    Reader("sheet", ".sheet", _here("collect", "FILE"), sheets, _longest_texts),
    Reader("invitation", ".invitation", lambda _, file: ("take", file), invitations, _padded, others=(130,)),
    Reader("rows from paper", "", _here("round", "enter", "autumn", "--group", "board"), _text(keyed),
           _named(keyed, "good")),
    Reader("what is typed", "", lambda _, _file: ("--plain", "take", "partnership"), _text(typed),
           _named(typed, "words as a comment"), others=(130,)),
)  # fmt: skip  # a reader in two lines
