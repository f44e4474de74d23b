"""Kill the program at chance moments, in everything that it does with files, and see what is left.

`python benchmarks/kills.py 1000 [SEED]` does so many kills: most without warning, some as when a window is closed or
the program is told to stop. After each comes another start, and then everything is looked at: the file opens and is
sound, nothing that was said to be saved is gone, nothing is there by half, and nothing lies about. It needs `fork`, so
Linux or macOS.
"""

import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from selfassess import paths
from selfassess.cli.main import run
from selfassess.definition.loader import restore
from selfassess.errors import SelfAssessError
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.project.codes import RECEIPT_LENGTH, RESUME_LENGTH, admission_key, new_code, new_key
from selfassess.project.drafts import InRound, begin
from selfassess.project.exchange_files import read_invitation, write_sheet
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.system import end_in_order

ROOT = Path(__file__).parent.parent
SHEETS, CODES, ROWS, LETTERS = 12, 15, 60, 12
"""How many have handed in to each closed round, have a sheet to be collected, are keyed in from paper, are invited."""
SECRET = "What nobody but the holder of the receipt may find."
OLD_RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
"""That of the sheet in the file of an older version."""
SIGNALS = [signal.SIGKILL] * 3 + [signal.SIGTERM, signal.SIGHUP, signal.SIGINT]

_SCALE = "[scales.agree]\npoints = [" + ", ".join(f'{{ value = {n}, label = "Step {n}" }}' for n in range(1, 6)) + "]\n"
_ITEM = '    [[strands.benchmarks.items]]\n    id = "{0}"\n    text = "We met in room {0}."\n'
_BENCHMARK = '  [[strands.benchmarks]]\n  id = "{0}"\n  title = "Benchmark {0}"\n'
QUESTIONNAIRE = (
    'format = 1\nid = "short"\nversion = "1"\ntitle = "Short"\n[[groups]]\nid = "board"\ntitle = "Board"\n'
    f'{_SCALE}[[strands]]\nid = "one"\ntitle = "One"\n'
    + "".join(_BENCHMARK.format(f"b{n}") + _ITEM.format(f"i{n}") + _ITEM.format(f"j{n}") for n in range(3))
    + '  [[strands.questions]]\n  id = "well"\n  text = "What works well?"\n'
).encode()
EDITION = restore("short.toml", QUESTIONNAIRE)
ANSWERS = "123400+"


@dataclass(frozen=True)
class Scene:
    """A folder with everything that the operations need, and a home of its own."""

    folder: Path
    receipt: str
    """Of the sheet that is forgotten."""

    @property
    def project(self) -> Path:
        """The shared project."""
        return self.folder / "ours.selfassess"

    @property
    def own(self) -> Path:
        """A personal project."""
        return self.folder / "mine.selfassess"

    @property
    def old(self) -> Path:
        """A project of an older version."""
        return self.folder / "old.selfassess"

    @property
    def out(self) -> Path:
        """Where results go."""
        return self.folder / "out"

    def command(self, *words: str) -> Callable[[], object]:
        """A command on the shared project."""
        return lambda: run(["--project", str(self.project), *words])

    @contextmanager
    def rounds(self) -> Iterator[Rounds]:
        """The rounds of the shared project."""
        with open_project(self.project) as project:
            yield Rounds(project)


@dataclass(frozen=True)
class Operation:
    """Something that is done to files, and what must be true afterwards, however far it came."""

    name: str
    act: Callable[[Scene], object]
    problems: Callable[[Scene, str], Iterator[str]]
    """What is wrong with what is left, from what was said before the end."""


@dataclass(frozen=True)
class Found:
    """What became of one kill."""

    operation: str
    signal: str
    was_done: bool
    """Whether the operation was over before."""
    left: tuple[str, ...]
    """What lay about before the next start."""
    problems: tuple[str, ...]


# The scene


