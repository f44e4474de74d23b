"""What the people of the demonstration think: invented, like they are."""

from collections.abc import Mapping

LEVELS: Mapping[str, Mapping[str, float]] = {
    "vision": {"board": 64, "staff": 33, "external": 52},
    "alignment": {"board": 68, "staff": 46, "external": 42},
    "support": {"board": 72, "staff": 56, "external": 62},
    "added_value": {"board": 94, "staff": 96, "external": 68},
    "openness": {"board": 50, "staff": 52, "external": 44},
    "equal_say": {"board": 55, "staff": 58, "external": 50},
    "accountability": {"board": 72, "staff": 79, "external": 58},
    "communication": {"board": 40, "staff": 34, "external": 30},
    "differences": {"board": 60, "staff": 78, "external": 60},
    "objectives": {"board": 66, "staff": 40, "external": 38},
    "structure": {"board": 76, "staff": 34},
    "resources": {"board": 62, "staff": 36, "external": 52},
    "coordination": {"board": 74, "staff": 42, "external": 58},
    "roles": {"board": 68, "staff": 78, "external": 36},
    "lessons": {"board": 50, "staff": 68, "external": 60},
    "improvement": {"board": 66, "staff": 60, "external": 64},
    "change": {"board": 62, "staff": 64, "external": 60},
}
"""Where a group stands on a benchmark, in points of 0 to 100."""

LATER: Mapping[str, float] = {"communication": 34, "openness": 8, "equal_say": 6}
"""By how many points a benchmark is seen better the next time, by everybody."""

CAMPS: Mapping[tuple[str, str], tuple[float, float]] = {
    ("board", "structure_decides"): (0, 101),
    ("staff", "communication_answer"): (-4, 100),
}
"""By group and item, where the two camps stand that a group is in: every second person in the one or in the other."""

UNKNOWN: Mapping[tuple[str, str], float] = {
    ("staff", "structure_back"): 0.5,
    ("board", "structure_back"): 0.1,
    ("staff", "alignment_figures"): 0.15,
    ("external", "accountability_back"): 0.25,
}
"""By group and item, the share of those who do not know, where it is large."""

WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("board", "leadership_works", "Everyone round the table really does want the same for the children here."),
    ("board", "leadership_works", "I was given time to find my feet. Nobody made me feel silly for asking."),
    ("staff", "leadership_works", "You only have to walk in on a Tuesday to see what it is all for."),
    ("board", "leadership_hinders", "We each bring our own list. I am not sure it has ever been one list."),
    (
        "staff",
        "leadership_hinders",
        "i know what MY job is. what the whole thing is meant to add up to, no idea, sorry",
    ),
    ("staff", "leadership_hinders", "There was a poster with the aims once. It went when they painted the corridor."),
    (
        "external",
        "leadership_hinders",
        "We were promised more than can be done, and that makes the next promise harder.",
    ),
    ("staff", "organisation_works", "The clinic mornings. Two of us in one room and the family tells its story once."),
    ("board", "organisation_works", "People are kind to each other, also when they disagree."),
    ("staff", "organisation_works", "If I am stuck I ring one of the others and we sort it out between us."),
    ("board", "organisation_hinders", "Now and then it feels as if it was all settled before we sat down."),
    ("board", "organisation_hinders", "Papers on the day of the meeting - I read slowly, and then we vote."),
    ("staff", "organisation_hinders", "We hear about the summer fair from parents."),
    ("staff", "organisation_hinders", "Two buildings, two kettles, two sets of news."),
    (
        "external",
        "organisation_hinders",
        "I left three messages in May. I gave up after that, which I am not proud of.",
    ),
    ("external", "organisation_hinders", "Some weeks a lot of e-mail, then nothing for a month."),
    ("staff", "performance_works", "I know what is expected of me, and I am trusted to get on with it."),
    ("staff", "performance_works", "When somebody is off ill the rest of us manage. We always have."),
    ("board", "performance_works", "The nursery. Anyone who doubts us should go and look."),
    (
        "board",
        "performance_hinders",
        "There are groups below the board, but who is in them? I could not draw it for you.",
    ),
    ("staff", "performance_hinders", "Contracts that end in March. You build something up and then start again."),
    ("staff", "performance_hinders", "It would be nice to be told when something went right."),
    ("external", "performance_hinders", "Nobody ever said what part they would like us to play."),
    ("staff", "learning_works", "Watching how the speech therapist does it. I use her picture cards every day now."),
    ("board", "learning_works", "Seeing how another town does it was worth ten meetings."),
    ("external", "learning_works", "The joint training day was the best thing we did last year."),
    ("board", "learning_hinders", "There was no start for new parents, you just turn up and hope."),
    ("staff", "learning_hinders", "training is always on the day i can't be spared"),
    ("staff", "learning_hinders", "We try new things and never go back to see if they helped."),
)
"""Who wrote it, under which question, and what."""

PARTNERSHIP = "Nowhereton Partnership"
"""There is no such place."""

AGREED = ("communication", 40, "We all had a story of news that came too late. The fair settled it.")
"""The score that the meeting agreed on: the benchmark, the points, and why."""
