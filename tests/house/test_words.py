"""The catalogue in docs/words is of the program as it is, and has none of the words that people stumbled over."""

import re
import textwrap
import tomllib
from typing import Any

import catalogue
import pytest

BANNED = tomllib.loads((catalogue.WORDS / "banned.toml").read_text(encoding="utf-8"))["banned"]


def said(source: str) -> list[str]:
    return catalogue.sentences(textwrap.dedent(source))


@pytest.mark.slow
def test_the_catalogue_has_the_sentences_of_every_room() -> None:
    texts = {f"{page.room}.md": catalogue.text(page) for page in catalogue.pages()}
    written = {path.name: path.read_text(encoding="utf-8") for path in catalogue.WORDS.glob("*.md")}
    assert written.keys() - {"README.md"} == texts.keys()
    stale = [name for name in texts if written[name] != texts[name]]
    assert not stale, "run python docs/make.py and read the diff"


@pytest.mark.parametrize("exceptions", [catalogue.NOT_SHOWN, catalogue.SHOWN], ids=["not shown", "shown"])
def test_exceptions_are_of_modules_that_exist(exceptions: dict[str, tuple[str, ...]]) -> None:
    assert not [name for name in exceptions if not (catalogue.HOUSE / name).exists()]


@pytest.mark.parametrize("one", BANNED, ids=lambda one: one["instead"])
def test_nothing_is_said_as_people_stumbled_over(one: dict[str, Any]) -> None:
    pattern = re.compile(rf"(?<!\w)(?:{one['pattern']})(?!\w)", re.IGNORECASE)
    lines = [line for path in catalogue.WORDS.glob("*.md") for line in path.read_text(encoding="utf-8").splitlines()]
    assert pattern.search(one["example"])
    assert not [line for line in lines if pattern.search(catalogue.bare(line))], one["instead"]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ('say(f"The round “{round.title}” is closed.")', "The round “{round.title}” is closed."),
        ('say("One sentence " "in two parts.")', "One sentence in two parts."),
        ("say(f\"You {'may' if can else 'may not'} go.\")", "You ⟨may | may not⟩ go."),
        ('say("All" + (f" of {self.n}" if n else "") + " answered.")', "All⟨ of {n}⟩ answered."),
        ("say(f'{count(len(rows), \"row\")} left.')", "{rows} ⟨row | rows⟩ left."),
        ('def f():\n    verb = "is" if n == 1 else "are"\n    say(f"Who {verb} in")', "Who ⟨is | are⟩ in"),
        ("say(f'First {second(f\"and {third} more\")}')", "First {second(…)}"),
        ("say(f'First {second(f\"and {third} more\")}')", "and {third} more"),
        ('Option("Leave")', "Leave"),
        ('@click.command()\ndef take():\n    """Answer,\n    or go on."""', "Answer, or go on."),
        ('@click.option("--code", help="Your code.")\ndef take():\n    """What it does."""', "Your code."),
        ('say("""One\nparagraph.""")', "One paragraph."),
        ('raise UsageError("One line.\\nAnother.")', "One line. ↵ Another."),
        ('WORDS = {"a": "two words", "b": "one"}', "one"),
    ],
)
def test_a_sentence_is_told_whole(source: str, sentence: str) -> None:
    assert sentence in said(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""What a module is about."""',
        'def f():\n    """What a function does."""',
        'WIDTH = 3\n"""How wide it is."""',
        'connection.execute("select key from rounds")',
        'QUESTION = "SELECT key FROM rounds"',
        're.compile("a blank")',
        'PATTERN = r"a word, \\d+ or none"',
        'if claim == "not shown": pass',
        'match claim:\n    case "not shown": pass',
        'Claim = Literal["not shown", "too few"]',
        'rounds: "List of rounds" = []',
        'styled(words, "bold $primary")',
        'raise ValueError("our own fault")',
        'id("leadership")',
        'f"{low}–{high} {unit}"',
        'titles["All of them"]',
    ],
)
def test_what_nobody_reads_is_left_out(source: str) -> None:
    assert not said(source)
