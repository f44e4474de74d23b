"""The laptop in the room: who may come in, what is refused, two hundred people at once, a phone from start to end."""

import hashlib
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from playwright.sync_api import Browser, Page, expect
from rich.console import Console
from starlette.testclient import TestClient

from selfassess.cli.host import _Laptop, _listening, _Shown
from selfassess.cli.place import Place
from selfassess.documents import qr_code
from selfassess.errors import UsageError
from selfassess.model.round import Rules
from selfassess.model.sheet import Receipt, RoundKey, Ticket
from selfassess.project import codes
from selfassess.project.codes import new_receipt
from selfassess.project.exchange_files import write_sheet
from selfassess.project.parcel import pack
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.answer_page import answer_page, described
from selfassess.services.arrival import NOTHING, Arrived, Refused, TakenBack, Wish, take_in, with_receipt
from selfassess.sitting import state
from selfassess.web.seal import NotSealedError, Seal
from selfassess.web.server import LARGEST, OFTEN, Door, application
from tests.cli.rounds import EDITION, add_round
from tests.web.test_page import keeps_nobody_out

HOST = "192.0.2.7:8765"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Phone:
    """What `web/host.js` does."""

    def __init__(self, public: bytes) -> None:
        self.mine = X25519PrivateKey.generate()
        own = self.mine.public_key().public_bytes_raw()
        self.own = own
        self.secret = own + public + self.mine.exchange(X25519PublicKey.from_public_bytes(public))

    def sealed(self, content: bytes) -> bytes:
        return self.own + ChaCha20Poly1305(self.key("sheet")).encrypt(bytes(12), content, None)

    def opened(self, answer: bytes) -> bytes:
        return ChaCha20Poly1305(self.key("answer")).decrypt(answer[:12], answer[12:], None)

    def key(self, what: str) -> bytes:
        return hashlib.blake2b(self.secret, digest_size=32, key=f"selfassess {what}".encode()).digest()


@pytest.fixture
def seal() -> Seal:
    return Seal()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(seal: Seal, clock: Clock) -> TestClient:
    door = Door(
        page="<p>the page</p>",
        policy="default-src 'none'",
        hosts=frozenset([HOST]),
        seal=seal,
        take_in=lambda content: b"got " + content,
        of_receipt=lambda content: b"for " + content,
        clock=clock,
    )
    return TestClient(application(door), base_url=f"http://{HOST}")


def public(seal: Seal) -> bytes:
    return seal._public


FROM_THE_PAGE = {"Origin": f"http://{HOST}"}


def test_the_page_may_do_nothing_else_and_is_not_stored(client: TestClient) -> None:
    response = client.get("/")
    assert response.text == "<p>the page</p>"
    assert response.headers["content-security-policy"] == "default-src 'none'"
    assert response.headers["cache-control"] == "no-store"
    assert "set-cookie" not in response.headers


def test_a_sealed_sheet_is_answered_sealed(client: TestClient, seal: Seal) -> None:
    phone = Phone(public(seal))
    response = client.post("/sheet", content=phone.sealed(b"a sheet"), headers=FROM_THE_PAGE)
    assert phone.opened(response.content) == b"got a sheet"
    response = client.post("/receipt", content=Phone(public(seal)).sealed(b"it"), headers=FROM_THE_PAGE)
    assert response.status_code == 200


def test_no_two_answers_are_sealed_alike(client: TestClient, seal: Seal) -> None:
    """Somebody who listens can send the same message again."""
    phone = Phone(public(seal))
    message = phone.sealed(b"a sheet")
    answers = [client.post("/sheet", content=message, headers=FROM_THE_PAGE).content for _ in range(2)]
    assert answers[0] != answers[1]
    assert [phone.opened(answer) for answer in answers] == [b"got a sheet"] * 2


@pytest.mark.parametrize("host", ["evil.example", "192.0.2.7", "192.0.2.7:80", ""])
def test_under_another_name_there_is_nothing(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers", [{}, {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": f"https://{HOST}"}]
)
def test_no_other_page_can_hand_in(client: TestClient, seal: Seal, headers: dict[str, str]) -> None:
    sealed = Phone(public(seal)).sealed(b"a sheet")
    assert client.post("/sheet", content=sealed, headers=headers).status_code == 403


