"""The words that the warnings about wording look for, one set a language; they stand in lint_words.toml."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import tomli

NEVER_FOUND = r"(?!)"


@dataclass(frozen=True, slots=True)
class WordList:
    """Words to look for, and the phrases in which they do no harm."""

    wanted: re.Pattern[str]
    harmless: re.Pattern[str]

    def found(self, text: str) -> tuple[str, ...]:
        """The words of the list that the text has, as they stand in it."""
        return tuple(match.group() for match in self.wanted.finditer(self.harmless.sub("…", text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the checks know of one language. The file says what each list is for."""

    joining: WordList
    negations: WordList
    absolutes: WordList
    vague: WordList
    leading: WordList
    conjunctions: WordList
    openings: WordList
    subjects: Mapping[str, WordList]
    sides: Mapping[str, WordList]
    high: WordList
    low: WordList
    no_answers: Mapping[str, WordList]


def words_of(language: str) -> Words | None:
    """The words of a language, by its code ("en", "en-GB"). None where there is no list for it."""
    return _words(re.split("[-_]", language.lower())[0])


def known_capitals() -> frozenset[str]:
    """Words in capitals that need no explanation."""
    return frozenset(_tables()["known_capitals"])


@cache
def _tables() -> Mapping[str, Any]:
    return tomli.loads(files("selfassess.definition").joinpath("lint_words.toml").read_text(encoding="utf-8"))


@cache
def _words(language: str) -> Words | None:
    tables = _tables()["languages"].get(language)
    if tables is None:
        return None
    parts: Mapping[str, str] = tables["parts"]

    def listed(name: str, *harmless: str) -> WordList:
        table = tables[name]
        return _word_list(table["words"], [*harmless, *table.get("harmless", ())], parts)

    def each(name: str) -> Mapping[str, WordList]:
        return {key: _word_list(words, (), parts) for key, words in tables[name].items()}

    return Words(
        joining=listed("joining", *_either_way(tables["pairs"])),
        negations=listed("negations"),
        absolutes=listed("absolutes"),
        vague=listed("vague"),
        leading=listed("leading"),
        conjunctions=listed("conjunctions"),
        openings=listed("openings"),
        subjects=each("subjects"),
        sides=each("sides"),
        high=listed("high"),
        low=listed("low"),
        no_answers=each("no_answers"),
    )


def _word_list(words: Iterable[str], harmless: Iterable[str], parts: Mapping[str, str]) -> WordList:
    return WordList(_any_of(words, parts), _any_of(harmless, parts))


def _any_of(entries: Iterable[str], parts: Mapping[str, str]) -> re.Pattern[str]:
    expression = _with_parts("|".join(entries), parts) or NEVER_FOUND
    # A hyphen belongs to its word: "not-for-profit" is no "not".
    return re.compile(rf"(?<![\w-])(?:{expression})(?![\w-])", re.IGNORECASE)


def _with_parts(expression: str, parts: Mapping[str, str]) -> str:
    """The expression with the parts that it names; a part can name others. Counts, as in x{1,4}, are no names."""
    return re.sub(r"\{([a-z_]+)\}", lambda named: _with_parts(parts[named[1]], parts), expression)


def _either_way(pairs: Iterable[str]) -> list[str]:
    """Each pair in both orders, with any joining word, each half with or without its last s."""
    halves = [[f"{half.removesuffix('s')}s?" for half in re.split(" and | or ", pair)] for pair in pairs]
    orders = [*halves, *([second, first] for first, second in halves)]
    return [rf"{first} ?(?:and/or|and|or|&|/) ?{second}" for first, second in orders]
