"""Made-up people answer made-up questionnaires in Chromium; what they hand in is what the program makes of it, byte for
byte."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from selfassess.model.sheet import Receipt
from selfassess.project.armour import sheets_in
from selfassess.services.answer_page import AnswerPage
from selfassess.sitting.steps import steps
from selfassess.web.page import to_html
from tests.examples import some_of
from tests.web.conftest import opened
from tests.web.made import Act, Case, case
from tests.web.test_same_sheets import by_the_program

QUICK = """
let now = 0;
performance.now = () => (now += 1000);  // nobody here waits until a press counts again
"""
SITTING = """
async (acts) => {
  const press = (found) => document.getElementById(found).click();
  const named = (words) => [...document.querySelectorAll("button")].find((one) => one.textContent === words).click();
  const set = (found, text) => {
    const field = document.getElementById(found);
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  const isInWords = (id) => !document.getElementById(`c-${id}-0`) && !document.getElementById(`n-${id}`);
  const act = ([what, place, id, said]) => {
    if (document.getElementById("review")) press("review");
    document.querySelectorAll(".reviewed")[place].click();
    if (what === "choose") press(`c-${id}-${said}`);
    else if (what === "past") press(`q-${id}-${said ? "once" : "still"}`);
    else if (what === "type") set(`n-${id}`, said);
    else if (what === "clear" && isInWords(id)) set(`t-${id}`, "");
    else if (what === "clear") document.getElementById(`x-${id}`)?.click();
    else set(`t-${id}`, said);
  };
  named("Start");
  acts.forEach(act);
  if (document.getElementById("review")) press("review");
  named("Hand in");
  named("Hand in");
  while (!document.getElementById("receipt")) await new Promise((done) => setTimeout(done, 5));
  const found = [document.getElementById("receipt").textContent, document.getElementById("text").value];
  named("I have sent it: erase it here");
  return found;
}
"""


@pytest.mark.attack
def test_made_up_people_hand_in_the_same_in_a_browser(browser: Browser, tmp_path: Path, slow_codes: None) -> None:
    context = browser.new_context()
    context.add_init_script(QUICK)
    page = opened(context, blank(tmp_path))
    for seed in some_of(range(1000), 8):
        made = in_browser(case(seed))
        if made.acts:
            receipt, content = handed_in(page, made, tmp_path)
            assert content == by_the_program(replace(made, receipt=receipt), tmp_path / "one.sheet"), seed
    context.close()


def blank(folder: Path) -> Path:
    path = folder / "blank.html"
    path.write_text("<!doctype html>", encoding="utf-8")
    return path


def handed_in(page: Page, made: Case, folder: Path) -> tuple[Receipt, str]:
    """The receipt and the sheet of a person who did everything, and was done with it."""
    page.goto(page_of(made, folder).as_uri())
    receipt, text = page.evaluate(SITTING, placed(made))
    [sheet] = sheets_in(text)
    return Receipt(receipt), sheet.decode()


def in_browser(made: Case) -> Case:
    """The case of a person who is new, is asked for no consent, and makes up no code."""
    ticket = made.draft.ticket
    assert ticket
    new = replace(made.draft, ticket=replace(ticket, agrees=None, matching=""))
    return possible(replace(made, revision=0, draft=new, acts=typed(made)))


def typed(made: Case) -> tuple[tuple[str, str, int | str], ...]:
    """What is typed for a number is what the field takes."""
    numbers = {item.id: item.answering.characters for item in made.page.questionnaire.items if item.is_typed}
    return tuple(
        (what, id, "".join(one for one in str(said) if one in numbers[id])) if what == "type" else (what, id, said)
        for what, id, said in made.acts
    )


def page_of(made: Case, folder: Path) -> Path:
    page: AnswerPage = replace(made.page, group=made.draft.group, code=made.code)
    path = folder / "page.html"
    path.write_text(to_html(page), encoding="utf-8")
    return path


def possible(made: Case) -> Case:
    """The case without what is done at steps that are not asked, since another number was typed."""
    found: list[Act] = []
    for act in made.acts:
        if act[1] in ids(replace(made, acts=tuple(found))):
            found.append(act)
    return replace(made, acts=tuple(found))


def placed(made: Case) -> list[tuple[str, int, str, int | str]]:
    """What is done, each with the place of its step in the review."""
    before = (replace(made, acts=made.acts[:number]) for number in range(len(made.acts)))
    return [(what, ids(one).index(id), id, said) for one, (what, id, said) in zip(before, made.acts, strict=True)]


def ids(made: Case) -> list[str]:
    """The steps that are asked when everything was done."""
    return [step.id for step in steps(made.page.questionnaire, made.done)]