@pytest.mark.parametrize("message", [b"", b"short", bytes(32), bytes(200), b"x" * 500])
def test_what_is_not_sealed_for_this_laptop_is_refused(client: TestClient, message: bytes) -> None:
    response = client.post("/sheet", content=message, headers=FROM_THE_PAGE)
    assert response.status_code == 400
    assert "Scan the code" in response.text


def test_what_was_sealed_for_another_laptop_is_refused(client: TestClient) -> None:
    sealed = Phone(public(Seal())).sealed(b"a sheet")
    assert client.post("/sheet", content=sealed, headers=FROM_THE_PAGE).status_code == 400


def test_a_changed_message_is_refused(seal: Seal) -> None:
    sealed = bytearray(Phone(public(seal)).sealed(b"a sheet"))
    sealed[-1] ^= 1
    with pytest.raises(NotSealedError):
        seal.open(bytes(sealed))


def test_fifty_megabytes_are_refused_long_before_they_are_in(client: TestClient) -> None:
    sent = []

    def parts() -> Iterator[bytes]:
        for _ in range(50):
            sent.append(1)
            yield bytes(1_000_000)

    assert client.post("/sheet", content=parts(), headers=FROM_THE_PAGE).status_code == 413
    assert client.post("/sheet", content=bytes(LARGEST + 1), headers=FROM_THE_PAGE).status_code == 413


def test_one_device_cannot_try_for_ever(client: TestClient, seal: Seal, clock: Clock) -> None:
    def status() -> int:
        return client.post("/sheet", content=b"guess", headers=FROM_THE_PAGE).status_code

    assert [status() for _ in range(OFTEN + 1)] == [400] * OFTEN + [429]
    clock.now = 61
    assert status() == 400


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_nothing_else_is_there(client: TestClient, method: str) -> None:
    assert client.request(method, "/sheet").status_code == 405
    assert client.get("/other").status_code == 404


# What the laptop says


@pytest.mark.parametrize(("lan", "said"), [(True, "Scan the code to answer."), (False, "Only this computer can open")])
def test_who_can_open_the_page_is_said(project: Project, lan: bool, said: str) -> None:
    with project:
        add_round(project, Rules())
    place = Place(project=project.path, plain=False)
    lines = list(_Shown(place, "autumn", link="http://192.0.2.7:8765/#key", is_for_phones=lan).lines())
    assert said in lines[0]
    assert lines[-3:] == ["Board members: 0 of 12 handed in", "Staff: 0 of 4 handed in", "All: 0 of 16 handed in"]
    assert ("http://192.0.2.7:8765/#key" in lines) is not lan  # the code to scan is of no use to this computer alone
    assert any("--lan" in line for line in lines) is not lan


@pytest.mark.parametrize("width", [60, 80])
def test_in_the_smallest_window_the_code_and_every_count_are_seen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["Autumn 2026. Scan the code to answer. Press Ctrl+C to stop.", ""]
    said += [f"Health visitors {number}: 12 of 12 handed in" for number in range(6)]
    monkeypatch.setattr(_Shown, "lines", lambda _: iter(said))
    link = "http://192.168.100.100:8765/#nT6yiXOlwPRHmMxQVHEIi1LQCKD6XSXVwMNMt-y9g1w"
    shown = _Shown(Place(project=Path("ours.selfassess"), plain=False), "autumn", link=link, is_for_phones=True)
    console = Console(width=width, file=io.StringIO(), color_system=None)
    lines = ["".join(part.text for part in line) for line in console.render_lines(shown)]
    assert len(lines) < 24
    code = qr_code.lines(link)
    assert [line[: len(code[0])] for line in lines[: len(code)]] == code
    told = " ".join(line[len(code[0]) :].strip() for line in lines)
    assert told.split() == " ".join(said).split()