def make_scene(folder: Path) -> Scene:
    """Two closed rounds, an open one with codes and one without, and what goes with them."""
    for name in ("out", "sheets", "home"):
        (folder / name).mkdir(parents=True)
    scene = Scene(folder, new_code(RECEIPT_LENGTH))
    with create(scene.project, "shared") as project:
        rounds = Rounds(project)
        for id in ("autumn", "spring"):
            round = _add(rounds, id, Rules(matching=True))
            for number in range(SHEETS):
                rounds.sheets.hand_in(
                    pack(_sheet(round, str(number)), new_code(RECEIPT_LENGTH)), None, EDITION.questionnaire
                )
            rounds.close(id)
        winter = _add(rounds, "winter", Rules())
        rounds.sheets.hand_in(pack(_sheet(winter, SECRET), scene.receipt), None, EDITION.questionnaire)
        summer = _add(rounds, "summer", Rules(codes=True))
        codes = rounds.admission.issue("summer", "board", CODES)
        for number, code in enumerate(codes):
            ticket = Ticket(round=summer.key, admission=admission_key(code, project.salt))
            sheet = replace(_sheet(summer, str(number)), ticket=ticket)
            write_sheet(folder / "sheets" / f"{number:02}.sheet", pack(sheet, new_code(RECEIPT_LENGTH)))
        ticket = Ticket(round=winter.key)
        begun = Draft(questionnaire=EDITION.sha256, group="board", form="full", ticket=ticket)
        rounds.sheets.begin(EDITION, begun, new_code(RESUME_LENGTH))
    with create(scene.own, "personal") as project:
        project.freeze(EDITION)
    shutil.copy(ROOT / "tests/project/frozen/version-1-shared.selfassess", scene.old)
    (folder / "rows").write_text("".join(f"{number} 123451\n" for number in range(1, ROWS + 1)), encoding="ascii")
    return scene


def _add(rounds: Rounds, id: str, rules: Rules) -> Round:
    round = Round(
        id=id, key=new_key(), title=id, questionnaire=EDITION.sha256, invited={"board": 200}, form="full", rules=rules
    )
    rounds.add(round, EDITION)
    rounds.open(id)
    return round


def _sheet(round: Round, text: str) -> Sheet:
    return Sheet(
        questionnaire=EDITION.sha256,
        group="board",
        form="full",
        answers=ANSWERS,
        texts={"well": f"{text} " + "word " * 300},
        ticket=Ticket(round=round.key, matching=f"{int(text):032x}" if round.rules.matching else ""),
    )


# The operations


def _save(scene: Scene) -> None:
    draft = Draft(questionnaire=EDITION.sha256, group="board", form="full")
    with open_project(scene.own) as project:
        saver = begin(project, EDITION, draft)
        for number in range(150):
            draft = replace(draft, responses={**draft.responses, f"item_{number}": float(number)})
            saver.save(draft)
            _say(f"saved {number + 1}")


def _saved(scene: Scene, said: str) -> Iterator[str]:
    with open_project(scene.own) as project:
        drafts = project.drafts()
    number = max((int(words[1]) for words in _words(said, "saved")), default=0)
    if number and (len(drafts) != 1 or len(drafts[0].draft.responses) < number):
        yield f"{number} answers were saved"


def _hand_in(scene: Scene) -> None:
    with scene.rounds() as rounds:
        winter = rounds.get("winter")
        ticket = Ticket(round=winter.key)
        draft = Draft(questionnaire=EDITION.sha256, group="board", form="full", ticket=ticket)
        for _ in range(3):
            saver = InRound(rounds, winter, rounds.sheets.begin(EDITION, draft, new_code(RESUME_LENGTH)))
            saver.save(replace(draft, comments={"b1": "x"}))
            _say(f"receipt {saver.hand_in(_sheet(winter, '7'))}")


