"""A whole sitting in a browser: by touch, by keyboard, without a network, and what comes back is taken in."""

import json
import os
import re
from email.message import EmailMessage
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from selfassess.model.sheet import Missing
from selfassess.project.exchange_files import read_sheet
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command, Done, selfassess, small
from tests.cli.rounds_made import made
from tests.web.conftest import opened

__all__ = ["selfassess", "small"]
pytestmark = pytest.mark.slow


@pytest.fixture
def invited(selfassess: Command, small: str, tmp_path: Path, slow_codes: None) -> Path:
    """The page of a board member, in an open round with codes in which everybody is asked for consent."""
    made(selfassess, small, "--small-groups", "consent", "--codes")
    folder = tmp_path / "invitations"
    done = selfassess(
        "round", "invite", "autumn", "--group", "board", "--number", "2", "--folder", str(folder), "--page"
    )
    assert done.code == 0, done.err
    assert selfassess("round", "open", "autumn").code == 0
    return folder / "board-01.html"


def answer(page: Page) -> None:
    """Consent, and the three questions: yes; yes, with a comment that is asked for; and something written."""
    page.get_by_role("button", name="Start", exact=True).tap()
    page.get_by_role("button", name="Yes, it may be shown").tap()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Yes", exact=True).tap()
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_visible()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Yes", exact=True).tap()
    page.get_by_label("Your comment").fill("Würde helfen: “früher”")
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("textbox").fill("The tea.")
    page.get_by_role("button", name="Next").tap()


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Hand in").first.tap()
    expect(page.get_by_role("heading", name="Hand in now?")).to_be_visible()
    page.get_by_role("button", name="Hand in").tap()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible(timeout=20_000)


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_sheet_by_touch_is_taken_in(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    page = opened(phone, invited)
    answer(page)
    hand_in(page)
    path = saved(page, tmp_path)
    assert path.name == "autumn.sheet.txt"
    parcel = read_sheet(path)
    assert parcel.sheet.answers == "22+"
    assert sorted(parcel.texts.values()) == [("late", "Würde helfen: “früher”"), ("well", "The tea.")]
    assert collected(selfassess, path) == "1 new, 0 already here, 0 replaced, 0 refused."
    # The code was used, so another sheet with it is refused.
    other = opened(phone, invited.with_name("board-02.html"))
    assert other.evaluate("document.getElementById('questionnaire').textContent") != page.evaluate(
        "document.getElementById('questionnaire').textContent"
    )


def collected(selfassess: Command, path: Path) -> str:
    done: Done = selfassess("collect", str(path))
    assert done.code == 0, done.out + done.err
    return done.out.strip().splitlines()[-1]


def test_a_code_lets_one_person_answer(selfassess: Command, invited: Path, browser: Browser, tmp_path: Path) -> None:
    """Two phones, one page: the second sheet is refused, and the first stays."""
    sheets = []
    for number in range(2):
        context = browser.new_context(has_touch=True)
        page = opened(context, invited)
        answer(page)
        hand_in(page)
        (tmp_path / str(number)).mkdir()
        sheets.append(saved(page, tmp_path / str(number)))
        context.close()
    assert collected(selfassess, sheets[0]) == "1 new, 0 already here, 0 replaced, 0 refused."
    done = selfassess("collect", str(sheets[1]))
    assert done.code == 4
    assert "The admission code was used before: each is for one sheet." in done.out
    assert "0 new, 0 already here, 0 replaced, 1 refused." in done.out


def test_a_code_is_typed_at_an_address_and_can_be_corrected(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    """A guessed code fits no sheet into the round; whoever mistyped theirs loses nothing."""
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path / "site")).code == 0
    if os.name == "posix":
        assert (tmp_path / "site" / "index.html").stat().st_mode & 0o044 == 0o044  # as a web server needs it
    code = re.findall(r"Your code: (\S+)", invited.with_suffix(".txt").read_text(encoding="utf-8"))[0]
    page = opened(phone, tmp_path / "site" / "index.html")
    page.get_by_role("button", name="Start", exact=True).tap()
    for typed in ("K7QM", "K7QM-3RTP-9XWD"):
        page.get_by_role("textbox").fill(typed)
        page.get_by_role("button", name="Next").tap()
        if typed == "K7QM":
            expect(page.get_by_text("That is not an admission code.")).to_be_visible()
    page.get_by_role("button", name="Board members").tap()
    page.get_by_role("button", name="Yes, it may be shown").tap()
    page.get_by_role("button", name="Look at your answers").tap()
    hand_in(page)
    done = selfassess("collect", str(saved(page, tmp_path)))
    assert "No admission code of this round fits this sheet" in done.out
    page.get_by_role("button", name="Change my answers").tap()
    page.get_by_role("button", name="Your admission code: K7QM-3RTP-9XWD").tap()
    page.get_by_role("textbox").fill(code.lower())
    page.get_by_role("button", name="Next").tap()
    hand_in(page)
    assert collected(selfassess, saved(page, tmp_path)) == "1 new, 0 already here, 0 replaced, 0 refused."
    page.get_by_role("button", name="I have sent it").tap()
    assert page.evaluate("localStorage.length") == 0


