"""Conditions: the small language of show_if and comment_if.

    vision_say <= 2 and not (years < 1 or services has 3)

An item's id compared with a number; `has` asks whether a choose-many answer holds a point. What is
said of a missing answer is neither true nor false, and a condition that comes out so counts as false.
"""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from selfassess.model.sheet import Response
from selfassess.text import LONGEST_TEXT

TOKEN = re.compile(r"\s*(?:(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<sign><=|>=|==|!=|<|>|\(|\)))")

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
SIGNS = (*COMPARISONS, "has")
KEYWORDS = {"and", "or", "not", "has"}
DEEPEST = 50
"""How many brackets and nots may stand within each other."""


class ConditionError(ValueError):
    """The text is not a condition. `column` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Compare:
    """An item beside a number."""

    item: str
    sign: str
    value: float


@dataclass(frozen=True, slots=True)
class Not:
    """What is true where its part is false."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    """True where every part is."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Either:
    """True where any part is."""

    parts: "tuple[Condition, ...]"


Condition = Compare | Not | All | Either


def comparisons(condition: Condition) -> Iterator[Compare]:
    """Every comparison in the condition, from left to right."""
    match condition:
        case Compare():
            yield condition
        case Not(part):
            yield from comparisons(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from comparisons(part)


def holds(condition: Condition, responses: Mapping[str, Response]) -> bool:
    """Whether the condition is true of these responses. Items that are absent count as missing."""
    return _truth(condition, responses) is True


def _truth(condition: Condition, responses: Mapping[str, Response]) -> bool | None:
    match condition:
        case Compare(item, sign, value):
            return _compare(responses.get(item), sign, value)
        case Not(part):
            truth = _truth(part, responses)
            return None if truth is None else not truth
        case All(parts):
            truths = [_truth(part, responses) for part in parts]
            return False if False in truths else None if None in truths else True
        case Either(parts):
            truths = [_truth(part, responses) for part in parts]
            return True if True in truths else None if None in truths else False


def _compare(response: Response | None, sign: str, value: float) -> bool | None:
    match response:
        case tuple() if sign == "has":
            return value in response
        case int() | float() if sign != "has":
            return COMPARISONS[sign](response, value)
        case _:
            return None


@lru_cache(maxsize=4096)  # more than the items of two questionnaires that are compared
def parse(text: str) -> Condition:
    """The condition that a text says. ConditionError names what is wrong and the column."""
    if len(text) > LONGEST_TEXT:
        raise ConditionError("it is too long", LONGEST_TEXT)
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.depth = 0
        self.end = len(text) + 1

    def whole(self) -> Condition:
        condition = self.either()
        if self.next < len(self.tokens):
            _, word, column = self.tokens[self.next]
            hint = ' (two equals signs: "==")' if word == "=" else ""
            raise ConditionError(f"“{word}” does not belong here{hint}", column)
        return condition

    def either(self) -> Condition:
        parts = [self.all()]
        while self.accept("or"):
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def all(self) -> Condition:
        parts = [self.one()]
        while self.accept("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self) -> Condition:
        if self.depth > DEEPEST:
            raise ConditionError("too many brackets within each other", self.column())
        self.depth += 1
        condition = self.single()
        self.depth -= 1
        return condition

    def single(self) -> Condition:
        if self.accept("not"):
            return Not(self.one())
        if self.accept("("):
            condition = self.either()
            if not self.accept(")"):
                raise ConditionError("a bracket is not closed", self.column())
            return condition
        item = self.take("word", "the id of an item")
        if item in KEYWORDS:
            raise ConditionError(f"“{item}” does not belong here", self.tokens[self.next - 1][2])
        sign = self.sign(item)
        return Compare(item, sign, float(self.take("number", f"a number after “{sign}”")))

    def sign(self, item: str) -> str:
        for sign in SIGNS:
            if self.accept(sign):
                return sign
        raise ConditionError(f"“{item}” is not compared with anything (use {' '.join(SIGNS)})", self.column())

    def accept(self, word: str) -> bool:
        if self.next < len(self.tokens) and self.tokens[self.next][1] == word:
            self.next += 1
            return True
        return False

    def take(self, kind: str, wanted: str) -> str:
        if self.next < len(self.tokens) and self.tokens[self.next][0] == kind:
            self.next += 1
            return self.tokens[self.next - 1][1]
        raise ConditionError(f"{wanted} is missing", self.column())

    def column(self) -> int:
        return self.tokens[self.next][2] if self.next < len(self.tokens) else self.end


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    place = 0
    while text[place:].strip():
        found = TOKEN.match(text, place)
        if not found:
            column = place + len(text[place:]) - len(text[place:].lstrip()) + 1
            yield "stray", text[column - 1], column
            return
        kind = str(found.lastgroup)
        yield kind, found[kind], found.start(kind) + 1
        place = found.end()