def _handed_in(scene: Scene, said: str) -> Iterator[str]:
    with scene.rounds() as rounds:
        for _, receipt in _words(said, "receipt"):
            found = rounds.sheets.of_receipt(receipt)
            if found is None or not found[1].texts["well"].startswith("7 "):
                yield f"{receipt} finds nothing"
        if len(rounds.sheets.texts("winter")) != sum(rounds.counts("winter").handed_in.values()):
            yield "a sheet is there without its text"


def _backed_up(scene: Scene, said: str) -> Iterator[str]:
    copy = scene.out / "copy.selfassess"
    if "Copied" in said and not copy.exists():
        yield "the copy is not there"
    if copy.exists():
        with open_project(copy) as project:
            if project.frozen_all().keys() != {EDITION.sha256} or len(Rounds(project).sheets.texts("autumn")) != SHEETS:
                yield "the copy is not whole"


def _brought_up_to_date(scene: Scene, _: str) -> Iterator[str]:
    kept, frozen = scene.folder / "old.selfassess.version-1", ROOT / "tests/project/frozen/version-1-shared.selfassess"
    if kept.exists() and kept.read_bytes() != frozen.read_bytes():
        yield "the file as it was is not as it was"
    with open_project(scene.old) as project:
        if project.sheet(OLD_RECEIPT).texts["why"] != "Würde":
            yield "a sheet is gone"


def _collected(scene: Scene, said: str) -> Iterator[str]:
    with scene.rounds() as rounds:
        counts = rounds.counts("summer")
        texts = len(rounds.sheets.texts("summer"))
    if not counts.handed_in == counts.used == {"board": texts}:
        yield f"{counts.handed_in} sheets, {counts.used} codes, {texts} texts"
    told = re.search(r"([0-9]+) new,", said)
    if told and texts < int(told[1]):
        yield f"{told[1]} sheets were taken in, and {texts} are there"


def _enter(scene: Scene) -> object:
    with (scene.folder / "rows").open("rb") as rows:
        os.dup2(rows.fileno(), 0)
    return scene.command("round", "enter", "winter", "--group", "board")()


def _entered(scene: Scene, said: str) -> Iterator[str]:
    with scene.rounds() as rounds:
        there = len(rounds.papers.numbers("winter"))
    if there not in (0, ROWS) or (re.search(r"[1-9][0-9]* sheets? taken in", said) and not there):
        yield f"{there} of {ROWS} rows"


def _invited(scene: Scene, said: str) -> Iterator[str]:
    folder = scene.out / "letters"
    names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    with scene.rounds() as rounds:
        given_out = rounds.counts("summer").codes["board"] - CODES
        salt = rounds.project.salt
        for path in folder.glob("*.invitation"):
            rounds.admission.admit("summer", read_invitation(path).code)
    if (len(names), given_out) not in ((0, 0), (2 * LETTERS + 1, LETTERS)) or not salt:
        yield f"{len(names)} files and {given_out} codes"
    if "Written" in said and not names:
        yield "the letters are gone"


def _reported(scene: Scene, said: str) -> Iterator[str]:
    path = scene.out / "report.html"
    if path.exists() and not path.read_text(encoding="utf-8").rstrip().endswith("</html>"):
        yield "the report is cut short"
    yield from _noted(scene, said, path, "autumn")


def _compared(scene: Scene, said: str) -> Iterator[str]:
    path = scene.out / "comparison.json"
    if path.exists():
        json.loads(path.read_text(encoding="utf-8"))
    yield from _noted(scene, said, path, "autumn", "spring")


def _noted(scene: Scene, said: str, path: Path, *rounds_told: str) -> Iterator[str]:
    if "Written" in said and not path.exists():
        yield f"{path.name} is gone"
    with scene.rounds() as rounds:
        if path.exists() and not all(rounds.released(id) for id in rounds_told):
            yield "what was shown is not noted"


