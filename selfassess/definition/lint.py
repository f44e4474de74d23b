"""Warnings about how a questionnaire is written. None of them stops anything.

An item silences a warning by its code: allow = ["double-barrelled"]. A warning about something larger (a benchmark,
a strand, a scale) is silent as soon as one of its items allows it, or the scale itself. The head of the file silences
one everywhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from selfassess.definition.findings import Finding
from selfassess.definition.lint_words import Words, known_capitals, words_of
from selfassess.definition.tables import walk
from selfassess.definition.toml_source import Keys
from selfassess.model.questionnaire import Benchmark, Group, GroupKey, Item, Questionnaire, Scale, Strand
from selfassess.text import listed

LONG, TOO_LONG = 20, 30
"""Words of an item."""

LOOKED_AT = 600
"""Characters of a text in which words are looked for: three times as many as can be read at one go."""

MOST_CAPITALS = 500
"""Times that the explanation of a word in capitals is looked for."""

MANY_ITEMS = 12
"""Items of a strand, its open questions not counted."""

WORD_WARNINGS: Mapping[str, tuple[str, str]] = {
    "double-barrelled": (
        "{first} seems to ask two questions in one: a person may agree with only one of them.",
        'Ask them as two items, or write allow = ["double-barrelled"] if it is one idea.',
    ),
    "absolute": (
        "With {all} in it, a single exception is a reason to disagree.",
        'Leave it out and let the scale say how far, or write allow = ["absolute"] if it is meant to the letter.',
    ),
    "vague-amount": (
        "What {all} amounts to is different for each person.",
        'Say how much or how often, or write allow = ["vague-amount"] if people are to use a measure of their own.',
    ),
    "leading": (
        "{all} can push people towards an answer.",
        'Leave it out, or write allow = ["leading"] if it only says how a thing is done.',
    ),
    "negation": (
        "To disagree with {all} is a double negative: people slip.",
        'Say what is there rather than what is missing, or write allow = ["negation"] if it reads better this way.',
    ),
    "negation-with-reverse": (
        "The item is turned round (reverse = true) and is negated too, with {all}: people slip.",
        'Write it without the negation, or write allow = ["negation-with-reverse"] if you have tried it out.',
    ),
    "two-negations": (
        "There is more than one negation here ({all}): people have to work out what it says.",
        'Say it without them, or write allow = ["two-negations"] if you have tried it out.',
    ),
}
"""What an author reads about words found in an item, by the code of the warning: the message and the hint."""

WARNINGS: tuple[str, ...] = (
    *WORD_WARNINGS,
    *("long", "too-long-to-read", "unexplained-capitals", "same-text", "mixed-subjects", "one-item", "many-items"),
    *("unlabelled-scale", "lopsided-scale", "same-label", "no-answer-scored", "agreeing-scores-low"),
    *("same-title", "group-without-action"),
)
"""The codes of warnings about how a questionnaire is written."""

ALLOWED: tuple[str, ...] = (
    *WARNINGS,
    *("hidden-characters", "unused-wording", "skills-not-found", "no-word-list"),
    *("condition-not-asked", "condition-never", "condition-always", "own-units", "too-few-decimals"),
)
"""The codes that can be allowed."""

Found = tuple[tuple[Item, ...], Finding]
"""A warning with the items that can silence it."""


@dataclass(frozen=True, slots=True)
class Text:
    """What an item asks of everybody or of one group, and the way to it."""

    keys: Keys
    item: Item
    words: str
    notes: str
    """What explains the item where it stands: the lines about the questionnaire, the strand and the benchmark."""

    def warning(self, code: str, message: str, hint: str) -> Found:
        return (self.item,), Finding(code, self.keys, message, hint, severity="warning")


def craft(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What a survey methodologist would say about a questionnaire, less what its items allow."""
    words = words_of(questionnaire.language)
    if words is None:
        message = f"There is no list of words for the language “{questionnaire.language}”."
        hint = "Check the items yourself for double-barrelled, negated, vague or leading ones: the rest is checked."
        yield Finding("no-word-list", ("language",), message, hint, severity="warning")
    for items, finding in _found(questionnaire, words):
        if not any(finding.code in item.allow for item in items):
            yield finding


