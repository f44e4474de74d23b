"""What it means that a key of a questionnaire is otherwise than before: one entry for every key there is."""

from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.model.questionnaire import (
    Action,
    Band,
    Benchmark,
    Defaults,
    Group,
    Item,
    Overall,
    Point,
    Questionnaire,
    Scale,
    Scored,
    Scoring,
    Skill,
    Strand,
    Table,
)
from selfassess.model.versions import Sort

NOTHING = "No answer and no score is touched."
NEW_RULES = "Both rounds are scored by the new rule, so an earlier report can show other scores."
NEW_AIM = "The scores stay. Both rounds are compared with the current one."
SHOWN = "The scores stay. Both rounds are shown as it is now."
LEFT_OUT = "It is left out where scores then and now are compared."
COVERAGE = "The scores stay. Stock is taken of both rounds by the current rule."
BY_ITSELF = "What differs because of it is listed separately."


@dataclass(frozen=True, slots=True)
class Key:
    """What a change of a key is."""

    sort: Sort
    what: str
    """As a sentence."""
    means: str
    touches: bool = False
    """Whether a comparison of scores is touched by it."""


def _cosmetic(what: str) -> Key:
    return Key("cosmetic", what, NOTHING)


def _rule(what: str) -> Key:
    return Key("scoring", what, NEW_RULES, touches=True)


def _aim(what: str) -> Key:
    return Key("scoring", what, NEW_AIM)


_PARTS = Key("structure", "Different parts.", BY_ITSELF)
_ID = Key("structure", "A different id.", BY_ITSELF)
"""Parts are matched by their ids, so neither is ever said of a part that is in both versions."""
_TITLE, _ABOUT, _SOURCE = (
    _cosmetic("A different title."),
    _cosmetic("A different explanation."),
    _cosmetic("A different source."),
)
_DISCUSS = _cosmetic("A different question to discuss.")
_ALLOW = _cosmetic("Different warnings are silenced.")
_ACTIONS = _cosmetic("Different actions.")
_DEFAULT_SCALE = Key("cosmetic", "Items that name no scale have another one.", BY_ITSELF)

SCORED: Mapping[str, Key] = {
    "method": _rule("The score is worked out differently."),
    "min_answered": _rule("A different share of the items must be answered."),
    "when_missing": _rule("A sum does something else when a part is missing."),
    "met": _rule("A different value from which a part counts as met."),
    "na": _rule("A ladder does something else with what doesn't apply."),
    "units": Key("scoring", "The score is in other units.", SHOWN),
    "decimals": Key("scoring", "The score has another number of decimals.", SHOWN),
    "target": _aim("A different target."),
    "targets": _aim("Different targets for single groups."),
    "bands": _aim("Different bands."),
}

ITEM: Mapping[str, Key] = {
    "id": Key("structure", "A different id, and the same item.", "Its earlier answers go with it."),
    "text": Key("wording", "Different words.", LEFT_OUT, touches=True),
    "same_as": _cosmetic("Something else is said of earlier versions."),
    "was": _cosmetic("Something else is said of earlier versions."),
    "wording": Key("wording", "Different words for single groups.", LEFT_OUT, touches=True),
    "groups": Key(
        "structure", "Other people are asked.", "It is compared in groups that are asked both times.", touches=True
    ),
    "help": _cosmetic("A different explanation."),
    "scale": Key("structure", "It is answered on another scale.", LEFT_OUT, touches=True),
    "kind": Key("structure", "It is answered differently.", LEFT_OUT, touches=True),
    "reverse": Key("scoring", "It counts in the other direction.", LEFT_OUT, touches=True),
    "weight": _rule("A different weight."),
    "scored": _rule("Whether it is in the score."),
    "level": _rule("It belongs to another level."),
    "met": _rule("A different value from which it counts as met."),
    "show_if": Key("structure", "It is asked under another condition.", LEFT_OUT, touches=True),
    "comment_if": _cosmetic("A comment is asked for under another condition."),
    "dont_know": Key("wording", "Different words for “don't know”.", LEFT_OUT, touches=True),
    "not_applicable": Key("wording", "Different words for “doesn't apply”.", LEFT_OUT, touches=True),
    "not_applicable_values": Key("scoring", "Different points mean “doesn't apply”.", LEFT_OUT, touches=True),
    "short": Key("structure", "Whether it is in the short form.", "Short forms ask it once only.", touches=True),
    "about": _cosmetic("What the item is said to be about."),
    "allow": _ALLOW,
    "min_": Key("structure", "A different lowest number.", LEFT_OUT, touches=True),
    "max_": Key("structure", "A different highest number.", LEFT_OUT, touches=True),
    "collects": _cosmetic("What it is said to collect."),
    "unit": Key("wording", "Something else is counted.", LEFT_OUT, touches=True),
}