def _planned(scene: Scene, said: str) -> Iterator[str]:
    with open_project(scene.project) as project:
        there = len(Plans(project).all())
    if there not in (0, 1) or ("In the plan as" in said and not there):
        yield f"{there} actions in the plan"


def _forgotten(scene: Scene, said: str) -> Iterator[str]:
    with scene.rounds() as rounds:
        found = rounds.sheets.of_receipt(scene.receipt)
        texts = rounds.sheets.texts("winter")
    if (found is None) != (not any(SECRET in text for _, text in texts)):
        yield "half of a sheet is there"
    if "Gone" in said and found:
        yield "it is still there"
    if found is None and SECRET.encode() in scene.project.read_bytes():
        yield "a trace of it is there"


def _closed(scene: Scene, said: str) -> Iterator[str]:
    with scene.rounds() as rounds:
        state, begun = rounds.get("winter").state, rounds.counts("winter").drafts["board"]
    if (state, begun) not in (("open", 1), ("closed", 0)) or ("closed" in said and state != "closed"):
        yield f"{state}, with {begun} begun"


def _made(scene: Scene, said: str) -> Iterator[str]:
    path = scene.out / "new.selfassess"
    if "Made" in said and not path.exists():
        yield "the project is gone"
    if path.exists():
        open_project(path).close()


def _deleted(scene: Scene, said: str) -> Iterator[str]:
    if "Deleted" in said and scene.project.exists():
        yield "it is still there"
    if scene.project.exists():
        open_project(scene.project).close()


OPERATIONS = (
    Operation("save", _save, _saved),
    Operation("hand in", _hand_in, _handed_in),
    Operation("backup", lambda scene: scene.command("backup", f"{scene.out}/copy.selfassess")(), _backed_up),
    Operation("update", lambda scene: run(["--project", str(scene.old), "round", "list"]), _brought_up_to_date),
    Operation("collect", lambda scene: scene.command("collect", f"{scene.folder}/sheets")(), _collected),
    Operation("enter", _enter, _entered),
    Operation(
        "invite",
        lambda scene: scene.command(
            *("round", "invite", "summer", "--number", str(LETTERS), "--folder", f"{scene.out}/letters", "--yes")
        )(),
        _invited,
    ),
    Operation(
        "report", lambda scene: scene.command("report", "autumn", "--output", f"{scene.out}/report.html")(), _reported
    ),
    Operation(
        "compare",
        lambda scene: scene.command("compare", "autumn", "spring", "--output", f"{scene.out}/comparison.json")(),
        _compared,
    ),
    Operation("plan", lambda scene: scene.command("plan", "add", "Meet the neighbours")(), _planned),
    Operation("forget", lambda scene: scene.command("forget", scene.receipt, "--yes")(), _forgotten),
    Operation("close", lambda scene: scene.command("round", "close", "winter", "--yes")(), _closed),
    Operation("new", lambda scene: run(["project", "new", f"{scene.out}/new.selfassess", "--shared"]), _made),
    Operation("delete", lambda scene: scene.command("project", "delete", str(scene.project), "--yes")(), _deleted),
)


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def _words(said: str, first: str) -> list[list[str]]:
    whole = said[: said.rfind("\n") + 1]  # the last line may be cut short
    return [line.split() for line in whole.splitlines() if line.startswith(f"{first} ")]


# Killing