def test_the_page_says_what_it_asks_about_and_how_long_it_takes(project: Project) -> None:
    add_round(project, Rules())
    rounds = Rounds(project)
    title, about = described(answer_page(rounds, rounds.get("autumn"), in_room=True))["words"]["welcome"][0]
    assert title == EDITION.questionnaire.title
    length, *rest = about.split("\n\n", 1)
    assert re.fullmatch(r"(Up to )?\d+ questions?, about \d+ minutes?\.", length)
    assert rest == ([EDITION.questionnaire.about] if EDITION.questionnaire.about else [])


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with _listening("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(UsageError, match=f"^Port {port} is in use, perhaps by this command") as refused:
            _listening("127.0.0.1", port)
    assert refused.value.hint == f"Choose another: --port {port + 1}"


# What becomes of a sheet


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        yield project


def sheet(project: Project, tmp_path: Path, answer: float = 3, receipt: Receipt | None = None) -> bytes:
    round = Rounds(project).get("autumn")
    draft = state.respond(EDITION.questionnaire, state.start(EDITION, "board"), "begin", answer)
    handed_in = state.hand_in(EDITION.questionnaire, draft)
    ticketed = replace(handed_in, ticket=Ticket(round=round.key))
    path = tmp_path / f"{new_receipt()}.sheet"
    write_sheet(path, pack(ticketed, receipt or new_receipt()))
    return path.read_bytes()


def test_a_sheet_arrives_and_its_person_gets_their_own_result(project: Project, tmp_path: Path) -> None:
    add_round(project, Rules())
    content = sheet(project, tmp_path)
    rounds = Rounds(project)
    for _ in range(2):  # a phone that heard nothing sends it again
        found = take_in(rounds, content)
        assert isinstance(found, Arrived)
        assert found.report.cell.figure("meeting").mean == 100
    assert rounds.counts("autumn").handed_in["board"] == 1


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda content: content[:-40], "damaged"),
        (lambda content: content.replace(b'"board"', b'"staff"'), "damaged"),
        (lambda _: b"{}", "damaged"),
        (lambda _: b"", "damaged"),
    ],
)
def test_a_spoilt_sheet_is_refused_in_a_sentence(project: Project, tmp_path: Path, spoil, why: str) -> None:  # type: ignore[no-untyped-def]
    add_round(project, Rules())
    found = take_in(Rounds(project), spoil(sheet(project, tmp_path)))
    assert isinstance(found, Refused)
    assert why in found.why


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"code": ""}, "came without an admission code"),
        ({"code": "K7QM-3RTP-9XWD"}, "No admission code of this round fits this sheet"),
        ({"group": "staff"}, "code"),
        ({"round": "0" * 32}, "another round"),
        ({"questionnaire": "0" * 64}, "another questionnaire, or another version"),
        ({"answers": "9-+"}, "not one of the possible answers"),
        ({"answers": "2"}, "has 1 answers"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_forged_sheet_is_refused_in_a_sentence(
    project: Project, tmp_path: Path, spoil: dict[str, str], why: str
) -> None:
    """Sheets whose sums are right, as a program of somebody's own would write them; the last word is the laptop's."""
    add_round(project, Rules(codes=True))
    rounds = Rounds(project)
    [code] = rounds.admission.issue("autumn", "board", 1)
    round = rounds.get("autumn")

    def forged(code: str, group: str = "board", answers: str = "", **more: str) -> bytes:
        draft = state.respond(EDITION.questionnaire, state.start(EDITION, group), "begin", 3)
        made = state.hand_in(EDITION.questionnaire, draft)
        ticket = Ticket(
            round=RoundKey(more.get("round", round.key)),
            admission=codes.admission_key(code, project.salt) if code else "",
        )
        made = replace(
            made,
            ticket=ticket,
            answers=answers or made.answers,
            questionnaire=more.get("questionnaire", made.questionnaire),
        )
        path = tmp_path / f"{new_receipt()}.sheet"
        write_sheet(path, pack(made, new_receipt()))
        return path.read_bytes()

    found = take_in(rounds, forged(**{"code": code, **spoil}))
    assert isinstance(found, Refused)
    assert why in found.why
    assert isinstance(take_in(rounds, forged(code)), Arrived)
    again = take_in(rounds, forged(code))
    assert isinstance(again, Refused)
    assert "The admission code was used before" in again.why
    assert rounds.counts("autumn").handed_in["board"] == 1


def test_a_sheet_for_a_round_that_closed_meanwhile_is_refused(project: Project, tmp_path: Path) -> None:
    add_round(project, Rules())
    content = sheet(project, tmp_path)
    Rounds(project).close("autumn")
    found = take_in(Rounds(project), content)
    assert isinstance(found, Refused)
    assert "closed" in found.why


def handed_in(project: Project, tmp_path: Path) -> Receipt:
    """The receipt of somebody who has handed in."""
    receipt = new_receipt()
    assert isinstance(take_in(Rounds(project), sheet(project, tmp_path, receipt=receipt)), Arrived)
    return receipt


def test_a_receipt_leads_back_to_the_result_and_takes_the_answers_back(project: Project, tmp_path: Path) -> None:
    add_round(project, Rules())
    rounds, receipt = Rounds(project), handed_in(project, tmp_path)
    handed_in(project, tmp_path)
    round = rounds.get("autumn")
    found = with_receipt(rounds, round, receipt.lower().replace("-", " "), "result")
    assert isinstance(found, Arrived)
    assert found.report.cell.figure("meeting").mean == 100
    assert rounds.counts("autumn").handed_in["board"] == 2
    assert isinstance(with_receipt(rounds, round, receipt, "deletion"), TakenBack)
    assert rounds.counts("autumn").handed_in["board"] == 1
    assert with_receipt(rounds, round, receipt, "result") == Refused(NOTHING)


@pytest.mark.parametrize("receipt", ["", "no", "K7QM-3RTP-9XWD", "K7QM-3RTP-9XWD-2HCF-8JNE", "x" * 5000])
@pytest.mark.parametrize("wants", ["result", "deletion"])
def test_a_receipt_of_nothing_does_nothing(project: Project, tmp_path: Path, receipt: str, wants: Wish) -> None:
    add_round(project, Rules())
    rounds = Rounds(project)
    handed_in(project, tmp_path)
    found = with_receipt(rounds, rounds.get("autumn"), receipt, wants)
    assert isinstance(found, Refused)
    assert found.why.endswith(".")
    assert rounds.counts("autumn").handed_in["board"] == 1


def test_after_the_round_closes_answers_stay(project: Project, tmp_path: Path) -> None:
    add_round(project, Rules())
    rounds, receipt = Rounds(project), handed_in(project, tmp_path)
    rounds.close("autumn")
    found = with_receipt(rounds, rounds.get("autumn"), receipt, "deletion")
    assert isinstance(found, Refused)
    assert "closed" in found.why


def test_a_wish_after_the_round_was_deleted_is_refused_in_a_sentence(project: Project) -> None:
    with project:
        add_round(project, Rules())
        Rounds(project).close("autumn")
        Rounds(project).delete("autumn")
    wish = json.dumps({"receipt": "K7QM-3RTP-9XWD-2HCF-8JNE", "wants": "result"}).encode()
    said = json.loads(_Laptop(Place(project=project.path, plain=False), "autumn").of_receipt(wish))
    assert said["refused"].endswith("Please tell the person with the laptop.")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"receipt": 1, "wants": "result"}', b'{"receipt": "x", "wants": "y"}', b"\xff"]
)
def test_a_damaged_wish_is_refused_in_a_sentence(project: Project, content: bytes) -> None:
    with project:
        add_round(project, Rules())
    laptop = _Laptop(Place(project=project.path, plain=False), "autumn")
    assert json.loads(laptop.of_receipt(content)) == {"refused": "What arrived is damaged. Please try again."}