def allowed(questionnaire: Questionnaire, found: Iterable[Finding]) -> list[Finding]:
    """What was found, less the warnings that the head of the file, or a table that they are about, silences."""
    silent = {
        keys: frozenset(part.allow)
        for keys, part in walk(questionnaire)
        if isinstance(part, Questionnaire | Scale | Item) and part.allow
    }
    return [
        finding
        for finding in found
        if not any(finding.code in silent.get(finding.keys[:depth], ()) for depth in range(len(finding.keys) + 1))
    ]


def _found(questionnaire: Questionnaire, words: Words | None) -> Iterator[Found]:
    texts = tuple(_texts(questionnaire))
    for text in texts:
        yield from _length(text)
        if words:
            yield from _wording(text, words)
    yield from _capitals(texts)
    yield from _same_texts(texts)
    yield from _same_titles(questionnaire)
    for keys, part in walk(questionnaire):
        match part:
            case Scale():
                yield from _scale(keys, part, _users(questionnaire, str(keys[-1])), words)
            case Strand():
                yield from _many_items(questionnaire, keys, part)
                if not part.middle:
                    yield from _group_without_action(questionnaire, keys, part)
            case Benchmark():
                yield from _one_item(keys, part)
                yield from _group_without_action(questionnaire, keys, part)
                if words:
                    yield from _mixed_subjects(questionnaire, keys, part, words)


def _texts(questionnaire: Questionnaire) -> Iterator[Text]:
    parts = dict(walk(questionnaire))
    for keys, item in parts.items():
        if isinstance(item, Item):
            above = (parts.get(keys[:depth]) for depth in range(len(keys)))
            notes = " ".join(getattr(part, "about", "") for part in above)
            yield Text((*keys, "text"), item, _plain(item.text), notes)
            for group, wording in item.wording.items():
                yield Text((*keys, "wording", group), item, _plain(wording), notes)


