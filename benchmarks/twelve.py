"""A closed round of twelve people, made up, to see how long it takes until its results are on screen."""

from pathlib import Path
from random import Random

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.model.questionnaire import Item, Questionnaire
from selfassess.model.round import Round
from selfassess.model.sheet import Missing, Sheet, Ticket, encode
from selfassess.project.codes import new_key
from selfassess.project.project import create
from selfassess.project.rounds import Rounds

NAME = "twelve"


def make_round(path: Path) -> None:
    """A shared project in which 12 of 14 board members answered the shipped questionnaire on paper."""
    edition, random = read(find("partnership")), Random(2005)
    questionnaire = edition.questionnaire
    round = Round(id=NAME, key=new_key(), title="Twelve", questionnaire=edition.sha256, invited={"board": 14})
    with create(path, "shared", made_up=True) as project:
        rounds = Rounds(project)
        rounds.add(round, edition)
        rounds.open(NAME)
        for number in range(12):
            answers = "".join(
                encode(item, _answer(random, questionnaire, item), questionnaire) for item in questionnaire.items
            )
            ticket = Ticket(round=round.key)
            sheet = Sheet(questionnaire=edition.sha256, group="board", form="full", answers=answers, ticket=ticket)
            rounds.papers.enter(NAME, str(number + 1), sheet, questionnaire)
        rounds.close(NAME)


def _answer(random: Random, questionnaire: Questionnaire, item: Item) -> float | Missing:
    if not item.asks("board"):
        return Missing.NOT_ASKED
    return random.choice(questionnaire.scale_of(item).values) if item.kind == "choice" else Missing.SKIPPED
