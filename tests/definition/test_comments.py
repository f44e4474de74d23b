"""Comments are taken out of a questionnaire file, and nothing else is."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.comments import without_comments
from selfassess.definition.library import shipped
from selfassess.definition.starter import template
from tests.examples import examples


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ""),
        ("# one\na = 1\n", "a = 1\n"),
        ("a = 1 # one\nb = 2", "a = 1\nb = 2"),
        ("a = 1\n  # one\n\n# two", "a = 1\n\n"),
        ("a = [ # one\n 1, # two\n # three\n]", "a = [\n 1,\n]"),
        ("# one\r\na = 1 # two\r\n", "a = 1\r\n"),
        ('a = "# no" # one', 'a = "# no"'),
        ("a = 'C:\\' # one", "a = 'C:\\'"),
        ('a = "\\" # no" # one', 'a = "\\" # no"'),
        ('a = """\n# no\n\\""" # no\n"""" # one', 'a = """\n# no\n\\""" # no\n""""'),
        ("a = '''\n# no\n' # no''' # one", "a = '''\n# no\n' # no'''"),
        ('"# no" = 1 # it\'s "one', '"# no" = 1'),
        ("a = '' # one", "a = ''"),
    ],
)
def test_only_comments_go(text: str, left: str) -> None:
    assert without_comments(text.encode()).decode() == left
    assert tomllib.loads(left) == tomllib.loads(text)


PIECES = st.sampled_from(["#", '"', "'", '"""', "'''", "\\", "\n", " ", "a", "= 1", "[", "]", ",", "\t", "ü"])


@given(st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=8).map("".join))
@examples(400)
def test_what_the_file_says_stays(text: str, comment: str) -> None:
    content = f"a = {text}\nb = 1 # {comment}"
    try:
        said = tomllib.loads(content)
    except tomllib.TOMLDecodeError:
        return
    left = without_comments(content.encode())
    assert tomllib.loads(left.decode()) == said
    assert without_comments(left) == left


@pytest.mark.parametrize("content", [template("ours").encode(), *(one.path.read_bytes() for one in shipped())])
def test_our_files_say_the_same_without_them(content: bytes) -> None:
    left = without_comments(content).decode()
    assert tomllib.loads(left) == tomllib.loads(content.decode())
    assert "#" not in left