def attack(kills: int, seed: int, operations: tuple[Operation, ...] = OPERATIONS, measured: int = 3) -> Iterator[Found]:
    """So many kills, over all operations in turn. Before, each is measured so many times, when nobody stops it."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        base = make_scene(Path(folder) / "base")
        longest = {one.name: _seconds(base, one, measured) for one in operations}
        for number in range(kills):
            operation = operations[number % len(operations)]
            yield kill(base, operation, chance.choice(SIGNALS), chance.uniform(0, 1.1 * longest[operation.name]))


def kill(base: Scene, operation: Operation, number: signal.Signals, delay: float) -> Found:
    """Begin an operation on a copy of the scene, end it after so many seconds, start again and look."""
    with _copied(base) as scene:
        status, said = _in_a_process(scene, lambda: operation.act(scene), number, delay)
        left = tuple(_lying_about(scene))
        if operation.name == "forget" or scene.project.exists():
            _in_a_process(scene, scene.command("where"))
        else:
            _in_a_process(scene, lambda: run(["check", "partnership"]))
        try:
            problems = [*operation.problems(scene, said), *(f"left: {name}" for name in _lying_about(scene))]
        except (SelfAssessError, OSError, ValueError, KeyError) as error:
            problems = [f"{type(error).__name__}: {error}"]
        was_done = os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
        return Found(operation.name, number.name, was_done, left, tuple(problems))


def _seconds(base: Scene, operation: Operation, times: int) -> float:
    """How long an operation takes when nobody stops it, at most. RuntimeError where it fails by itself."""
    found = 0.0
    for _ in range(times):
        with _copied(base) as scene:
            start = time.perf_counter()
            status, said = _in_a_process(scene, lambda scene=scene: operation.act(scene))
            found = max(found, time.perf_counter() - start)
            problems = list(operation.problems(scene, said)) + list(_lying_about(scene))
            if status or problems:
                raise RuntimeError(f"{operation.name}, with nobody killing it: {status} {problems} {said}")
    return found


@contextmanager
def _copied(base: Scene) -> Iterator[Scene]:
    before = os.environ.get("XDG_STATE_HOME")
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(base.folder, Path(folder) / "scene")
        scene = replace(base, folder=Path(folder) / "scene")
        os.environ["XDG_STATE_HOME"] = str(scene.folder / "home")
        try:
            yield scene
        finally:
            os.environ.pop("XDG_STATE_HOME")
            if before is not None:
                os.environ["XDG_STATE_HOME"] = before


def _lying_about(scene: Scene) -> Iterator[str]:
    """Everything that is there only while something is going on."""
    for path in sorted(scene.folder.rglob("*")):
        if (
            path.name.startswith(".")
            or path.name.endswith(("-wal", "-shm", "-journal"))
            or path.parent == paths.unfinished()
        ):
            yield str(path.relative_to(scene.folder))


def _in_a_process(
    scene: Scene, act: Callable[[], object], number: signal.Signals | None = None, delay: float = 0
) -> tuple[int, str]:
    """Do something in a process of its own, and end it after so many seconds if a signal is named. How it ended, and
    what it said."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        os.chdir(scene.folder)
        code = 1
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(writing, 1)
            os.dup2(writing, 2)
            sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # for as long as the process lives
            sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # likewise
            end_in_order()
            done = act()
            code = done if isinstance(done, int) else 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except KeyboardInterrupt:
            code = 130
        finally:
            sys.stdout.flush()
            os._exit(code)
    os.close(writing)
    if number is not None:
        time.sleep(delay)
        os.kill(process, number)
    with os.fdopen(reading, "rb") as said:
        words = said.read().decode(errors="replace")
    return os.waitpid(process, 0)[1], words


def main() -> None:
    """So many kills, and what became of them: exit code 1 if anything was wrong."""
    kills, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tally: dict[str, Counter[str]] = {one.name: Counter() for one in OPERATIONS}
    wrong = 0
    for found in attack(kills, seed):
        count = tally[found.operation]
        count["kills"] += 1
        count["done"] += found.was_done
        count["left before the next start"] += bool(found.left) and found.signal == "SIGKILL"
        count["left after a signal"] += bool(found.left) and found.signal != "SIGKILL"
        count["wrong"] += bool(found.problems)
        if found.problems or (found.left and found.signal != "SIGKILL"):
            wrong += bool(found.problems)
            print(found, flush=True)
    for name, count in tally.items():
        print(f"{name:8}", ", ".join(f"{number} {what}" for what, number in count.items()))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