# The whole of it


@pytest.fixture
def room(tmp_path: Path, slow_codes: None) -> Path:
    """The project file of a round without codes."""
    path = tmp_path / "room.selfassess"
    with create(path, "shared") as project:
        add_round(project, Rules())
    return path


@contextmanager
def hosting(path: Path) -> Iterator[str]:
    """The address where the round is answered while the block runs."""
    command = [sys.executable, "-m", "selfassess", "--project", str(path), "host", "autumn", "--port", "8799"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stderr
    found = re.search(r"http://\S+", process.stderr.readline())
    assert found
    try:
        yield found[0]
    finally:
        process.terminate()
        process.wait(10)
        process.stderr.close()


@pytest.fixture
def hosted(room: Path) -> Iterator[tuple[Path, str]]:
    with hosting(room) as link:
        yield room, link


@pytest.mark.slow
def test_a_phone_in_the_room_from_the_code_to_its_own_result(hosted: tuple[Path, str], browser: Browser) -> None:
    path, link = hosted
    context = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(link)
    page.get_by_role("button", name="Start", exact=True).tap()
    page.get_by_role("button", name="Board members").tap()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="Yes", exact=True).tap()
    expect(page.get_by_role("heading", name="Papers come late.")).to_be_visible()
    page.reload()  # the page is lost in the middle
    page.get_by_role("button", name="Carry on").tap()
    page.wait_for_timeout(450)
    page.get_by_role("button", name="No", exact=True).tap()
    page.get_by_role("button", name="Look at your answers").tap()
    page.get_by_role("button", name="Hand in").first.tap()
    page.get_by_role("button", name="Hand in").tap()
    expect(page.get_by_role("heading", name="Your own result")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("100, Strong").first).to_be_visible()
    keeps_nobody_out(page)
    assert page.evaluate("localStorage.length") == 0
    with open_project(path) as project:
        assert Rounds(project).counts("autumn").handed_in["board"] == 1
    receipt = page.locator("#receipt").inner_text()
    page.goto("about:blank")
    page.goto(link)
    for wish in ("See my own result", "Delete my answers"):
        page.get_by_role("button", name="I have already handed in").tap()
        page.get_by_role("textbox").fill(receipt)
        page.get_by_role("button", name="Next").tap()
        page.get_by_role("button", name=wish).tap()
        if wish == "See my own result":
            expect(page.get_by_text("100, Strong").first).to_be_visible()
            page.go_back()
            page.go_back()
    keeps_nobody_out(page)
    page.get_by_role("button", name="No, keep them").tap()
    page.get_by_role("button", name="Delete my answers").tap()
    page.get_by_role("button", name="Yes, delete them").tap()
    expect(page.get_by_text("Your answers and comments are deleted.")).to_be_visible()
    with open_project(path) as project:
        assert Rounds(project).counts("autumn").handed_in["board"] == 0
    context.close()


