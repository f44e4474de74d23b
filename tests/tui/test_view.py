from dataclasses import replace

from selfassess.model.sheet import Missing
from selfassess.sitting.session import Sitting
from selfassess.tui.question_view import View, view
from selfassess.tui.question_view import keys as foot_keys


def at(sitting: Sitting, id: str) -> View:
    sitting.go_to(next(step for step in sitting.steps if step.id == id))
    return view(sitting)


def test_a_step_says_where_it_is(sitting: Sitting) -> None:
    shown = view(sitting)
    assert (shown.part, shown.count) == ("Part 1 of 2: Sharing the work", "Question 1 of 4")
    assert shown.context == ("Who does what, and whether it is fair.", "Everybody takes a turn")
    assert at(sitting, "tools").context == ("Everybody takes a turn",)
    assert at(sitting, "best").count == "In your own words"


def test_every_option_has_a_key_and_what_it_stands_for(sitting: Sitting) -> None:
    shown = view(sitting)
    assert [option.key for option in shown.options] == ["1", "2", "3", "4", "d", "a"]
    assert shown.responses == (1, 2, 3, 4, Missing.DONT_KNOW, Missing.NOT_APPLICABLE)
    assert [option.heading for option in shown.options] == ["", "", "", "", " ", ""]


def test_what_is_chosen_is_marked(sitting: Sitting) -> None:
    assert view(sitting).chosen is None
    sitting.choose(3)
    assert view(sitting).chosen == 2
    at(sitting, "tools")
    sitting.choose(1)
    sitting.choose(3)
    assert [option.is_chosen for option in view(sitting).options] == [True, False, True, False]


def test_another_group_reads_its_own_words(sitting: Sitting) -> None:
    neighbour = Sitting(sitting.edition, replace(sitting.draft, group="neighbours"), sitting.saver)
    assert view(neighbour).text == "When people are away somebody waters their beds."


def test_a_comment_is_asked_for_until_there_is_one(sitting: Sitting) -> None:
    assert not view(sitting).invitation
    sitting.choose(2)
    assert view(sitting).invitation
    sitting.comment("Nobody came in August.")
    assert not view(sitting).invitation


def test_only_what_is_written_has_a_field(sitting: Sitting) -> None:
    fields = {step.id: at(sitting, step.id).entry for step in sitting.steps}
    assert fields == {"watering": None, "tools": None, "years": "", "turns": "", "best": "", "bench": None}
    at(sitting, "years")
    sitting.write("2.50")
    assert view(sitting).entry == "2.5"
    sitting.write("many")
    assert view(sitting).entry == "many"


def named(shown: View, *, writing: bool = False, chooses: bool = False) -> dict[str, str]:
    found = foot_keys(shown, is_saved=True, is_writing=writing, is_explained=False, enter_chooses=chooses)
    return {key.shown: key.words for key in found}


def test_the_foot_says_what_enter_does(sitting: Sitting) -> None:
    assert named(view(sitting))["Enter"] == "Skip"
    assert named(view(sitting), chooses=True)["Enter"] == "Choose"
    sitting.choose(Missing.DONT_KNOW)
    assert named(view(sitting))["Enter"] == "Next"


def test_the_foot_names_only_what_there_is_to_do(sitting: Sitting) -> None:
    assert "Del" not in named(view(sitting))
    assert "H" in named(view(sitting))
    assert "H" not in named(at(sitting, "tools"))
    assert "C" not in named(at(sitting, "best"))
    assert "Tab" in named(at(sitting, "best"), writing=True)
