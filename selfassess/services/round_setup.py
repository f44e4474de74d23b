"""What makes a round: its name, groups, numbers and rules, as they are said, or as an earlier round had them."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, GroupKey, Questionnaire
from selfassess.model.round import (
    FLOOR,
    LONGEST_TITLE,
    MOST_NEEDED,
    Round,
    Rules,
    SmallGroups,
    Targets,
    Thresholds,
    asked_for_consent,
    carried_over,
    groups_of,
    titled,
)
from selfassess.model.sheet import Form, RoundKey
from selfassess.paths import quoted
from selfassess.project.codes import new_key
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group, read_invited, titles_of
from selfassess.services.projects import edition_of_round
from selfassess.services.small_groups import DEFAULT
from selfassess.text import ID

USUAL = Rules(small_groups=DEFAULT, codes=True)
LONGEST_NAME = 24  # what `ID` takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was said of a round; None, or nothing, where it was not."""

    title: str | None
    short: bool | None
    invited: tuple[str, ...]
    """As in "board=12"."""
    small_groups: SmallGroups | None
    min_group: int | None
    min_detail: int | None
    codes: bool | None
    matching: bool | None

    @property
    def form(self) -> Form | None:
        return None if self.short is None else "short" if self.short else "full"

    @property
    def is_nothing(self) -> bool:
        """Whether nothing was said at all."""
        return self == NOTHING


NOTHING = Given(
    title=None, short=None, invited=(), small_groups=None, min_group=None, min_detail=None, codes=None, matching=None
)


def as_options(given: Given) -> list[str]:
    """What was said of a round, as the options of a command that say the same."""
    values = (
        ("--title", given.title),
        *(("--invited", text) for text in given.invited),
        ("--small-groups", given.small_groups),
        ("--min-group", given.min_group),
        ("--min-detail", given.min_detail),
    )
    flags = (
        (given.short, "--short", "--full"),
        (given.codes, "--codes", "--no-codes"),
        (given.matching, "--matching", "--no-matching"),
    )
    return [
        *(f"{option} {quoted(str(value))}" for option, value in values if value is not None),
        *(yes if flag else no for flag, yes, no in flags if flag is not None),
    ]


def read_title(text: str) -> str:
    """The title of a round. UsageError where it is none."""
    title = titled(text)
    if not title or len(title) > LONGEST_TITLE:
        raise UsageError(f"A title has 1 to {LONGEST_TITLE} characters.", "Such as: Autumn 2026.")
    return title


def read_id(text: str, taken: Iterable[str] = ()) -> str:
    """The short name of a round. UsageError where it is none, with one to suggest, or where it is `taken`."""
    from selfassess.definition.findings import suggested_id

    if not ID.fullmatch(text):
        like = suggested_id(text)
        hint = f"Such as: {like}." if like else "Such as: autumn_2026."
        raise UsageError(
            f"“{text}” cannot be the short name of a round: it has 1 to 24 lower-case letters, digits and _, and "
            "begins with a letter.",
            hint,
        )
    if text in taken:
        raise UsageError(f"There is a round “{text}” already.", "Choose another short name.")
    return text


def short_name_of(title: str) -> str:
    """A short name like the title: letters without their accents, and as many whole words as fit."""
    letters = "".join(one for one in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(one))
    words = re.sub(r"[^a-z0-9]+", "_", re.sub("['’]", "", letters)).lstrip("_0123456789")
    if len(words) > LONGEST_NAME and "_" in words[: LONGEST_NAME + 1]:
        words = words[: LONGEST_NAME + 1].rpartition("_")[0]
    return words[:LONGEST_NAME].strip("_") or "round"


def free_name(title: str, taken: Iterable[str]) -> str:
    """A short name like the title that no other round has."""
    there, name = set(taken), short_name_of(title)
    names = (name if number == 1 else f"{name[:20]}_{number}" for number in itertools.count(1))
    return next(one for one in names if one not in there)


