"""What several rooms' tests need: the shipped questionnaires, and a home that is nobody's."""

import gc
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest
import tomli
import tomli_w
from hypothesis import settings

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition
from selfassess.project import codes
from tests.examples import OF, USUAL

# The tests run on every processor already: linear algebra that wants them all as well makes each wait for the others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What the tests start is compiled once, and not by each of a thousand programs.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# What runs in the background ignores these, and all that it starts does too; the tests send them.
for _name, _usual in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
    if (_number := getattr(signal, _name, None)) and signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _usual)

# Every answer is written through to the disk, and the tests give thousands: in memory none is waited for.
MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 10**9:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# The same examples every time, so that a change is judged by what it changed. Attacks that are run alone try many
# more; HYPOTHESIS_PROFILE=wide does so everywhere, with others each time.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=USUAL)
settings.register_profile("attack", deadline=None, derandomize=True, max_examples=10 * OF)
settings.register_profile("wide", deadline=None, print_blob=True, max_examples=10 * OF)


def pytest_configure(config: pytest.Config) -> None:
    usual = "attack" if config.getoption("markexpr") == "attack" else "steady"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


def pytest_collection_finish() -> None:
    """The tests and all that they import stay: looking for garbage among them takes a twentieth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000)


@pytest.fixture(scope="session", autouse=True)
def quick_codes() -> Iterator[int]:
    """Keys of codes are worked out as ever, but mixed twice and not 16,384 times, which takes 40 ms a code. Where the
    same code is used in another process as well, or its key stands in a file that is there, ask for `slow_codes`.
    Gives how often the program mixes."""
    slow = codes._WORK
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "_WORK", 2)
        yield slow


@pytest.fixture(scope="session", autouse=True)
def worked_out_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """What reports and comparisons say of the same answers is worked out once, but in tests/disclosure."""
    # It loads numpy, after OPENBLAS_NUM_THREADS is set.
    from tests.remembered import GENUINE, LONG, basis, forget_what_is_old, remembered

    cache = getattr(request.config, "cache", None)  # there is none with -p no:cacheprovider
    folder = cache.mkdir("worked-out") / basis() if cache else None
    if folder:
        forget_what_is_old(folder.parent)
        folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        once = {work_out: remembered(work_out, folder if name in LONG else None) for _, name, work_out in GENUINE}
        for where, name, work_out in GENUINE:
            patch.setattr(where, name, once[work_out])
        yield


@pytest.fixture
def slow_codes(quick_codes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of codes are worked out as slowly as in the program."""
    monkeypatch.setattr(codes, "_WORK", quick_codes)


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new folder each time. pytest would number thousands of them by reading all names there are, each time again."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the home, the project or the settings of whoever runs it."""
    home = next(homes)
    home.mkdir()
    for name in ("SELFASSESS_PROJECT", "SELFASSESS_THEME", "ACCESSIBLE", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


class SeededSecrets(Random):
    """Gives out the same codes and keys each time."""

    def token_hex(self, size: int) -> str:
        return self.randbytes(size).hex()


@pytest.fixture(scope="module", autouse=True)
def secrets_of_a_file() -> Iterator[None]:
    """What a file's fixtures make has the same codes and keys in every run, and so has its sheets in the same order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "secrets", SeededSecrets("a file"))
        yield


@pytest.fixture(autouse=True)
def secrets_of_a_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """So has what a test makes, and whatever another test makes in the same way: what follows from the answers is then
    worked out once for all of them."""
    monkeypatch.setattr(codes, "secrets", SeededSecrets("a test"))


PATIENCE = 120
"""How many seconds a process waits for what another one makes."""
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Has a file made once in a run, by the first of its processes that asks for it. It is to be read, or copied. Its
    codes and keys, and so the order of its sheets, are the same in every run."""
    own = tmp_path_factory.getbasetemp()
    folder = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def there(name: str, make: Callable[[Path], object]) -> Path:
        path, lock, patience = folder / name, folder / f"{name}.lock", time.monotonic() + PATIENCE
        while not path.exists():
            try:
                lock.touch(exist_ok=False)
            except FileExistsError:
                assert time.monotonic() < patience, f"whoever began to make {path} seems to be gone"
                time.sleep(0.02)
                continue
            try:
                if not path.exists():
                    part = folder / f"part-{name}"
                    with pytest.MonkeyPatch.context() as patch:
                        patch.setattr(codes, "secrets", SeededSecrets(name))
                        make(part)
                    part.chmod(0o444)
                    part.rename(path)
            finally:
                lock.unlink()
        return path

    return there


@pytest.fixture(scope="session")
def progress(once: Once, partnership: Edition) -> Path:
    """A shared project with three closed rounds, of which the first was compared with the second and with the third:
    to look at such a comparison again takes a third of the time that it took."""
    from selfassess.project.project import open_project
    from selfassess.project.rounds import Rounds
    from selfassess.services.comparisons import compare_rounds
    from tests.services.made_progress import REWORDED, made_project, reworded

    def make(path: Path) -> None:
        newer = reworded(partnership, *REWORDED)
        made_project(path, {"autumn_2025": partnership, "autumn_2026": newer, "autumn_2027": newer})
        with open_project(path) as project:
            rounds = Rounds(project)
            for later in ("autumn_2026", "autumn_2027"):
                compare_rounds(rounds, [rounds.get("autumn_2025"), rounds.get(later)])

    return once("progress.selfassess", make)


@pytest.fixture(scope="session")
def demonstration(once: Once) -> Path:
    """What `selfassess demo` makes."""
    from selfassess.services.demo import make_project

    return once("demo.selfassess", lambda path: make_project(path, replace=False))


EARLIER = Path(__file__).parent / "questionnaires" / "partnership-2026.1.toml"
"""The shipped questionnaire as it was first shipped, letter by letter."""


@pytest.fixture(scope="session")
def partnership() -> Edition:
    """A whole questionnaire to make pages and rounds of: an earlier version of the shipped one, so that they do not
    change whenever somebody finds better words."""
    return read(EARLIER)


@pytest.fixture(scope="session")
def shipped() -> Edition:
    """The questionnaire that is shipped."""
    return read(find("partnership"))


@pytest.fixture(scope="session")
def leadership(partnership: Edition) -> Edition:
    """The partnership questionnaire with its first strand alone: for whatever does not hang on how long it is, since
    reports of it take a quarter of the time, and so do comparisons."""
    table = tomli.loads(partnership.content.decode())
    table["strands"] = table["strands"][:1]
    return edition(parse("leadership.toml", tomli_w.dumps(table).encode()))


@pytest.fixture(scope="session")
def skills() -> Edition:
    return read(find("skills"))
