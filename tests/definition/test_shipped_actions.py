"""What the shipped questionnaire suggests first where one item alone is low: something that answers this very item.

Every line of FIRST was read with the words of both: is this what people would do about that item?
"""

from collections.abc import Iterator, Mapping

import pytest

from selfassess.model.priorities import prioritised
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft
from selfassess.services.reports import own_report
from selfassess.sitting.state import hand_in

FIRST: Mapping[str, Mapping[str, str]] = {
    "board": {
        "vision_say": "vision_a_sentence",
        "vision_same": "vision_a_sentence",
        "vision_needs": "vision_a_needs",
        "alignment_fit": "alignment_a_matter",
        "alignment_figures": "alignment_a_show",
        "alignment_heard": "alignment_a_expect",
        "support_home": "support_a_story",
        "support_tell": "support_a_news",
        "support_table": "support_a_seats",
        "added_value_example": "added_value_a_stories",
        "added_value_more": "added_value_a_ask",
        "openness_reasons": "openness_a_reasons",
        "openness_ahead": "openness_a_papers",
        "openness_trust": "openness_a_rules",
        "equal_say_weight": "equal_say_a_buddy",
        "equal_say_heard": "equal_say_a_back",
        "equal_say_words": "equal_say_a_words",
        "accountability_word": "accountability_a_open",
        "accountability_visit": "accountability_a_visit",
        "communication_know": "communication_a_updates",
        "communication_events": "communication_a_online",
        "differences_work": "differences_a_shadow",
        "differences_side": "differences_a_away",
        "objectives_part": "objectives_a_strategy",
        "objectives_reach": "objectives_a_map",
        "objectives_welcome": "objectives_a_door",
        "structure_decides": "structure_a_sheet",
        "structure_back": "structure_a_terms",
        "resources_has": "resources_a_share",
        "resources_time": "resources_a_lighten",
        "resources_leave": "resources_a_contracts",
        "coordination_names": "coordination_a_list",
        "coordination_told": "coordination_a_thanks",
        "roles_mine": "roles_a_page",
        "roles_agreed": "roles_a_page",
        "lessons_learn": "lessons_a_five",
        "lessons_start": "lessons_a_buddy",
        "lessons_places": "lessons_a_borrow",
        "improvement_look": "improvement_a_diary",
        "improvement_better": "improvement_a_measure",
        "improvement_train": "improvement_a_book",
        "change_done": "change_a_lead",
        "change_means": "change_a_explain",
        "change_try": "change_a_small",
    },
    "staff": {
        "vision_say": "vision_a_sentence",
        "vision_same": "vision_a_sentence",
        "vision_needs": "vision_a_review",
        "alignment_fit": "alignment_a_jobs",
        "alignment_figures": "alignment_a_wall",
        "alignment_heard": "alignment_a_meet",
        "support_home": "support_a_team",
        "support_tell": "support_a_teams",
        "support_table": "support_a_missing",
        "added_value_example": "added_value_a_stories",
        "added_value_more": "added_value_a_ask",
        "openness_reasons": "openness_a_staff",
        "openness_ahead": "openness_a_early",
        "openness_trust": "openness_a_repair",
        "equal_say_weight": "equal_say_a_ask",
        "equal_say_heard": "equal_say_a_back",
        "accountability_word": "accountability_a_list",
        "accountability_known": "accountability_a_meet",
        "communication_know": "communication_a_brief",
        "communication_families": "communication_a_places",
        "communication_records": "communication_a_consent",
        "differences_work": "differences_a_remit",
        "differences_refer": "differences_a_cases",
        "objectives_part": "objectives_a_own",
        "objectives_reach": "objectives_a_missed",
        "objectives_welcome": "objectives_a_door",
        "structure_decides": "structure_a_sheet",
        "structure_back": "structure_a_link",
        "resources_has": "resources_a_suggest",
        "resources_time": "resources_a_hours",
        "resources_leave": "resources_a_posts",
        "coordination_names": "coordination_a_list",
        "coordination_told": "coordination_a_cheer",
        "roles_mine": "roles_a_job",
        "roles_agreed": "roles_a_job",
        "lessons_learn": "lessons_a_five",
        "lessons_start": "lessons_a_buddy",
        "lessons_places": "lessons_a_borrow",
        "improvement_look": "improvement_a_term",
        "improvement_better": "improvement_a_term",
        "improvement_train": "improvement_a_rota",
        "change_done": "change_a_lead",
        "change_means": "change_a_explain",
        "change_try": "change_a_small",
    },
    "external": {
        "vision_say": "vision_a_page",
        "vision_same": "vision_a_expect",
        "vision_needs": "vision_a_limits",
        "alignment_fit": "alignment_a_overlap",
        "alignment_figures": "alignment_a_send",
        "alignment_heard": "alignment_a_hear",
        "support_home": "support_a_visit",
        "support_tell": "support_a_voice",
        "support_table": "support_a_contact",
        "added_value_example": "added_value_a_extra",
        "added_value_more": "added_value_a_ask",
        "openness_reasons": "openness_a_tell",
        "openness_ahead": "openness_a_warn",
        "openness_trust": "openness_a_standards",
        "equal_say_weight": "equal_say_a_slot",
        "equal_say_heard": "equal_say_a_back",
        "accountability_word": "accountability_a_start",
        "accountability_visit": "accountability_a_show",
        "communication_know": "communication_a_update",
        "communication_answer": "communication_a_reply",
        "communication_records": "communication_a_data",
        "differences_work": "differences_a_day",
        "differences_refer": "differences_a_refer",
        "objectives_part": "objectives_a_workplan",
        "objectives_reach": "objectives_a_map",
        "objectives_welcome": "objectives_a_welcome",
        "resources_has": "resources_a_offer",
        "resources_time": "resources_a_lighten",
        "resources_leave": "resources_a_handover",
        "coordination_names": "coordination_a_list",
        "coordination_told": "coordination_a_thanks",
        "coordination_cancelled": "coordination_a_dates",
        "roles_mine": "roles_a_principles",
        "roles_agreed": "roles_a_principles",
        "lessons_learn": "lessons_a_together",
        "lessons_start": "lessons_a_buddy",
        "lessons_places": "lessons_a_borrow",
        "improvement_look": "improvement_a_urgent",
        "improvement_better": "improvement_a_urgent",
        "improvement_train": "improvement_a_places",
        "change_done": "change_a_first",
        "change_means": "change_a_explain",
        "change_try": "change_a_try",
    },
}