def thresholds(given: Given, before: Thresholds) -> Thresholds:
    """The thresholds asked for, else those before. UsageError where they would protect nobody."""
    group = before.min_group if given.min_group is None else given.min_group
    detail = max(before.min_detail, group) if given.min_detail is None else given.min_detail
    if not FLOOR <= group <= MOST_NEEDED:
        raise UsageError(f"--min-group is a number from {FLOOR} to {MOST_NEEDED}.", "5 is usual.")
    if not group <= detail <= MOST_NEEDED:
        raise UsageError(
            f"--min-detail is a number from {group} (as many as --min-group) to {MOST_NEEDED}.", "10 is usual."
        )
    return Thresholds(group, detail)


def _numbers(
    before: Mapping[GroupKey, int], texts: tuple[str, ...], questionnaire: Questionnaire, hint: str
) -> dict[GroupKey, int]:
    """How many are invited, from what was said over what was before; GROUP=0 takes a group out. UsageError, with this
    hint, where nobody is left."""
    numbers = {**before, **read_invited(texts, questionnaire, may_be_none=True)}
    invited = {group: numbers[group] for group in groups_of(questionnaire) if numbers.get(group)}
    if not invited:
        raise UsageError("Somebody has to be invited.", hint)
    return invited


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What holds where nothing else is said."""

    round: Round | None = None
    """The round that the new one is like; None: as is usual, with small groups left out."""
    edition: Edition | None = None
    """The frozen questionnaire of that round."""
    form: Form = "full"
    invited: Mapping[GroupKey, int] = field(default_factory=dict)
    rules: Rules = USUAL

    def chosen(self, questionnaire: str | None, main: str) -> Edition:
        """The questionnaire of that name or file, else the one of the round before, else `main`. QuestionnaireError
        with all its problems; UsageError where it is none of the same id as that of the round before."""
        from selfassess.definition.library import find
        from selfassess.definition.loader import read

        if questionnaire is None and self.edition is not None:
            return self.edition
        return self._checked(read(find(questionnaire or main)))

    def _checked(self, edition: Edition) -> Edition:
        if self.round is None or self.edition is None:
            return edition
        before = self.edition.questionnaire
        if edition.questionnaire.id != before.id:
            raise UsageError(
                f"“{self.round.title}” asked “{before.title}” ({before.id}), and this is another questionnaire "
                f"({edition.questionnaire.id}): the two could not be compared.",
                "Make a new round without --like. Or name a newer version of the same one.",
            )
        return edition

    def what_changed(self, edition: Edition, form: Form) -> str:
        """What changed since the round before, in one line; nothing where neither the questionnaire nor the form
        did."""
        if self.edition is None or (edition.sha256 == self.edition.sha256 and form == self.form):
            return ""
        from selfassess.definition.comparability import what_changed

        versions = f"Version {self.edition.questionnaire.version} before, {edition.questionnaire.version} now."
        return f"{versions} {what_changed(self.edition, edition, forms=(self.form, form))}"

    def numbers(self, texts: tuple[str, ...], questionnaire: Questionnaire) -> dict[GroupKey, int]:
        """How many are invited, from what was said over what was before; GROUP=0 takes a group out. UsageError where
        nobody is left."""
        if self.round is None:
            return read_invited(texts, questionnaire)
        return _numbers(self.invited, texts, questionnaire, "Say how many, such as: --invited board=12.")

    def gone(self, questionnaire: Questionnaire) -> list[str]:
        """What the groups are called that took part and that the newer version does not have."""
        if self.edition is None:
            return []
        titles = titles_of(self.edition.questionnaire)
        return [titles[group] for group in self.invited if group not in groups_of(questionnaire)]

    def way(self, recommended: SmallGroups) -> SmallGroups:
        """What becomes of small groups: what is recommended; or what was before, where there is a round that the new
        one is like: then the two can be compared."""
        return recommended if self.round is None else self.rules.small_groups


def usual_of(rounds: Rounds, name: str) -> Usual:
    """What a round had, by its id or title. UsageError says which there are."""
    round = rounds.get(name)
    edition = edition_of_round(rounds, round)
    return Usual(round=round, edition=edition, form=round.form, invited=round.invited, rules=round.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything that defines a new round."""

    id: str
    title: str
    edition: Edition
    form: Form
    invited: Mapping[GroupKey, int]
    rules: Rules
    usual: Usual


