"""One's own result to be read aloud."""

from selfassess.documents.personal import spoken
from selfassess.documents.render_rich import page, to_text
from selfassess.model.questionnaire import Edition
from selfassess.services.reports import own_report
from selfassess.sitting import state


def test_scores_are_sentences_and_what_needs_talk_comes_first(partnership: Edition) -> None:
    draft = state.start(partnership, "board")
    wanted = [step.item for step in state.open_steps(partnership.questionnaire, draft) if step.item]
    last = {item.id for node in partnership.questionnaire.strands[-1].middle for item in node.items}
    for item in wanted:
        draft = state.respond(partnership.questionnaire, draft, item.id, 2 if item.id in last else 4)
    told = to_text(page(spoken(own_report(partnership, state.hand_in(partnership.questionnaire, draft)))))
    worst, best = (
        "Learning and development: 25 of 100, Act now, 50 below the target",
        "Leadership and vision: 75 of 100",
    )
    assert 0 < told.index(worst) < told.index(best)
    assert "█" not in told
    assert "upright mark" not in told


def test_what_has_no_score_says_why(partnership: Edition) -> None:
    sheet = state.hand_in(partnership.questionnaire, state.start(partnership, "board"))
    assert "Learning and development: no score: too few answered." in to_text(
        page(spoken(own_report(partnership, sheet)))
    )