def scored(questionnaire: Questionnaire, group: str) -> tuple[Item, ...]:
    return tuple(item for item in offered(questionnaire, group, "full") if item.is_scored)


def answer(questionnaire: Questionnaire, item: Item, *, low: bool) -> float:
    """The worst answer to an item, or a good one: the best of two, the last but one of five."""
    values = questionnaire.scale_of(item).values
    from_worst = values[::-1] if item.reverse else values
    return from_worst[0] if low else from_worst[max(1, len(values) - 2)]


def suggested(shipped: Edition, group: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Each item, what is suggested where it alone is low, and what the plan is offered first."""
    questionnaire = shipped.questionnaire
    items = scored(questionnaire, group)
    for low in items:
        said = {item.id: answer(questionnaire, item, low=item is low) for item in items}
        sheet = hand_in(questionnaire, Draft(questionnaire=shipped.sha256, group=group, form="full", responses=said))
        found = own_report(shipped, sheet).suggestions
        most_pressing = prioritised(questionnaire, {group: found})
        yield low.id, tuple(one.action.id for one in found), most_pressing[0].suggestion.action.id


@pytest.mark.slow
@pytest.mark.parametrize("group", ["board", "staff", "external"])
def test_where_one_item_is_low_the_first_action_answers_it(shipped: Edition, group: str) -> None:
    actions = {
        action.id: action
        for strand in shipped.questionnaire.strands
        for node in strand.benchmarks
        for action in node.actions
    }
    found = list(suggested(shipped, group))
    for low, called_for, _ in found:
        assert called_for, low
        assert all(low in actions[id].items for id in called_for), low
    assert {low: called_for[0] for low, called_for, _ in found} == FIRST[group]
    assert {low: most_pressing for low, _, most_pressing in found} == FIRST[group]