@pytest.mark.slow
def test_the_laptop_stops_in_the_middle_and_starts_again(room: Path, browser: Browser) -> None:
    """It has another key then. Neither who handed in to nobody nor who has the old page loses an answer."""
    with hosting(room) as link:
        pages = []
        for _ in range(2):
            page = browser.new_context(has_touch=True, viewport={"width": 320, "height": 480}).new_page()
            page.goto(link)
            pages.append(page)
        for page in pages:
            page.get_by_role("button", name="Start", exact=True).tap()
            page.get_by_role("button", name="Board members").tap()
            page.wait_for_timeout(450)
            page.get_by_role("button", name="Yes", exact=True).tap()
            page.wait_for_timeout(450)
            page.get_by_role("button", name="Look at your answers").tap()
    first, second = pages
    to_nobody(first)
    expect(first.get_by_text("The laptop in the room is not responding. Nothing is lost")).to_be_in_viewport(ratio=1)
    receipt = first.locator("#receipt").inner_text()
    with hosting(room) as link:
        to_nobody(second)
        expect(second.get_by_text("Scan the code on the screen again.")).to_be_in_viewport(ratio=1)
        for page in pages:
            page.goto("about:blank")
            page.goto(link)
        first.get_by_role("button", name="Try again").tap()
        expect(first.get_by_role("heading", name="Your own result")).to_be_visible(timeout=20_000)
        assert first.locator("#receipt").inner_text() == receipt
        second.get_by_role("button", name="Carry on").tap()
        second.get_by_role("button", name="Look at your answers").tap()
        to_nobody(second)
        expect(second.get_by_text("Your answers have arrived.")).to_be_visible(timeout=20_000)
    with open_project(room) as project:
        assert Rounds(project).counts("autumn").handed_in["board"] == 2


def to_nobody(page: Page) -> None:
    page.get_by_role("button", name="Hand in").first.tap()
    page.get_by_role("button", name="Hand in").tap()


@pytest.mark.slow
def test_two_hundred_people_hand_in_at_once(hosted: tuple[Path, str], tmp_path: Path) -> None:
    import base64
    import http.client

    path, link = hosted
    address, key = link.removeprefix("http://").split("/#")
    theirs = base64.urlsafe_b64decode(f"{key}=")
    with open_project(path) as project:
        sheets = [sheet(project, tmp_path, answer=float(1 + number % 3)) for number in range(200)]
    ready = threading.Barrier(len(sheets))

    def hand_in(place: int, content: bytes) -> dict[str, object]:
        phone = Phone(theirs)
        # Each from an address of their own, as in a room.
        connection = http.client.HTTPConnection(address, timeout=60, source_address=(f"127.0.1.{place + 1}", 0))
        ready.wait()
        connection.request("POST", "/sheet", phone.sealed(content), {"Origin": f"http://{address}"})
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return json.loads(phone.opened(body)) if response.status == 200 else {"status": response.status}

    with ThreadPoolExecutor(len(sheets)) as people:
        answers = list(people.map(hand_in, range(len(sheets)), sheets))
    assert all("result" in one for one in answers)
    with open_project(path) as project:
        assert Rounds(project).counts("autumn").handed_in["board"] == len(sheets)