def test_on_the_way_back_to_the_code_no_question_is_lost(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path / "site")).code == 0
    page = opened(phone, tmp_path / "site" / "index.html")
    page.get_by_role("button", name="Start", exact=True).tap()
    for _ in range(2):
        page.get_by_role("textbox").fill("K7QM-3RTP-9XWD")
        page.get_by_role("button", name="Next").tap()
        expect(page.get_by_role("button", name="Board members")).to_be_visible()
        page.go_back()
    page.get_by_role("textbox").fill("K7QM-3RTP-9XWD")
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Board members").tap()
    page.get_by_role("button", name="Yes, it may be shown").tap()
    expect(page.get_by_role("button", name="Look at your answers")).to_be_visible()


def test_who_answers_again_leaves_nothing_for_the_next_person(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    """Where codes are typed, nothing is kept until it is known whose it is."""
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path / "site")).code == 0
    page = opened(phone, tmp_path / "site" / "index.html")
    page.get_by_role("button", name="I have already handed in").tap()
    page.get_by_role("textbox").fill("K7QM-3RTP-9XWD-2HCF-8JNE")
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Answer again").tap()
    expect(page.get_by_role("heading", name="Your admission code")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_whoever_types_a_code_again_finds_what_they_have_not_sent(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    """At the round's address, which is the same for everybody, the code says whose answers are kept."""
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path / "site")).code == 0

    def come_in(code: str) -> Page:
        page = opened(phone, tmp_path / "site" / "index.html")
        page.get_by_role("button", name="Start", exact=True).tap()
        page.get_by_role("textbox").fill(code)
        page.get_by_role("button", name="Next").tap()
        return page

    page = come_in("K7QM-3RTP-9XWD")
    page.get_by_role("button", name="Board members").tap()
    page.get_by_role("button", name="No", exact=True).tap()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Yes", exact=True).tap()
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_visible()
    page.close()
    page = come_in("K7QM-3RTP-9XWD")
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_visible()
    page.get_by_role("button", name="Look at your answers").tap()
    hand_in(page)
    receipt = page.locator("#receipt").inner_text()
    page.get_by_role("button", name="Change my answers").tap()
    page.get_by_role("button", name="Papers come late.").tap()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="No", exact=True).tap()
    page.close()
    page = come_in("K7QM-3RTP-9XWD")
    assert page.locator("#receipt").inner_text() == receipt
    page.get_by_role("button", name="Change my answers").tap()
    expect(page.get_by_role("button", name="Papers come late. No")).to_be_visible()
    hand_in(page)
    assert page.locator("#receipt").inner_text() == receipt
    page.close()
    other = come_in("9XWD-3RTP-K7QM")
    expect(other.get_by_role("button", name="Board members")).to_be_visible()
    other.close()
    page = come_in("K7QM-3RTP-9XWD")
    assert page.locator("#receipt").inner_text() == receipt
    page.get_by_role("button", name="I have sent it").tap()
    assert page.evaluate("localStorage.length") == 0


def test_a_phone_can_sleep_for_a_day(selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path) -> None:
    page = phone.new_page()
    page.clock.install()
    page.goto(invited.as_uri())
    answer(page)
    page.clock.fast_forward("24:00:00")
    expect(page.get_by_role("heading", name="Look at your answers")).to_be_visible()
    hand_in(page)
    page.clock.fast_forward("24:00:00")
    assert collected(selfassess, saved(page, tmp_path)) == "1 new, 0 already here, 0 replaced, 0 refused."