class Made(NamedTuple):
    """A round that was made."""

    round: Round
    same_title: tuple[str, ...]
    """The ids of others with its title."""
    left: Targets
    """The targets of the round before that do not hold for it."""


def make_round(project: Project, setup: Setup) -> Made:
    """Make a round, with the targets of the one that it is like, where they hold. UsageError where it cannot be."""
    usual, questionnaire = setup.usual, setup.edition.questionnaire
    targets: Targets = {}
    left: Targets = {}
    if usual.round is not None and usual.edition is not None:
        before = usual.edition.questionnaire
        targets, left = carried_over(usual.round.targets, before, questionnaire, setup.invited)
    round = Round(
        id=setup.id,
        key=RoundKey(new_key()),
        title=setup.title,
        questionnaire=setup.edition.sha256,
        form=setup.form,
        invited=setup.invited,
        rules=replace(setup.rules, asks_consent=asked_for_consent(setup.invited, setup.rules)),
        targets=targets,
    )
    rounds = Rounds(project)
    rounds.add(round, setup.edition, usual.round)
    return Made(round, same_title(rounds, round), left)


def same_title(rounds: Rounds, round: Round) -> tuple[str, ...]:
    """The ids of other rounds with the title of this one."""
    title = round.title.casefold()
    return tuple(one.id for one in rounds.all() if one.title.casefold() == title and one.id != round.id)


def change_round(rounds: Rounds, name: str, given: Given) -> Round:
    """Change a round to what was said. UsageError where it may not be changed so."""
    before = rounds.get(name)
    after = changed(before, given, edition_of_round(rounds, before).questionnaire)
    rounds.change(after)
    return after


def changed(before: Round, given: Given, questionnaire: Questionnaire) -> Round:
    """A round as it was said to be. UsageError for what cannot be."""
    invited = _numbers(before.invited, given.invited, questionnaire, "Leave at least one group in.")
    old = before.rules
    rules = replace(
        old,
        thresholds=thresholds(given, old.thresholds),
        small_groups=given.small_groups or old.small_groups,
        codes=old.codes if given.codes is None else given.codes,
        matching=old.matching if given.matching is None else given.matching,
    )
    if rules != old or invited != before.invited:
        rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    title = before.title if given.title is None else read_title(given.title)
    return replace(before, title=title, form=given.form or before.form, invited=invited, rules=rules)


class Correction(NamedTuple):
    """Numbers of people invited that were corrected."""

    titles: Mapping[str, str]
    """What the groups are called."""
    before: Mapping[GroupKey, int]
    now: Mapping[GroupKey, int]
    """Both by group: those that were named."""
    was_reported: bool
    """Whether a report has already shown a different number."""
    would_ask_others: bool
    """Whether other groups would be asked for consent with these numbers from the start."""


def correct_numbers(rounds: Rounds, name: str, texts: tuple[str, ...]) -> Correction:
    """Correct how many people are invited to a round. UsageError for a group that takes no part, or a number that
    cannot be."""
    before = rounds.get(name)
    questionnaire = edition_of_round(rounds, before).questionnaire
    now = read_invited(texts, questionnaire)
    for group in now:
        invited_group(before, questionnaire, group or None)
    rounds.correct(before.id, now)
    after, reported = rounds.get(before.id), rounds.reported(before.id)
    wanted = asked_for_consent(after.invited, after.rules)
    return Correction(
        titles=titles_of(questionnaire),
        before={group: before.invited[group] for group in now},
        now=now,
        was_reported=any(group in reported and number != before.invited[group] for group, number in now.items()),
        would_ask_others=before.rules.small_groups == "consent" and not set(wanted) <= set(after.rules.asks_consent),
    )