def _plain(text: str) -> str:
    """The text on one line, with typewriter's apostrophes."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split())


def _unquoted(text: str) -> str:
    return re.sub(r"“[^”]*”|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)", "…", text)


def _length(text: Text) -> Iterator[Found]:
    count = sum(any(character.isalnum() for character in word) for word in text.words.split())
    if count > TOO_LONG:
        hint = f"Split it, or move what explains it to help. {LONG} words or fewer are best."
        yield text.warning("too-long-to-read", f"With {count} words this is too long to read in one go.", hint)
    elif count > LONG:
        hint = f"Cut it to {LONG} or fewer, or move what explains it to help."
        yield text.warning("long", f"This has {count} words: long for one question.", hint)


def _wording(text: Text, words: Words) -> Iterator[Found]:
    asked = _unquoted(text.words[:LOOKED_AT])
    hits = {"leading": words.leading.found(asked)}
    # Nobody agrees with an open question: it may well join two thoughts or speak of what is not there.
    if text.item.has_figures:
        hits |= {
            "double-barrelled": words.joining.found(_main_clause(asked, words)),
            "absolute": words.absolutes.found(asked),
            "vague-amount": words.vague.found(asked),
            **_negations(text.item, asked, words),
        }
    for code, found in hits.items():
        if found:
            message, hint = WORD_WARNINGS[code]
            yield text.warning(code, message.format(first=_quoted(found[:1]), all=_quoted(found)), hint)


def _negations(item: Item, asked: str, words: Words) -> Mapping[str, tuple[str, ...]]:
    """The negations of a text under the one code they deserve. A single one in an opening clause is easy to agree
    with: "When I cannot come, I say so"."""
    anywhere = words.negations.found(asked)
    if len(anywhere) > 1:
        return {"two-negations": anywhere}
    code = "negation-with-reverse" if item.reverse else "negation"
    return {code: words.negations.found(_main_clause(asked, words))}


def _main_clause(asked: str, words: Words) -> str:
    """What is judged: the text without its opening clause or phrase ("When …, "), as far as commas tell."""
    return asked.removeprefix("".join(words.openings.found(asked)[:1])).strip()


def _subject(clause: str, words: Words) -> str:
    """The name of the first subject among the first three words, or nothing."""
    if words.conjunctions.found(clause):
        return ""
    start = clause.split()[:3]
    tails = [" ".join(start[skipped:]) for skipped in range(len(start))]
    return next((name for tail in tails for name, listed in words.subjects.items() if listed.found(tail)), "")


def _mixed_subjects(questionnaire: Questionnaire, keys: Keys, node: Benchmark, words: Words) -> Iterator[Found]:
    undeclared = tuple(item for item in node.items if item.is_scored and item.about is None)

    @cache
    def subject_of(asked: str) -> str:
        return _subject(_main_clause(_plain(asked)[:LOOKED_AT], words), words)

    for group in _groups(questionnaire):
        examples = _examples((item for item in undeclared if item.asks(group)), group, subject_of)
        if len(examples) > 1:
            told = ", ".join(f"“{subject}” in {id}" for subject, id in examples.items())
            message = f"The items are about different subjects: {told}. Their average is hard to read."
            hint = 'Use one subject, or say of each item about = "self" or about = "partnership".'
            yield undeclared, Finding("mixed-subjects", keys, message, hint, severity="warning")
            return


def _examples(items: Iterable[Item], group: GroupKey | None, subject_of: Callable[[str], str]) -> Mapping[str, str]:
    """The first item of each subject, by the subject, as a group reads them."""
    examples: dict[str, str] = {}
    for item in items:
        if subject := subject_of(item.words(group)):
            examples.setdefault(subject, item.id)
    return examples


def _capitals(texts: Iterable[Text]) -> Iterator[Found]:
    told: set[str] = set()
    looked_for = 0
    for text in texts:
        if text.words.isupper() or "unexplained-capitals" in text.item.allow:
            continue
        explained = f"{text.words} {text.notes}"
        for capitals in _runs_of_capitals(text.words[:LOOKED_AT]):
            # One word left unexplained in fifteen items is one thing to fix.
            if capitals in told or capitals in text.item.help:
                continue
            looked_for += 1
            if looked_for > MOST_CAPITALS:
                return
            if not _explains(explained, capitals):
                told.add(capitals)
                hint = "Write it out, or explain it in brackets, in the item's help or in the questionnaire's about."
                yield text.warning("unexplained-capitals", f"Not everybody knows what “{capitals}” is.", hint)


def _runs_of_capitals(text: str) -> Iterator[str]:
    for word in re.findall(r"\w[\w&]*", text):
        capitals = word.removesuffix("s")
        known = capitals in known_capitals() or re.fullmatch("[IVX]+", capitals)
        if capitals.isupper() and sum(letter.isupper() for letter in capitals) > 1 and not known:
            yield capitals


def _explains(text: str, capitals: str) -> bool:
    name = rf"(?<!\w){re.escape(capitals)}s?(?!\w)"
    return bool(re.search(rf"\([^()]*{name}|{name} ?[(:=–—]|{name},? (?:means|stands for|is short for)", text))


def _same_texts(texts: Iterable[Text]) -> Iterator[Found]:
    first: dict[str, Item] = {}
    for text in texts:
        # "What works well?" may close every strand.
        if text.item.is_in_words:
            continue
        earlier = first.setdefault(" ".join(re.findall(r"\w+", text.words.casefold())), text.item)
        if earlier is not text.item:
            hint = "Ask it once: groups and wording say who is asked, and in which words."
            message = f"The item {earlier.id} has the same words."
            yield (earlier, text.item), Finding("same-text", text.keys, message, hint, severity="warning")


def _same_titles(questionnaire: Questionnaire) -> Iterator[Found]:
    """Groups that people cannot tell apart, and strands or benchmarks that readers cannot."""
    first: dict[tuple[type[object], str], Group | Strand | Benchmark] = {}
    for keys, part in walk(questionnaire):
        if isinstance(part, Group | Strand | Benchmark):
            earlier = first.setdefault((type(part), _flat(part.title)), part)
            if earlier is not part:
                items = () if isinstance(part, Group) or isinstance(earlier, Group) else (*earlier.items, *part.items)
                message = f"“{earlier.id}” has the same title: nobody can tell them apart."
                yield items, Finding("same-title", (*keys, "title"), message, "Give each its own.", severity="warning")


def _flat(label: str) -> str:
    return " ".join(_plain(label).casefold().split())


def _one_item(keys: Keys, node: Benchmark) -> Iterator[Found]:
    scored = tuple(item for item in node.items if item.is_scored)
    if len(scored) == 1 and node.method not in ("none", "ladder"):
        message = "The score rests on a single item: one slip of a finger decides it."
        hint = 'Ask two or three things here, or write allow = ["one-item"] in the item.'
        yield scored, Finding("one-item", keys, message, hint, severity="warning")


def _many_items(questionnaire: Questionnaire, keys: Keys, strand: Strand) -> Iterator[Found]:
    items = (*strand.items, *(item for node in strand.middle for item in node.items))
    asked = {group: sum(item.asks(group) for item in items) for group in _groups(questionnaire)}
    group = max(asked, key=lambda group: asked[group])
    if asked[group] > MANY_ITEMS:
        who = f" of “{questionnaire.group_title(group)}”" if group else ""
        message = f"A person{who} can be asked {asked[group]} items in this strand: people tire."
        hint = f"Keep it to {MANY_ITEMS}: drop items, or ask some of one group only."
        yield items, Finding("many-items", keys, message, hint, severity="warning")


def _group_without_action(questionnaire: Questionnaire, keys: Keys, node: Benchmark | Strand) -> Iterator[Found]:
    has_actions = any(
        strand.actions or any(benchmark.actions for benchmark in strand.benchmarks) for strand in questionnaire.strands
    )
    if not has_actions or node.method == "none":
        return
    gap_actions = [action for action in node.actions if action.when == "gap"]
    without = [
        group
        for group in _groups(questionnaire)
        if any(item.is_scored and item.asks(group) for item in node.items)
        and not any(action.suits(group) for action in gap_actions)
    ]
    if without:
        titles = [questionnaire.group_title(group) for group in without if group]
        whom = f" to {_quoted(titles)}" if titles else ""
        message = f"No action is suggested{whom} when this falls short."
        hint = 'Add an action with when = "gap"' + (", for them or for everybody." if titles else ".")
        yield node.items, Finding("group-without-action", keys, message, hint, severity="warning")


def _users(questionnaire: Questionnaire, scale: str) -> tuple[Item, ...]:
    return tuple(item for item in questionnaire.items if item.scale == scale)


def _scale(keys: Keys, scale: Scale, users: tuple[Item, ...], words: Words | None) -> Iterator[Found]:
    unlabelled = [position for position, point in enumerate(scale.points) if not point.label.strip()]
    if unlabelled:
        values = ", ".join(f"{scale.points[position].value:g}" for position in unlabelled)
        ends = {0, len(scale.points) - 1}.intersection(unlabelled)
        message = f"An end of the scale has no label ({values}): nobody can tell which way it runs."
        if not ends:
            message = f"Some points have no label ({values}): each person reads them differently."
        where = (*keys, "points", min(ends, default=unlabelled[0]), "label")
        hint = "Put the point into words." if len(unlabelled) == 1 else "Put every point into words."
        yield users, Finding("unlabelled-scale", where, message, hint, severity="warning")
    yield from _same_labels(keys, scale, users)
    scored = tuple(item for item in users if item.is_scored)
    if words and scored:
        yield from _no_answers(keys, scale, scored, words)
        yield from _agreeing_scores_low(keys, scale, scored, words)
    # The options of a choose-many item are no scale from bad to good.
    if words and not unlabelled and (not users or any(item.has_figures for item in users)):
        yield from _lopsided(keys, scale, users, words)


def _same_labels(keys: Keys, scale: Scale, users: tuple[Item, ...]) -> Iterator[Found]:
    labels: list[tuple[Keys, str]] = [
        ((*keys, "points", position, "label"), point.label) for position, point in enumerate(scale.points)
    ]
    beside = (("dont_know", scale.dont_know), ("not_applicable", scale.not_applicable))
    labels += [((*keys, key), words) for key, words in beside if words]
    seen: set[str] = set()
    for where, label in labels:
        if _flat(label) in seen:
            message = f"Two answers have the words “{label}”: nobody can tell them apart."
            hint = "Give each its own words, or take one out."
            yield users, Finding("same-label", where, message, hint, severity="warning")
        if label.strip():
            seen.add(_flat(label))


def _no_answers(keys: Keys, scale: Scale, scored: tuple[Item, ...], words: Words) -> Iterator[Found]:
    """Points that mean “no answer” but count as one."""
    for position, point in enumerate(scale.points):
        counted = tuple(item for item in scored if point.value not in item.not_applicable_values)
        key = next((key for key, listed in words.no_answers.items() if listed.found(_plain(point.label))), None)
        if key and counted:
            message = f"“{point.label}” is not an answer, but it counts as {point.value:g} in every score."
            hint = f'Take the point out and write {key} = "{point.label}" in the scale: offered, but not scored.'
            where = (*keys, "points", position, "label")
            yield counted, Finding("no-answer-scored", where, message, hint, severity="warning")


def _agreeing_scores_low(keys: Keys, scale: Scale, scored: tuple[Item, ...], words: Words) -> Iterator[Found]:
    as_they_are = tuple(item for item in scored if not item.reverse)
    answers = [
        point for point in scale.points if not any(one.found(_plain(point.label)) for one in words.no_answers.values())
    ]
    if not as_they_are or len(answers) < 2:
        return
    lowest, highest = min(answers, key=lambda point: point.value), max(answers, key=lambda point: point.value)
    if words.high.found(_plain(lowest.label)) and words.low.found(_plain(highest.label)):
        message = f"“{lowest.label}” has the lowest value and “{highest.label}” the highest, so the first scores 0."
        hint = 'Turn the values round, or write reverse = true in each item; or allow = ["agreeing-scores-low"] here.'
        yield as_they_are, Finding("agreeing-scores-low", (*keys, "points"), message, hint, severity="warning")


def _lopsided(keys: Keys, scale: Scale, users: tuple[Item, ...], words: Words) -> Iterator[Found]:
    labels: dict[str, list[str]] = {"good": [], "bad": [], "fair": [], "between": [], "unclear": []}
    for point in scale.points:
        side = next((side for side, listed in words.sides.items() if listed.found(_plain(point.label))), "unclear")
        labels[side].append(point.label)
    fewer, more = sorted((labels["bad"], labels["good"]), key=len)
    # "Fair" may count for either side, so it counts for the one that needs it.
    if not labels["unclear"] and len(more) > len(fewer) + len(labels["fair"]):
        message = f"{_quoted(more)} are set against {_quoted(fewer) or 'nothing'}: the scale leans to one side."
        hint = "Give people as many ways to agree as to disagree."
        yield users, Finding("lopsided-scale", (*keys, "points"), message, hint, severity="warning")


def _groups(questionnaire: Questionnaire) -> tuple[GroupKey | None, ...]:
    return tuple(group.id for group in questionnaire.groups) or (None,)


def _quoted(words: Iterable[str]) -> str:
    return listed(f"“{word}”" for word in dict.fromkeys(words))
