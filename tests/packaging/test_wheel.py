"""The wheel holds everything that the program reads, and every command starts from what is in it alone. (Whether uv and
pipx install it is tried where it is asked for: see `test_installed`.)"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
START = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import click
import selfassess
from selfassess.cli.main import front, run
assert Path(selfassess.__file__).is_relative_to(sys.argv[1]), selfassess.__file__

def commands(group, named=()):
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield (*named, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*named, name))

there = [*commands(front)]
for words in there:
    assert run([*words, "--help"]) == 0, words
for words in (
    ["check", "partnership", "skills"],
    ["new", "ours.toml"],
    ["convert", "ours.toml", "--to", "limesurvey", "--output", "ours.txt"],
    ["demo", "demo.selfassess"],
    ["--project", "demo.selfassess", "report", "autumn", "--output", "autumn.html"],
    ["--project", "demo.selfassess", "report", "autumn", "--output", "autumn.pdf"],
    ["--project", "demo.selfassess", "round", "page", "spring", "--output", "site"],
):
    assert run(words) == 0, words
sys.stderr.write(f"{len(there)} commands")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is in the wheel, and nothing else."""
    place = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with zipfile.ZipFile(next(place.glob("*.whl"))) as wheel:
        wheel.extractall(place / "unpacked")
    return place / "unpacked"


def test_every_file_of_the_program_is_in_the_wheel_and_nothing_else(unpacked: Path) -> None:
    def files(folder: Path) -> set[str]:
        found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return {path.as_posix() for path in found if "__pycache__" not in path.parts}

    wanted = {f"selfassess/{name}" for name in files(ROOT / "selfassess")}
    wanted |= {f"selfassess/questionnaires/{name}" for name in files(ROOT / "questionnaires")}
    there = files(unpacked)
    assert {name for name in there if ".dist-info/" not in name} == wanted
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in there)


def test_every_command_starts_from_what_is_in_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-c", START, str(unpacked)],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stderr.split()[-2]) > 50
    assert "<html" in (tmp_path / "autumn.html").read_text("utf-8")
    assert (tmp_path / "autumn.pdf").read_bytes().startswith(b"%PDF")
    assert "<script" in (tmp_path / "site" / "index.html").read_text("utf-8")
