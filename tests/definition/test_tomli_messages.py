"""What is wrong with a file's TOML is told by tomli's messages: here is an example of each that we have words for."""

import pytest
import tomli

from selfassess.definition.toml_source import SAYINGS

EXAMPLES = {
    "Cannot overwrite": "a = 1\na = 2",
    "Cannot declare": "[a]\n[a]",
    "Cannot mutate": "a = { b = 1 }\na.c = 2",
    "Cannot redefine": "[a.b]\nc = 1\n[a]\nb.d = 2",
    "Duplicate inline table key": "a = { b = 1, b = 2 }",
    "Expected '='": "a 1",
    "Expected newline": "a = 1 2",
    "Expected ']": "[a",
    "Invalid initial character": "a.= 1",
    "Invalid statement": "?",
    "Invalid value": "a = ",
    "Invalid hex": r'a = "\uzzzz"',
    "Invalid date": "a = 2026-02-30",
    r"Illegal character '\n'": 'a = "b\n',
    "Illegal character": 'a = "\x01"',
    "Found invalid character": "# \x01",
    "Unterminated string": 'a = "b',
    "Unclosed array": "a = [1",
    "Unclosed inline table": "a = { b = 1",
    "Unescaped": r'a = "\y"',
}


def test_there_is_an_example_of_each() -> None:
    assert set(EXAMPLES) == set(SAYINGS)


@pytest.mark.parametrize(("start", "text"), EXAMPLES.items())
def test_tomli_words_it_like_this(start: str, text: str) -> None:
    with pytest.raises(tomli.TOMLDecodeError) as found:
        tomli.loads(text)
    assert next(said for said in SAYINGS if found.value.msg.startswith(said)) == start