OFFERED: Mapping[str, str] = {
    "dont_know": "Whether “don't know” is offered.",
    "not_applicable": "Whether “doesn't apply” is offered.",
}
"""What is said where not the words for an answer changed but whether it can be given: a change of structure."""

_ON_IT = "Items that are answered on it are left out where scores then and now are compared."

BENCHMARK: Mapping[str, Key] = {
    **SCORED,
    "id": _ID,
    "title": _TITLE,
    "about": _ABOUT,
    "source": _SOURCE,
    "discuss": _DISCUSS,
    "scale": _DEFAULT_SCALE,
    "comment": _cosmetic("A different prompt for a comment."),
    "weight": _rule("A different weight."),
    "level": _rule("It belongs to another level."),
    "items": _PARTS,
    "actions": _ACTIONS,
}

KEYS: Mapping[type[Table], Mapping[str, Key]] = {
    Questionnaire: {
        "format": Key("structure", "A different form of the file.", NOTHING),
        "language": Key("wording", "A different language.", BY_ITSELF),
        "id": Key("structure", "A different id.", "These may be two questionnaires, not two versions of one."),
        "version": _cosmetic("A different version label."),
        "title": _TITLE,
        "about": _ABOUT,
        "source": _SOURCE,
        "licence": _cosmetic("A different licence."),
        "skills_from": _cosmetic("Skills from another questionnaire."),
        "allow": _ALLOW,
        "scale": _DEFAULT_SCALE,
        "groups": _PARTS,
        "scales": _PARTS,
        "scoring": Key("scoring", "Different rules for all.", BY_ITSELF),
        "defaults": Key("scoring", "Different rules where nothing else is said.", BY_ITSELF),
        "bands": _aim("Different bands."),
        "overall": Key("scoring", "The score of the whole is another.", BY_ITSELF),
        "strands": _PARTS,
    },
    Group: {"id": _ID, "title": _TITLE, "about": _ABOUT},
    Scale: {
        "points": Key("structure", "Different points.", _ON_IT, touches=True),
        "dont_know": Key("wording", "Different words for “don't know”.", _ON_IT, touches=True),
        "not_applicable": Key("wording", "Different words for “doesn't apply”.", _ON_IT, touches=True),
        "allow": _ALLOW,
    },
    Point: {
        "value": Key("scoring", "Points have other values.", _ON_IT, touches=True),
        "label": Key("wording", "Points have other words.", _ON_IT, touches=True),
        "earlier": _cosmetic("Something else is said of earlier versions."),
    },
    Scoring: {
        "min_answered": _rule("A different share of the items must be answered."),
        "target": _aim("A different target for all."),
    },
    Band: {"from_": _aim("Different bands."), "title": _aim("Different bands."), "about": _aim("Different bands.")},
    Overall: {**SCORED, "from_": _rule("The score of the whole is made from other parts.")},
    Benchmark: BENCHMARK,
    Skill: {
        **BENCHMARK,
        "need": Key("scoring", "Others need it.", COVERAGE),
        "at_least": Key("scoring", "Another number of people need it.", COVERAGE),
        "shown_from": Key("scoring", "A behaviour counts as reliably shown from another point on.", COVERAGE),
    },
    Strand: {
        **SCORED,
        "id": _ID,
        "title": _TITLE,
        "about": _ABOUT,
        "source": _SOURCE,
        "discuss": _DISCUSS,
        "scale": _DEFAULT_SCALE,
        "from_": _rule("The score is made from other parts."),
        "weight": _rule("A different weight."),
        "benchmarks": _PARTS,
        "skills": _PARTS,
        "items": _PARTS,
        "questions": _PARTS,
        "actions": _ACTIONS,
    },
    Item: ITEM,
    Action: {
        "id": _ID,
        "text": _cosmetic("Different words for an action."),
        "groups": _cosmetic("An action is suggested to others."),
        "when": _cosmetic("Something else calls for an action."),
        "items": _cosmetic("An action answers other items."),
        "by": _cosmetic("Other people can do an action."),
        "effort": _cosmetic("An action takes another effort."),
        "skills": _cosmetic("An action takes other skills."),
        "source": _cosmetic("A different source for an action."),
    },
    Scored: SCORED,
    Defaults: SCORED,
}
"""By kind of table, every attribute of the model."""