def test_nothing_is_lost_by_closing_the_page_and_nothing_is_left_once_it_was_sent(
    invited: Path, phone: BrowserContext
) -> None:
    page = opened(phone, invited)
    answer(page)
    page.close()
    page = opened(phone, invited)
    page.get_by_role("button", name="Carry on").tap()
    page.get_by_role("button", name="Look at your answers").tap()
    expect(page.get_by_text("The tea.")).to_be_visible()
    hand_in(page)
    receipt = page.locator("#receipt").inner_text()
    page.close()
    page = opened(phone, invited)
    assert page.locator("#receipt").inner_text() == receipt
    page.get_by_role("button", name="I have sent it").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_answers_are_cleared_only_after_a_yes(invited: Path, phone: BrowserContext) -> None:
    page = opened(phone, invited)
    answer(page)
    page.close()
    page = opened(phone, invited)
    for choice in ("Keep them", "Clear them"):
        assert page.evaluate("localStorage.length") == 1
        page.get_by_role("button", name="start again").tap()
        page.get_by_role("button", name=choice).tap()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_on_a_shared_device_nothing_is_kept_at_all(invited: Path, phone: BrowserContext) -> None:
    page = opened(phone, invited)
    page.get_by_label("Other people use this device").check()
    answer(page)
    assert page.evaluate("localStorage.length") == 0
    hand_in(page)
    assert page.evaluate("localStorage.length") == 0


def test_a_shared_device_stays_one_whichever_way_people_come_in(invited: Path, phone: BrowserContext) -> None:
    page = opened(phone, invited)
    page.get_by_label("Other people use this device").check()
    page.get_by_role("button", name="I have already handed in").tap()
    page.go_back()
    expect(page.get_by_label("Other people use this device")).to_be_checked()
    page.get_by_role("button", name="I have already handed in").tap()
    page.get_by_role("textbox").fill("K7QM-3RTP-9XWD-2HCF-8JNE")
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Answer again").tap()
    page.get_by_role("button", name="No", exact=True).tap()
    assert page.evaluate("localStorage.length") == 0


def test_a_sitting_by_keyboard_alone(selfassess: Command, invited: Path, browser: Browser, tmp_path: Path) -> None:
    page = opened(browser.new_context(), invited)
    for key in ("Tab", "Enter", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(450)
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_focused()
    page.wait_for_timeout(450)
    page.keyboard.press("d")
    page.wait_for_timeout(450)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="Look at your answers")).to_be_focused()
    hand_in_by_keys(page)
    parcel = read_sheet(saved(page, tmp_path))
    assert parcel.sheet.answers == f"1{Missing.DONT_KNOW.value}+"
    assert parcel.sheet.ticket
    assert parcel.sheet.ticket.agrees is False


def hand_in_by_keys(page: Page) -> None:
    for key in ("Tab", "Tab", "Enter", "Tab", "Enter"):  # past what was said of the small group
        page.keyboard.press(key)
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible(timeout=20_000)


