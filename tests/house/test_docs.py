"""What the documents say of the program is what the program says."""

import hashlib
import html
import importlib
import json
import re
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image, ImageChops

from selfassess.cli.main import COMMANDS
from selfassess.definition.loader import restore
from selfassess.project import codes
from selfassess.project.exchange_files import read_invitation, read_sheet, write_invitation

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
JSON = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs/words/README.md",
    ROOT / "benchmarks/README.md",
]
LINKS = sorted(
    {
        (document.relative_to(ROOT).as_posix(), target)
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8"))
    }
)


@pytest.fixture
def make(demonstration: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """docs/make.py, which makes no demonstration of its own."""

    def copied(path: Path, *, replace: bool) -> None:
        shutil.copyfile(demonstration, path)

    module = importlib.import_module("make")
    monkeypatch.setattr(module, "make_project", copied)
    return module


@pytest.mark.slow
def test_the_page_for_a_board_is_drawn_as_it_is(make: ModuleType) -> None:
    now = make.board_page().convert("L")
    drawn = Image.open(ROOT / "docs" / "board-page.png").convert("L")
    assert now.size == drawn.size
    another = sum(ImageChops.difference(now, drawn).histogram()[64:])
    assert another < 0.001 * now.width * now.height, "run python docs/make.py and look at docs/board-page.png"


def test_the_readme_shows_the_reports_as_they_are(make: ModuleType) -> None:
    assert make.with_reports(README) == README, "run python docs/make.py and read the diff"


def words(drawn: str) -> list[str]:
    """What can be read in a picture: where and in which colours it stands changes with Textual."""
    return html.unescape(" ".join(re.findall(r">([^<>]+)</text>", drawn))).split()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("picture", "needs of local families"),
        ("result", "Overall: 52, Build on it."),
        ("dashboard", "Summer 2025"),
    ],
)
def test_the_pictures_are_of_the_program_as_it_is(make: ModuleType, name: str, shown: str) -> None:
    drawn = (ROOT / "docs" / f"{name}.svg").read_text(encoding="utf-8")
    assert words(getattr(make, name)()) == words(drawn), f"run python docs/make.py and look at docs/{name}.svg"
    assert shown in " ".join(words(drawn))
    assert re.findall(r"https?://[^\"' )]+", drawn) == ["http://www.w3.org/2000/svg"]


def test_the_picture_of_the_page_in_a_browser_is_of_the_page_as_it_is(make: ModuleType) -> None:
    with Image.open(ROOT / "docs" / "answer-page.png") as drawn:
        shown = drawn.info[make.DRAWN]
    assert shown == make.checksum(make.answer_page()), "run python docs/make.py and look at docs/answer-page.png"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    said = "\n".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    assert re.search(rf"selfassess {name}\b", said)


@pytest.mark.parametrize(("name", "target"), LINKS)
def test_every_link_leads_somewhere(name: str, target: str) -> None:
    assert target.startswith("https://") or (ROOT / name).parent.joinpath(target).exists()


def test_the_modules_named_in_the_documents_exist() -> None:
    house = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("docs/house.md", "docs/privacy.md"))
    named = re.findall(r"`([a-z_]+(?:/[a-z_]+)*(?:\.py|/))`", house)
    missing = [
        name for name in named if not ((ROOT / name).exists() or any((ROOT / "selfassess").rglob(name.rstrip("/"))))
    ]
    assert len(named) > 60
    assert not missing


RECEIPT, CODE, SALT = "K7QM-3RTP-9XWD-2HCF-8JNE", "9XWD-K7QM-3RTP", "5a" * 16


def test_an_invitation_is_as_it_is_described(tmp_path: Path) -> None:
    path = tmp_path / "described.invitation"
    path.write_text(block("invitation").removeprefix("```\n").removesuffix("\n```"), encoding="utf-8")
    invitation = read_invitation(path)
    assert (invitation.code, invitation.salt, invitation.group) == (CODE, SALT, "board")
    assert restore("described", invitation.content).questionnaire.title == "Small"
    written = tmp_path / "written.invitation"
    write_invitation(written, invitation)
    assert json.loads(written.read_text("utf-8")) == json.loads(path.read_text("utf-8"))
    described = re.search(r"An invitation file.*?(\| key \|.*?)\n\n", JSON, re.DOTALL)
    assert described
    assert {*json.loads(path.read_text("utf-8")), "notice"} == set(
        re.findall(r"^\| `(\w+)` \|", described[1], re.MULTILINE)
    )


@pytest.mark.usefixtures("slow_codes")
def test_a_code_that_a_person_made_up_has_the_key_that_is_described() -> None:
    typed = re.search(r"With the salt above, `([^`]+)` and `([^`]+)` both give `([^`]+)`", JSON)
    assert typed
    assert [codes.matching_key(code, SALT) for code in typed.groups()[:2]] == [typed[3]] * 2


@pytest.mark.usefixtures("slow_codes")
def test_a_sheet_file_is_as_it_is_described(tmp_path: Path) -> None:
    path = tmp_path / "described.sheet"
    path.write_text(block("sheet").removeprefix("```\n").removesuffix("\n```"), encoding="utf-8")
    parcel = read_sheet(path)
    assert (parcel.key, parcel.refusal) == (codes.sheet_key(RECEIPT), codes.refusal_key(RECEIPT))
    assert set(parcel.texts) == {codes.text_key(RECEIPT, "why")}
    assert parcel.proof == codes.proof(RECEIPT, parcel.revision)
    assert parcel.signed
    key = codes.admission_key(CODE, SALT)
    assert parcel.signed.signature == codes.signature(key, parcel.signed.digest)
    for said in (RECEIPT, CODE, key, parcel.signed.digest):
        assert f"`{said}`" in JSON


def test_the_proofs_are_as_they_are_described() -> None:
    """By nothing but what stands there, and by the program."""
    described = {
        int(number): proof for number, proof in re.findall(r"\| (\d+) \| `([0-9a-f]{32})` \|", block("proofs"))
    }
    assert len(described) == 5
    proof = hashlib.blake2b(b"", digest_size=16, key=RECEIPT.encode(), person=b"proof").digest()
    for revision in range(999, -1, -1):
        assert described.get(revision, proof.hex()) == proof.hex() == codes.proof(RECEIPT, revision)
        proof = hashlib.blake2b(proof, digest_size=16, person=b"proof").digest()


def block(name: str) -> str:
    """What stands in docs/json.md below a mark, up to the next empty line outside it."""
    found = re.search(rf"<!-- {name} -->\n(.*?\n)\n", JSON, re.DOTALL)
    assert found
    return found[1].strip()


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    command = re.search(r"<!-- test -->\n```\n(.*)\n```", README)
    assert command
    assert "pytest" in command[1]
    assert "<!-- test -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
