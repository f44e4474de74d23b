"""What `check` warns about, and above all what it leaves alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.findings import Finding
from selfassess.definition.lint import WARNINGS, allowed, craft
from selfassess.definition.tables import build
from selfassess.model.questionnaire import Action, Benchmark, Group, Item, Point, Questionnaire, Scale, Strand

SHIPPED = sorted((Path(__file__).parents[2] / "questionnaires").glob("*.toml"))
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
BOARD, STAFF = Group(id="board", title="Board members"), Group(id="staff", title="Staff")

PIECES = ["and ", "I ", "When ", ", ", "not ", "between ", "each other ", "(", "“", "'", "AB", "/", "é ", ".", "word "]


def item(text: str = "Meetings start on time.", id: str = "a", **more: Any) -> Item:
    return Item(id=id, text=text, **more)


def items(count: int, **more: Any) -> tuple[Item, ...]:
    return tuple(item(f"I could say {number} things.", id=f"i{number}", **more) for number in range(count))


def numbered(*texts: str, **more: Any) -> tuple[Item, ...]:
    return tuple(item(text, id=f"i{number}", **more) for number, text in enumerate(texts))


def benchmark(*parts: Item, **more: Any) -> Benchmark:
    return Benchmark(id="vision", title="One picture", items=parts, **more)


def strand(*parts: Item, **more: Any) -> Strand:
    return Strand(id="leadership", title="Leadership", items=parts, **more)


def questionnaire(*strands: Strand, **more: Any) -> Questionnaire:
    return Questionnaire(format=1, id="q", version="1", title="Q", strands=strands, **more)


def scale(*labels: str) -> Scale:
    return Scale(points=tuple(Point(value=value, label=label) for value, label in enumerate(labels)))


def of_items(*parts: Item, **more: Any) -> list[Finding]:
    return list(craft(questionnaire(strand(*parts), **more)))


def of_benchmark(*parts: Item, groups: tuple[Group, ...] = (), **more: Any) -> list[Finding]:
    return list(craft(questionnaire(strand(benchmarks=(benchmark(*parts, **more),)), groups=groups)))


def of_scale(*labels: str, used_by: tuple[Item, ...] = ()) -> list[Finding]:
    return list(craft(questionnaire(strand(*used_by), scales={"own": scale(*labels)})))


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


GOOD = [
    "I could tell a neighbour in one sentence what this partnership is trying to change.",
    "The people I meet in this partnership describe its purpose the way I would.",
    "I know which needs of local families we have chosen to work on.",
    "I have seen the figures this partnership uses to check its progress.",
    "In the last three months I have told people outside my team what this partnership does.",
    "I can name something families gained because partners worked together.",
    "What comes out of this partnership is worth the time I put in.",
    "When something important is decided, I am told the reasons.",
    "When something goes wrong between partners, those involved talk about it within a month.",
    "My view carries the same weight as that of other board members.",
    "When we meet, we go back over what was agreed last time.",
    "I hear about events in time to take part in them.",
    "I have the time I need for my part in this partnership.",
    "Overall, the meetings are worth going to.",
    "After all that has happened here, I trust the other partners.",
    "I get the papers at least two or three days before the meeting.",
    "We meet every two months to look at progress.",
    "The terms and conditions of our agreement are written in plain English.",
    "I know who does what between the board and the staff.",
    "I understand the roles and responsibilities of the other partners.",
    "We do more and more of our planning in one place.",
    "The board and the staff trust each other.",
    "My manager and I agree how much of my time goes into this partnership.",
    "I know whom to ask at the Department of Health and Social Care.",
    "Parents and carers know whom to ask.",
    "I can find the shared files (plans, minutes and figures).",
    "I know how many families we reach.",
    "I am told early enough to change my plans.",
    "I am free to choose whether I work with one team or two.",
    "The chair explains clearly what was decided.",
    "Our aims are clearly set out.",
    "Asking for help comes naturally in this team.",
    "If I cannot come to a meeting, someone tells me what was said.",
    "We talk about what went well, not only about what went wrong.",
    "I know whether or not my idea was taken up.",
    "I can say “no” to extra work.",
    "I know whom to ring at the NHS trust.",
    "Information technology (ICT) works in the rooms we share.",
    "My GP knows what this partnership offers.",
    "As a parent, I feel at home in meetings.",
    "Changes we agreed on in the last year have happened.",
    "The not-for-profit partners take part in planning.",
    "I can ask questions at board meetings, such as what a plan costs or who pays.",
    "Each partner brings something that the others need.",
]


def test_a_good_item_is_left_alone() -> None:
    assert [found for text in GOOD for found in of_items(item(text))] == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_questionnaires_have_no_warning(path: Path) -> None:
    assert list(craft(build(tomli.loads(path.read_text(encoding="utf-8"))))) == []


FIRES = {
    "double-barrelled": [
        "The papers are clear and useful.",
        "I am told about new plans and asked about them.",
        "Meetings are short, lively and useful.",
        "I trust the board or the staff.",
        "The plan/budget is up to date.",
        "We record and/or share what we learn.",
        "Partners know and trust each other.",
        "I like the meetings and I speak up in them.",
        "I hear news between meetings and I pass it on.",
        "When we meet, we plan and review.",
        "When asked I give my view, and I hear what became of it.",
        "In meetings we listen and answer, as a rule.",
        "The plan is short & clear.",
        "The plan reaches parents as well as schools.",
        "Our roles and responsibilities are clear and fair.",
    ],
    "absolute": [
        "All partners come to meetings.",
        "Meetings always start on time.",
        "Everyone has a say.",
        "Every meeting starts on time.",
        "Only board members choose the chair.",
        "I completely trust the chair.",
        "I know each of the partners, and all of them know me, above all the chair.",
    ],
    "vague-amount": [
        "I am often asked for my view.",
        "We have enough money.",
        "We have adequate rooms.",
        "Staff are appropriately trained.",
        "We meet regularly.",
        "Many parents come to our sessions.",
        "Several partners share our aims.",
        "I sometimes feel left out.",
    ],
    "leading": [
        "Clearly, the board needs more parents.",
        "The board is clearly better than it was.",
        "Of course I support this partnership.",
        "Our work obviously helps families.",
        "Surely the board needs more parents.",
        "You will agree that the board works well.",
    ],
    "negation": [
        "I do not know what was decided.",
        "I can’t find the minutes.",
        "I have no say in plans.",
        "Nobody tells me what was decided.",
        "Decisions are made without me.",
        "The aims are unclear.",
        "I am unable to come to meetings.",
        "Neither the board nor the staff know me.",
        "When a meeting ends, I do not know what was decided.",
        "In meetings I do not speak, as a rule.",
    ],
    "two-negations": [
        "I am not unhappy with the board.",
        "Nobody tells me when I cannot come.",
        "When I am not there, nobody speaks for me.",
    ],
    "long": [" ".join(["word"] * 21), " ".join(["word"] * 30)],
    "too-long-to-read": [" ".join(["word"] * 31)],
    "unexplained-capitals": [
        "The ICT works.",
        "I know someone at DMBC.",
        "The PCTs take part.",
        "I have an NVQ3 in childcare.",
    ],
}


@pytest.mark.parametrize("code", FIRES)
def test_a_poor_item_gets_its_warning_and_only_that_once(code: str) -> None:
    for text in FIRES[code]:
        found = codes(of_items(item(text)))
        assert found.count(code) == 1, text
        other = {"double-barrelled"} if "above all" in text or "nor" in text else set()
        assert set(found) - {code} <= other, text


NEAR_MISSES = {
    "double-barrelled": [
        "And so we begin.",
        "Parents/carers know whom to ask.",
        "He or she answers my questions.",
        "I go and see families at home.",
        "I work with schools, clinics and so on.",
        "I check the page (https://example.org/plans/2026).",
        "We plan one or two years ahead.",
        "We answer 24/7.",
        "Our plan covers 2025 and 2026.",
        "We share a drop-in-and-play session.",
        "We work as well as we can.",
        "Either the chair or the manager tells me.",
        "When things go wrong, the other partners and I talk about it.",
        "We use the song “Up and away”.",
        "We use the song 'Up and away'.",
        "I can name a school or other partner that helped us.",
        "When parents or staff complain, I listen.",
        "As a parent and a neighbour, I feel at home here.",
    ],
    "absolute": [
        "At all events we pull together.",
        "First of all we ask families.",
        "It is all right to ask for help.",
        "Almost all partners come to meetings.",
        "We meet once every term.",
        "I use the hall all year round.",
        "Meetings are an everyday matter.",
    ],
    "vague-amount": [
        "I know how often we meet.",
        "I come as often as I can.",
        "We have enough money to pay for childcare.",
        "I know enough to answer questions.",
        "I know what is planned for the next few weeks.",
        "At my usual meeting I see other partners.",
    ],
    "leading": [
        "The chair speaks clearly.",
        "I can say clearly what my part is.",
        "Roles are clearly defined.",
        "Talk about money arises naturally here.",
        "The course suits me.",
    ],
    "negation": [
        "The notes of meetings reach me.",
        "I hear no later than a week after the meeting.",
        "It is up to me whether or not I speak.",
        "I know what is going on.",
        "The university takes part.",
        "I understand what we aim for.",
        "When nobody else speaks, I do.",
        "If papers, plans or figures do not arrive, I ask for them.",
    ],
    "unexplained-capitals": [
        "I think it is OK.",
        "I am on the UK board.",
        "The TVs work.",
        "Phase II is going well.",
        "We tell parents what is NOT on offer.",
        "I AM ASKED FOR MY VIEW.",
        "The PCT (the primary care trust) takes part.",
        "The primary care trust (PCT) takes part.",
        "The PCT, short name of a trust: PCT means primary care trust.",
    ],
    "long": [" ".join(["word"] * 20), " ".join(["word", "–"] * 20)],
}


@pytest.mark.parametrize("code", NEAR_MISSES)
def test_a_near_miss_does_not_fire(code: str) -> None:
    assert [text for text in NEAR_MISSES[code] if code in codes(of_items(item(text)))] == []


def test_a_warning_names_the_word_and_says_what_to_do() -> None:
    assert of_items(item("The papers are clear and useful.")) == [
        Finding(
            "double-barrelled",
            ("strands", 0, "items", 0, "text"),
            "“and” seems to ask two questions in one: a person may agree with only one of them.",
            'Ask them as two items, or write allow = ["double-barrelled"] if it is one idea.',
            "warning",
        )
    ]


def test_every_word_found_is_named_as_it_is_written() -> None:
    (finding,) = of_items(item("All of us always come."))
    assert finding.message.startswith("With “All” and “always” in it")


def test_never_is_an_absolute_and_a_negation() -> None:
    assert sorted(codes(of_items(item("I never hear what was decided.")))) == ["absolute", "negation"]


def test_a_negated_item_that_is_turned_round_gets_one_warning_of_its_own() -> None:
    assert codes(of_items(item("I do not hear what was decided.", reverse=True))) == ["negation-with-reverse"]
    assert codes(of_items(item("News reaches me too late.", reverse=True))) == []
    assert codes(of_items(item("When I cannot come, news reaches me late.", reverse=True))) == []


def test_every_wording_is_checked_where_it_stands() -> None:
    asked = item(wording={"board": "I am often asked.", "staff": "I am asked."})
    (finding,) = of_items(asked, groups=(BOARD, STAFF))
    assert (finding.code, finding.keys) == ("vague-amount", ("strands", 0, "items", 0, "wording", "board"))


def test_the_way_leads_through_benchmarks_skills_and_questions() -> None:
    poor = "Obviously we work well."
    nodes = {"benchmarks": (benchmark(*items(2), item(poor, id="x")),), "skills": (benchmark(item(poor, id="y")),)}
    found = craft(questionnaire(strand(**nodes, questions=(item(poor, id="z", kind="text"),))))
    assert [finding.keys for finding in found if finding.code == "leading"] == [
        ("strands", 0, "benchmarks", 0, "items", 2, "text"),
        ("strands", 0, "skills", 0, "items", 0, "text"),
        ("strands", 0, "questions", 0, "text"),
    ]


@pytest.mark.parametrize("kind", ["text", "number", "many"])
def test_what_is_no_judgement_may_join_negate_and_be_vague(kind: Any) -> None:
    assert of_items(item("What often helps and what does not, and which of it all would you keep?", kind=kind)) == []


def test_an_open_question_is_checked_for_length_capitals_and_leading_words() -> None:
    text = " ".join(["Obviously", "ICT", *["word"] * 19])
    assert sorted(codes(of_items(item(text, kind="text")))) == ["leading", "long", "unexplained-capitals"]


def test_capitals_are_explained_by_help_and_by_the_lines_about_it() -> None:
    asked = item("The ICT works.", help="ICT: computers, phones.")
    assert of_items(asked) == []
    plain = replace(asked, help="")
    assert of_items(plain, about="We ask about ICT (computers, phones).") == []
    assert codes(of_items(plain, about="We ask about ICT.")) == ["unexplained-capitals"]
    within = strand(about="About information technology (ICT).", benchmarks=(benchmark(plain, *items(1)),))
    assert list(craft(questionnaire(within))) == []


def test_capitals_are_told_once_however_many_items_use_them() -> None:
    asked = numbered("The ICT works.", "I use the ICT.", "I know the PCT.")
    assert [finding.keys[3] for finding in of_items(*asked)] == [0, 2]


def test_capitals_that_one_item_allows_are_told_of_the_next() -> None:
    first, second = numbered("The ICT works.", "I use the ICT.")
    assert [finding.keys[3] for finding in of_items(replace(first, allow=("unexplained-capitals",)), second)] == [1]


def test_the_same_text_twice_is_told_at_the_second() -> None:
    (finding,) = of_items(*numbered("Meetings start on time.", "Meetings  start on time"))
    assert (finding.code, finding.keys) == ("same-text", ("strands", 0, "items", 1, "text"))
    assert "i0" in finding.message


def test_a_wording_like_its_own_text_is_not_the_same_text_twice() -> None:
    assert of_items(item(wording={"board": "Meetings start on time."}), groups=(BOARD,)) == []


def test_an_open_question_may_close_every_strand() -> None:
    asked = numbered("What works well?", "What works well?", kind="text")
    assert of_items(*asked) == []


@pytest.mark.parametrize(
    "texts",
    [
        ("I am asked.", "We ask families."),
        ("My views count.", "The partnership listens."),
        ("We share one aim.", "Partners share one aim."),
        ("When a plan comes up, I ask what it costs.", "When a plan comes up, we ask what it costs."),
        ("When families, schools or staff complain, I listen.", "Most of us listen."),
        ("In the last year I learned something.", "Our board learned something."),
    ],
)
def test_different_subjects_in_one_benchmark_are_told_once(texts: tuple[str, ...]) -> None:
    (finding,) = of_benchmark(*numbered(*texts, f"{texts[0]} Really."))
    assert (finding.code, finding.keys) == ("mixed-subjects", ("strands", 0, "benchmarks", 0))
    assert "in i0" in finding.message
    assert "in i1" in finding.message


@pytest.mark.parametrize(
    "texts",
    [
        ("I am asked.", "My views count."),
        ("We share one aim.", "Our meetings start on time."),
        ("I am asked.", "Meetings start on time."),
        ("The partnership listens.", "Our partnership has one aim.", "Partners share one aim."),
        ("When we meet, I speak.", "When a partner speaks, I listen."),
        ("When we meet I speak.", "I listen."),
    ],
)
def test_one_subject_in_a_benchmark_is_silent(texts: tuple[str, ...]) -> None:
    assert of_benchmark(*numbered(*texts)) == []


def test_subjects_that_are_declared_unscored_or_met_by_different_groups_do_not_mix() -> None:
    first, second = numbered("I am asked.", "We ask families.")
    assert of_benchmark(replace(first, about="self"), replace(second, about="partnership")) == []
    assert of_benchmark(first, item(id="b"), replace(second, scored=False)) == []
    groups = (BOARD, STAFF)
    assert of_benchmark(replace(first, groups=("board",)), replace(second, groups=("staff",)), groups=groups) == []
    mixed = of_benchmark(first, replace(second, text="I ask.", wording={"staff": "We ask."}), groups=groups)
    assert codes(mixed) == ["mixed-subjects"]


def test_a_benchmark_or_skill_with_a_single_scored_item_is_thin() -> None:
    unscored = item("I am a parent.", id="b", scored=False)
    assert codes(of_benchmark(item(), unscored)) == ["one-item"]
    (finding,) = craft(questionnaire(strand(skills=(benchmark(item()),))))
    assert finding.keys == ("strands", 0, "skills", 0)


def test_one_item_is_enough_without_a_score_or_on_a_ladder() -> None:
    assert of_benchmark(item(), method="none") == []
    assert of_benchmark(item(), method="ladder") == []
    assert of_benchmark(*items(2)) == []
    assert of_items(item()) == []


def test_a_strand_asks_one_person_at_most_twelve_items() -> None:
    open_question = item("What works well?", id="open", kind="text")
    (finding,) = craft(questionnaire(strand(*items(13))))
    assert (finding.code, finding.keys) == ("many-items", ("strands", 0))
    assert "13 items" in finding.message
    assert list(craft(questionnaire(strand(*items(12), questions=(open_question,))))) == []


def test_items_are_counted_for_each_group() -> None:
    shared = items(8)
    board, staff = (
        tuple(replace(one, id=f"{id}{one.id}", text=f"{id} {one.text}", groups=(id,)) for one in items(5))
        for id in ("board", "staff")
    )
    groups = (BOARD, STAFF)
    assert list(craft(questionnaire(strand(*shared, *board[:4], *staff[:4]), groups=groups))) == []
    (finding,) = craft(questionnaire(strand(*shared, *board[:4], *staff), groups=groups))
    assert "A person of “Staff” can be asked 13 items" in finding.message


def test_a_point_without_a_label_is_told_and_an_end_is_told_first() -> None:
    (middle,) = of_scale("Poor", "", "Good")
    assert (middle.code, middle.keys) == ("unlabelled-scale", ("scales", "own", "points", 1, "label"))
    assert "Some points" in middle.message
    (end,) = of_scale("Poor", "", " ")
    assert end.keys == ("scales", "own", "points", 2, "label")
    assert end.message.startswith("An end of the scale")


@pytest.mark.parametrize(
    "labels",
    [
        ("Poor", "Good", "Very good", "Excellent"),
        ("Poor", "Fair", "Good", "Very good", "Excellent"),
        ("Disagree", "Agree", "Strongly agree"),
        ("Very bad", "Bad", "Neither good nor bad", "Good"),
        ("Dissatisfied", "Satisfied", "Very satisfied"),
        ("Good", "Very good", "Outstanding"),
    ],
)
def test_a_lopsided_scale_is_told(labels: tuple[str, ...]) -> None:
    (finding,) = of_scale(*labels)
    assert (finding.code, finding.keys) == ("lopsided-scale", ("scales", "own", "points"))


@pytest.mark.parametrize(
    "labels",
    [
        AGREE,
        ("Disagree", "Neither", "Agree"),
        ("Very poor", "Poor", "Fair", "Good", "Very good"),
        ("Poor", "Fair", "Good", "Excellent"),
        ("Very unlikely", "Unlikely", "Likely", "Very likely"),
        ("Never", "Now and then", "About half the time", "Most of the time", "Every time"),
        ("Not at all satisfied", "A little satisfied", "Satisfied", "Very satisfied"),
        ("No", "Partly", "Yes"),
        ("Not started", "Under way", "Good practice", "Excellent practice"),
    ],
)
def test_a_balanced_scale_or_one_that_is_hard_to_judge_is_silent(labels: tuple[str, ...]) -> None:
    assert of_scale(*labels) == []


def test_the_options_of_a_choose_many_item_need_no_balance() -> None:
    options = ("Poor heating", "Good food", "A good hall")
    assert of_scale(*options, used_by=(item(kind="many", scale="own"),)) == []
    assert codes(of_scale(*options, used_by=(item(scale="own"),))) == ["lopsided-scale"]


ON_IT = (item(scale="own"),)


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Don’t know", "dont_know"),
        ("I do not know", "dont_know"),
        ("Don't know / not sure", "dont_know"),
        ("Prefer not to say", "dont_know"),
        ("Cannot say", "dont_know"),
        ("Not applicable", "not_applicable"),
        ("N/A", "not_applicable"),
        ("Doesn't apply to me", "not_applicable"),
    ],
)
def test_a_point_that_is_no_answer_and_is_scored_is_told_with_the_key_that_it_belongs_to(label: str, key: str) -> None:
    (finding,) = of_scale("No", "Partly", "Yes", label, used_by=ON_IT)
    assert (finding.code, finding.keys) == ("no-answer-scored", ("scales", "own", "points", 3, "label"))
    assert f'{key} = "{label}"' in finding.hint
    assert "counts as 3" in finding.message


@pytest.mark.parametrize("label", ["Not sure", "Not yet", "Unclear", "National"])
def test_a_point_that_may_be_an_answer_is_left_alone(label: str) -> None:
    assert of_scale("No", label, "Yes", used_by=ON_IT) == []


def test_a_point_that_is_no_answer_is_silent_where_it_is_not_scored() -> None:
    labels = ("No", "Yes", "Not applicable")
    assert of_scale(*labels, used_by=(item(scale="own", not_applicable_values=(2,)),)) == []
    assert of_scale(*labels, used_by=(item(scale="own", kind="many"),)) == []
    assert of_scale(*labels, used_by=(item(scale="own", scored=False),)) == []
    assert of_scale(*labels) == []


@pytest.mark.parametrize(
    "labels",
    [
        ("Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"),
        ("Yes", "Partly", "No"),
        ("Very satisfied", "Satisfied", "Neither", "Dissatisfied", "Very dissatisfied"),
        ("Always", "Half the time", "Never"),
        ("Excellent", "Good", "Poor", "Very poor"),
        ("Very well", "Quite well", "Not so well", "Not well"),
        ("Agree", "Disagree", "Don't know"),
    ],
)
def test_a_scale_on_which_agreeing_scores_lowest_is_told(labels: tuple[str, ...]) -> None:
    found = [finding for finding in of_scale(*labels, used_by=ON_IT) if finding.code == "agreeing-scores-low"]
    assert [finding.keys for finding in found] == [("scales", "own", "points")]
    reversed_ = (item(scale="own", reverse=True),)
    assert "agreeing-scores-low" not in codes(of_scale(*labels, used_by=reversed_))
    assert "agreeing-scores-low" not in codes(of_scale(*labels[::-1], used_by=ON_IT))


def test_a_scale_that_is_shown_from_agreeing_down_is_no_slip_where_the_values_fall_with_it() -> None:
    points = tuple(Point(value=5 - at, label=label) for at, label in enumerate(AGREE[::-1]))
    assert list(craft(questionnaire(strand(*ON_IT), scales={"own": Scale(points=points)}))) == []


def test_the_same_words_for_two_answers_are_told_of_points_and_of_what_stands_beside_them() -> None:
    own = replace(scale("Yes", "No", " yes"), dont_know="NO", not_applicable="Not me")
    found = list(craft(questionnaire(strand(*ON_IT), scales={"own": own})))
    assert [(finding.code, finding.keys) for finding in found] == [
        ("same-label", ("scales", "own", "points", 2, "label")),
        ("same-label", ("scales", "own", "dont_know")),
    ]


def test_the_same_title_for_two_groups_strands_or_benchmarks_is_told() -> None:
    groups = (BOARD, Group(id="others", title="board  Members"))
    strands = (strand(*items(2)), Strand(id="other", title="Leadership", items=numbered("Plans are kept.", "I plan.")))
    found = list(craft(questionnaire(*strands, groups=groups)))
    assert [(finding.code, finding.keys) for finding in found] == [
        ("same-title", ("groups", 1, "title")),
        ("same-title", ("strands", 1, "title")),
    ]


def test_a_strand_without_benchmarks_has_actions_and_is_told_where_it_lacks_them() -> None:
    with_action = Strand(id="one", title="One", items=items(2), actions=(action(),))
    without = Strand(id="two", title="Two", items=numbered("Plans are kept.", "Plans are read."))
    (finding,) = craft(questionnaire(with_action, without))
    assert (finding.code, finding.keys) == ("group-without-action", ("strands", 1))


def action(**more: Any) -> Action:
    return Action(id="do", text="Do it.", **more)


def test_a_group_that_no_action_suits_is_named() -> None:
    groups = (BOARD, STAFF)
    (finding,) = of_benchmark(*items(2), groups=groups, actions=(action(groups=("board",)),))
    assert (finding.code, finding.keys) == ("group-without-action", ("strands", 0, "benchmarks", 0))
    assert "“Staff”" in finding.message
    assert "Board" not in finding.message
    (split,) = of_benchmark(*items(2), groups=groups, actions=(action(when="split"),))
    assert "“Board members” and “Staff”" in split.message


def test_a_group_has_an_action_where_one_is_for_everybody_or_is_not_needed() -> None:
    groups = (BOARD, STAFF)
    for_board = (action(groups=("board",)),)
    assert of_benchmark(*items(2), groups=groups, actions=(action(),)) == []
    assert of_benchmark(*items(2), groups=groups) == []
    assert of_benchmark(*items(2, groups=("board",)), groups=groups, actions=for_board) == []
    assert of_benchmark(*items(2), groups=groups, actions=for_board, method="none") == []


def test_where_one_benchmark_has_actions_all_need_them() -> None:
    with_action = benchmark(*items(2), actions=(action(),))
    without = replace(benchmark(*numbered("Plans are kept.", "Plans are read.")), id="other", title="Another")
    (finding,) = craft(questionnaire(strand(benchmarks=(with_action, without))))
    assert (finding.code, finding.keys) == ("group-without-action", ("strands", 0, "benchmarks", 1))
    assert finding.message == "No action is suggested when this falls short."


def one_of_each(allow: tuple[str, ...] = ()) -> Questionnaire:
    """A questionnaire with every warning, all in reach of items that allow something."""
    texts = [text for texts in FIRES.values() for text in texts[:1]]
    poor = numbered(*texts, texts[0], allow=allow, scale="lopsided")
    turned = item("I do not know.", id="turned", reverse=True, allow=allow, scale="unlabelled")
    mixed = tuple(replace(one, id=f"mixed_{one.id}") for one in numbered("I ask.", "We tell.", allow=allow))
    thin = benchmark(item("Plans are kept.", id="thin", allow=allow), actions=(action(when="split"),))
    nodes = (replace(benchmark(*mixed, actions=(action(),)), id="mixed"), thin)
    scales = {
        "lopsided": scale("Poor", "Good", "Excellent"),
        "unlabelled": scale("Poor", ""),
        "twice": scale("Bad", "Well", "well "),
        "unscored": scale("Don't know", "Poor", "Good"),
        "falling": scale("Agree", "Disagree"),
    }
    on_scales = tuple(
        item(f"I see {name}.", id=name, allow=allow, scale=name) for name in ("twice", "unscored", "falling")
    )
    own = (*poor, turned, *on_scales, *numbered("I plan.", "I look."))
    return questionnaire(strand(*own, benchmarks=nodes), scales=scales)


def test_every_warning_can_be_had() -> None:
    assert set(codes(list(craft(one_of_each())))) == set(WARNINGS)


@pytest.mark.parametrize("code", WARNINGS)
def test_the_head_of_the_file_silences_a_warning_everywhere_and_no_other(code: str) -> None:
    whole = replace(one_of_each(), allow=(code,))
    assert set(codes(allowed(whole, craft(whole)))) == set(WARNINGS) - {code}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("lopsided-scale", "lopsided"),
        ("unlabelled-scale", "unlabelled"),
        ("same-label", "twice"),
        ("no-answer-scored", "unscored"),
        ("agreeing-scores-low", "falling"),
    ],
)
def test_a_scale_silences_what_is_said_of_itself(code: str, name: str) -> None:
    whole = one_of_each()
    before = [finding.keys[1] for finding in craft(whole) if finding.code == code]
    allowing = replace(whole, scales=whole.scales | {name: replace(whole.scales[name], allow=(code,))})
    after = [finding.keys[1] for finding in allowed(allowing, craft(allowing)) if finding.code == code]
    assert name in before
    assert after == [other for other in before if other != name]


@pytest.mark.parametrize("code", WARNINGS)
def test_an_item_silences_a_warning_by_its_code_and_no_other(code: str) -> None:
    everything, rest = codes(list(craft(one_of_each()))), codes(list(craft(one_of_each(allow=(code,)))))
    assert sorted(rest) == sorted(other for other in everything if other != code)


def test_a_silenced_warning_is_not_replaced_by_a_milder_one() -> None:
    assert of_items(item(" ".join(["word"] * 31), allow=("too-long-to-read",))) == []
    assert of_items(item("I am not unhappy.", allow=("two-negations",))) == []
    assert codes(of_items(item("I am not unhappy.", allow=("negation",)))) == ["two-negations"]


@pytest.mark.parametrize("language", ["en-GB", "en_US", "EN"])
def test_a_variety_of_english_is_english(language: str) -> None:
    assert codes(of_items(item("I am often asked."), language=language)) == ["vague-amount"]


def test_a_language_without_words_is_told_once_and_still_checked_for_the_rest() -> None:
    assert codes(of_items(item("I am often asked and not unhappy."), language="pl"))[:1] == ["no-word-list"]
    found = of_items(*numbered("Die IKT läuft und läuft nie.", "Die IKT läuft und läuft nie."), language="de")
    assert codes(found) == ["no-word-list", "unexplained-capitals", "same-text"]
    assert found[0].keys == ("language",)


def test_every_finding_is_a_warning_with_a_hint() -> None:
    found = craft(one_of_each())
    assert found
    for finding in found:
        assert finding.severity == "warning"
        assert finding.message.endswith(".")
        assert finding.hint.endswith(".")


def test_names_that_the_file_does_not_define_are_left_to_the_checks() -> None:
    asked = item(scale="nowhere", groups=("nobody",), wording={"nobody": "I am asked."})
    assert of_items(asked, groups=(BOARD,)) == []


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_no_text_is_too_odd_to_be_checked(text: str) -> None:
    assert set(codes(of_items(item(text)))) <= set(WARNINGS)