def test_text_survives_mail_programs(selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path) -> None:
    page = opened(phone, invited)
    answer(page)
    hand_in(page)
    page.get_by_text("The same as text").tap()
    text = page.get_by_label("The same as text").input_value()
    mangled = "\n".join(f"> {line[:30]}\n> {line[30:]}" for line in text.replace("-----", "—").splitlines())
    message = EmailMessage()
    message["Subject"] = "Meine Antworten"
    message.set_content(f"Guten Tag,\n\n{mangled}\n\nGrüße")
    message.add_alternative(
        f"<p>Guten Tag</p><blockquote>{mangled.replace(chr(10), '<br>')}</blockquote>", subtype="html"
    )
    path = tmp_path / "answers.eml"
    path.write_bytes(message.as_bytes())
    assert collected(selfassess, path) == "1 new, 0 already here, 0 replaced, 0 refused."
    cut = tmp_path / "cut.txt"
    cut.write_text(text[: len(text) // 2], encoding="utf-8")
    refused = selfassess("collect", str(cut))
    assert refused.code == 4
    assert "damaged on its way" in refused.out


def test_answering_again_takes_the_place_of_what_was_there(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    page = opened(phone, invited)
    answer(page)
    hand_in(page)
    receipt = page.locator("#receipt").inner_text()
    collected(selfassess, saved(page, tmp_path))
    page.get_by_role("button", name="I have sent it").tap()
    page = opened(phone, invited)
    page.get_by_role("button", name="I have already handed in").tap()
    page.get_by_role("textbox").fill("not a receipt")
    page.get_by_role("button", name="Next").tap()
    expect(page.get_by_text("That is not a receipt.")).to_be_visible()
    page.get_by_role("textbox").fill(receipt.lower().replace("-", " "))
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Answer again").tap()
    page.get_by_role("button", name="No", exact=True).tap()
    page.close()
    page = opened(phone, invited)  # the receipt is kept nowhere
    page.get_by_role("button", name="Carry on").tap()
    page.get_by_role("textbox").fill(receipt)
    page.get_by_role("button", name="Next").tap()
    page.get_by_role("button", name="Answer again").tap()
    page.get_by_role("button", name="Look at your answers").tap()
    hand_in(page)
    assert page.locator("#receipt").inner_text() == receipt
    assert collected(selfassess, saved(page, tmp_path)) == "0 new, 0 already here, 1 replaced, 0 refused."


def test_what_was_handed_in_can_be_changed_before_it_is_sent_or_after(
    selfassess: Command, invited: Path, phone: BrowserContext, tmp_path: Path
) -> None:
    page = opened(phone, invited)
    answer(page)
    hand_in(page)
    receipt = page.locator("#receipt").inner_text()
    outcomes = []
    for text in ("The coffee.", "The cake.", ""):
        outcomes.append(collected(selfassess, saved(page, tmp_path)))
        page.get_by_role("button", name="Change my answers").tap()
        page.get_by_role("button", name="What works well?").tap()
        page.get_by_role("textbox").fill(text)
        page.get_by_role("button", name="Look at your answers").tap()
        hand_in(page)
        assert page.locator("#receipt").inner_text() == receipt
    outcomes.append(collected(selfassess, saved(page, tmp_path)))
    assert (
        outcomes
        == ["1 new, 0 already here, 0 replaced, 0 refused."] + ["0 new, 0 already here, 1 replaced, 0 refused."] * 3
    )
    with open_project(tmp_path / "mine.selfassess") as project:
        assert [text for _, text in Rounds(project).sheets.texts("autumn")] == ["Würde helfen: “früher”"]


def test_who_has_sent_it_off_is_told_how_to_take_it_back(invited: Path, phone: BrowserContext) -> None:
    page = opened(phone, invited)
    page.get_by_role("button", name="I have already handed in").tap()
    page.get_by_role("textbox").fill("K7QM-3RTP-9XWD-2HCF-8JNE")
    page.get_by_role("button", name="Next").tap()
    expect(page.get_by_role("button", name="See my own result")).to_have_count(0)
    page.get_by_role("button", name="Delete my answers").tap()
    expect(page.get_by_text("ask for your answers to be deleted")).to_be_visible()
    expect(page.get_by_text("K7QM-3RTP-9XWD-2HCF-8JNE")).to_be_visible()
    page.get_by_role("button", name="Back").tap()
    expect(page.get_by_role("button", name="Answer again")).to_be_visible()


def test_where_nothing_can_be_kept_it_is_said_and_everything_else_works(invited: Path, browser: Browser) -> None:
    context = browser.new_context(has_touch=True)
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page = opened(context, invited)
    expect(page.get_by_text("This browser does not save your answers")).to_be_visible()
    answer(page)
    hand_in(page)
    context.close()


def test_the_back_button_goes_back_and_loses_nothing(invited: Path, phone: BrowserContext) -> None:
    page = opened(phone, invited)
    answer(page)
    expect(page.get_by_role("heading", name="Look at your answers")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("textbox")).to_have_value("The tea.")
    page.go_back()
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_visible()
    expect(page.get_by_role("button", name="Yes", exact=True)).to_have_attribute("aria-pressed", "true")
    page.go_forward()
    page.go_forward()
    hand_in(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Your receipt")).to_be_visible()


def test_before_the_page_was_loaded_anew_the_back_button_leads_to_the_start(
    invited: Path, phone: BrowserContext
) -> None:
    page = opened(phone, invited)
    answer(page)
    page.reload()
    page.go_back()
    page.get_by_role("button", name="Carry on").tap()
    page.get_by_role("button", name="Look at your answers").tap()
    expect(page.get_by_text("The tea.")).to_be_visible()


def test_what_was_done_in_another_window_is_seen(invited: Path, phone: BrowserContext) -> None:
    """And so nobody hands in twice."""
    first, second, third = (opened(phone, invited) for _ in range(3))
    answer(first)
    expect(second.get_by_text("also open in another window")).to_be_visible()
    second.get_by_role("button", name="Carry on").tap()
    second.get_by_role("button", name="Look at your answers").tap()
    expect(second.get_by_text("The tea.")).to_be_visible()
    hand_in(second)
    receipt = second.locator("#receipt").inner_text()
    for other in (first, third):
        expect(other.locator("#receipt")).to_have_text(receipt)


def test_what_was_cleared_in_another_window_is_gone_here(invited: Path, phone: BrowserContext) -> None:
    first, second = opened(phone, invited), opened(phone, invited)
    answer(first)
    second.get_by_role("button", name="start again").tap()
    second.get_by_role("button", name="Clear them").tap()
    expect(first.get_by_text("handed in or cleared in another window")).to_be_visible()
    expect(first.get_by_role("button", name="Start", exact=True)).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_keeps_anybody_out(invited: Path, browser: Browser, colours: str) -> None:
    """By axe-core, at 320 pixels, in every state of the page; and nothing needs to be moved sideways."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark" if colours == "dark" else "light", has_touch=True
    )
    page = opened(context, invited)
    states = [lambda: None, lambda: page.get_by_role("button", name="Start", exact=True).tap()]
    states += [lambda: page.get_by_role("button", name="Yes, it may be shown").tap()]
    states += [lambda: page.get_by_role("button", name="Show the whole part").tap()]
    states += [lambda: page.get_by_role("button", name="Look at your answers").tap()]
    states += [lambda: page.get_by_role("button", name="Hand in").first.tap()]
    states += [lambda: page.get_by_role("button", name="Hand in").tap()]
    for go in states:
        go()
        keeps_nobody_out(page)
    context.close()


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_on_the_way_in_keeps_anybody_out(
    selfassess: Command, small: str, browser: Browser, tmp_path: Path, slow_codes: None, colours: str
) -> None:
    """The same for what is asked before the questions, and of those who have handed in."""
    made(selfassess, small, "--codes", "--matching")
    assert selfassess("round", "page", "autumn", "--output", str(tmp_path)).code == 0
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, color_scheme="dark" if colours == "dark" else "light", has_touch=True
    )
    page = opened(context, tmp_path / "index.html")

    def tap(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).first.tap()
        keeps_nobody_out(page)

    def write(text: str) -> None:
        page.get_by_role("textbox").fill(text)
        tap("Next")

    tap("I have already handed in")
    write("K7QM")
    write("K7QM-3RTP-9XWD-2HCF-8JNE")
    tap("Delete my answers")
    tap("Back")
    page.reload()
    tap("Start")
    write("K7QM")
    write("K7QM-3RTP-9XWD")
    tap("Board members")
    write("-")
    tap("Carry on without one")
    tap("Yes")
    tap("Back")
    tap("Clear my answer")
    tap("Look at your answers")
    tap("Hand in")
    tap("Hand in")
    page.get_by_text("I have sent it").tap()
    keeps_nobody_out(page)
    context.close()


def keeps_nobody_out(page: Page) -> None:
    page.wait_for_timeout(300)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, json.dumps(found.response["violations"], indent=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


HARD = '  [[strands.questions]]\n  id = "hard"\n  text = "What is hard?"\n  collects = "barriers"\n'


@pytest.mark.parametrize("whole_part", [False, True])
def test_whoever_writes_a_barrier_is_asked_whether_it_is_still_so(
    selfassess: Command, small: str, phone: BrowserContext, tmp_path: Path, slow_codes: None, whole_part: bool
) -> None:
    Path(small).write_text(f"{Path(small).read_text(encoding='utf-8')}{HARD}", encoding="utf-8")
    made(selfassess, small)
    folder = ("--folder", str(tmp_path / "to"), "--page")
    assert selfassess("round", "invite", "autumn", "--group", "board", "--number", "1", *folder).code == 0
    page = opened(phone, tmp_path / "to" / "board-01.html")
    page.get_by_role("button", name="Start", exact=True).tap()
    if whole_part:
        page.get_by_role("button", name="Show the whole part on one page").tap()
    else:
        for _ in range(2):
            page.get_by_role("button", name="Skip").tap()
    asked = page.get_by_text("Is this still the case, or is it in the past?")
    expect(asked).not_to_be_visible()
    page.get_by_role("textbox").last.fill("The stairs.")
    expect(asked).to_be_visible()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="In the past").tap()
    page.get_by_role("button", name="Next").tap()
    expect(page.get_by_role("heading", name="Your answers")).to_be_visible()
    expect(page.get_by_text("In the past")).to_be_visible()
    hand_in(page)
    assert [*read_sheet(saved(page, tmp_path)).texts.values()] == [("hard/past", "The stairs.")]
