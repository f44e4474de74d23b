"""How the program feels, as ratios of what is measured side by side in one run: see README.md beside this."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import tomli
from large import hundred_items
from many import many
from terminal import terminal
from twelve import NAME, make_round

from selfassess.definition.toml_source import parse
from selfassess.project.project import open_project
from selfassess.tui.typed_ahead import SHOWN

HERE = Path(__file__).parent
RUNS = 15
KEYS = 100
TURNS = 40
ENTER, ARROW_LEFT = "\r", "\x1b[D"
EARLIER, LATER = "autumn", "summer"
"""The closed rounds of the demonstration."""
PYTHON = sys.executable
SELFASSESS = [PYTHON, "-m", "selfassess"]


def main() -> None:
    """Measure everything and print it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "SELFASSESS_PROJECT": str(Path(folder) / "bench.selfassess"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        start_a_sitting(environment)
        tell("selfassess --help", *help_and_click(environment), most="2.5")
        tell("take to the first item", *take_and_label(environment), most="1.35")
        keys(environment)
        one_press(environment, Path(folder))
        twelve, demonstration = Path(folder) / "twelve.selfassess", Path(folder) / "demo.selfassess"
        make_round(twelve)
        subprocess.run([*SELFASSESS, "demo", str(demonstration), "--no-open"], check=True, capture_output=True)
        tell("results of 12 people on screen", *results_and_label(environment, twelve), most="0.3 s more")
        first_pictures(environment, twelve, demonstration)
        commands({**environment, "SELFASSESS_PROJECT": str(demonstration)})
        first_times(environment, Path(folder))
        tell("read and check 100 items", *check_and_tomli(), most="watched")
        many(Path(folder))


def tell(what: str, ours: float, other: float, most: str) -> None:
    """One line: the ratio, and what it is made of."""
    print(f"{what:40} {ours / other:6.2f} times  ({1000 * ours:.1f} ms to {1000 * other:.1f} ms; at most {most})")


def in_turn(ours: Callable[[], float], other: Callable[[], float]) -> tuple[float, float]:
    """The medians of two things measured in turn, after one round that is not counted."""
    ours(), other()
    pairs = [(ours(), other()) for _ in range(RUNS)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def run_time(*command: str, environment: Mapping[str, str]) -> float:
    """Seconds that a command takes."""
    start = time.perf_counter()
    subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def work(*command: str, environment: Mapping[str, str]) -> float:
    """Seconds of the processor that a command takes: hardly more where others keep it busy."""
    before = _used()
    # A diff ends with a code of its own where something changed.
    subprocess.run(command, env=dict(environment), check="diff" not in command, capture_output=True)
    return _used() - before


def _used() -> float:
    """Seconds of the processor that all commands took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def help_and_click(environment: Mapping[str, str]) -> tuple[float, float]:
    """The help, beside starting Python and importing click."""
    return in_turn(
        lambda: run_time(*SELFASSESS, "--help", environment=environment),
        lambda: run_time(PYTHON, "-c", "import click", environment=environment),
    )


def start_a_sitting(environment: Mapping[str, str]) -> None:
    """A draft at its first item, as somebody leaves it."""
    command = [*SELFASSESS, "take", "--plain", "--group", "board"]
    subprocess.run(command, env=dict(environment), input=b"4\nb\ns\n", capture_output=True, check=True)


def take_and_label(environment: Mapping[str, str]) -> tuple[float, float]:
    """From the command to the first item, beside the least that a Textual app can be."""
    return in_turn(lambda: until("Question 1 of", environment, *SELFASSESS, "take"), lambda: until_label(environment))


def results_and_label(environment: Mapping[str, str], twelve: Path) -> tuple[float, float]:
    """From the command to the results of a closed round, beside the same."""
    command = (*SELFASSESS, "--project", str(twelve), "dashboard", NAME)
    return in_turn(lambda: until("needs talk first", environment, *command), lambda: until_label(environment))


def first_pictures(environment: Mapping[str, str], twelve: Path, demonstration: Path) -> None:
    """From the command to the first picture, which says what is being worked out, and to the results, beside the
    same."""
    ours = [*SELFASSESS, "--project", str(demonstration)]
    screens = {
        "dashboard of 12 people": (*SELFASSESS, "--project", str(twelve), "dashboard", NAME),
        "dashboard of 30 people": (*ours, "dashboard", EARLIER),
        "compare --screen": (*ours, "compare", EARLIER, LATER, "--screen"),
    }
    for name, command in screens.items():
        for what, words, most in (("first picture", "One moment", "1.6"), ("results", "Overall", "watched")):
            ours_until = partial(until, words, environment, *command)
            tell(f"{name}: {what}", *in_turn(ours_until, partial(until_label, environment)), most=most)


BUILT_ON = (PYTHON, "-c", "import click, numpy, rich.console")
"""What all commands are built on."""
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1"}
"""As the program itself has numpy work, since more threads only wait for each other."""


def commands(environment: Mapping[str, str]) -> None:
    """The work of whole commands on the 30 people of the demonstration, beside Python with what they are built on."""
    questionnaire = str(HERE.parent / "questionnaires" / "partnership.toml")
    for most, words in (
        ("2.5", ("compare", EARLIER, LATER)),
        ("3", ("report", LATER)),
        ("1.5", ("report", EARLIER)),
        ("1.5", ("report", EARLIER, "--format", "json")),
        ("1.5", ("report", EARLIER, "--explain", "vision")),
        ("1.5", ("plan",)),
        ("1.5", ("diff", EARLIER, LATER)),
        ("1.5", ("check", questionnaire)),
        ("1.5", ("schema",)),
        ("1.5", ("round", "status", "spring")),
        ("1.5", ("where",)),
    ):
        ours = partial(work, *SELFASSESS, *words, environment=environment)
        tell(" ".join(word for word in words if word != questionnaire), *in_turn(ours, built_on), most=most)


def built_on() -> float:
    """The work of Python with what all commands are built on."""
    return work(*BUILT_ON, environment={**os.environ, **ONE_THREAD})


def first_times(environment: Mapping[str, str], folder: Path) -> None:
    """The work of the first report and the first comparison of the demonstration, whose rounds were closed as it was
    made; then where they are closed by the command, which works out what they can show; and that command."""
    made, closed, now = (folder / f"{name}.selfassess" for name in ("made", "closed", "now"))
    subprocess.run([*SELFASSESS, "demo", str(made), "--no-open"], check=True, capture_output=True)
    shutil.copy(made, closed)
    of_closed = [*SELFASSESS, "--project", str(closed), "round"]
    for name in (EARLIER, LATER):
        subprocess.run([*of_closed, "reopen", name], check=True, capture_output=True)
        subprocess.run([*of_closed, "close", name, "--yes"], check=True, capture_output=True)

    def first(path: Path, *words: str) -> float:
        shutil.copy(path, now)
        return work(*SELFASSESS, "--project", str(now), *words, environment=environment)

    def closing() -> float:
        shutil.copy(closed, now)
        reopen = [*SELFASSESS, "--project", str(now), "round", "reopen", LATER]
        subprocess.run(reopen, check=True, capture_output=True)
        return work(*SELFASSESS, "--project", str(now), "round", "close", LATER, "--yes", environment=environment)

    for words, most in ((("report", LATER), "3"), (("compare", EARLIER, LATER), "2.5")):
        name = " ".join(words)
        tell(f"{name}: first, once closed", *in_turn(partial(first, closed, *words), built_on), most=most)
        tell(f"{name}: first in the demo", *in_turn(partial(first, made, *words), built_on), most="watched")
    tell(f"round close {LATER}", *in_turn(closing, built_on), most="watched")


def until_label(environment: Mapping[str, str]) -> float:
    """Seconds until an app with one label is drawn."""
    return until("Here I am", environment, PYTHON, str(HERE / "label.py"))


def until(words: str, environment: Mapping[str, str], *command: str) -> float:
    """Seconds from a command until words are on its screen."""
    start = time.perf_counter()
    with terminal(command, environment) as screen:
        screen.wait_for(words)
        return time.perf_counter() - start


def keys(environment: Mapping[str, str]) -> None:
    """From a key to its repaint, saved by then, beside the same key in a Textual app with one label."""

    def each(words: str, *command: str) -> list[float]:
        with terminal(command, environment) as screen:
            screen.wait_for(words)
            screen.rest(0.5)
            return [screen.answer("12345"[number % 5]) for number in range(KEYS)][5:]

    label = each("Here I am", PYTHON, str(HERE / "label.py"))
    ours = each("Question 1 of", *SELFASSESS, "take")
    if (saved := saved_answer(environment)) != 1 + (KEYS - 1) % 5:
        raise RuntimeError(f"the last key was not saved: {saved}")
    for name, pick, most in (("median", statistics.median, "10 ms"), ("95 in 100", _late, "16 ms")):
        tell(f"key to repaint, saved: {name}", pick(ours), pick(label), most)


def one_press(environment: Mapping[str, str], folder: Path) -> None:
    """An answer that goes on by itself, beside one that waits for Enter: until it is repainted and saved, and until the
    next question is there: less the moment for which an answer is shown, and the one in which a person reaches for
    Enter."""

    def each(name: str, *, waits: bool) -> tuple[list[float], list[float]]:
        chosen = folder / name / "selfassess" / "preferences.json"
        chosen.parent.mkdir(parents=True)
        chosen.write_text(json.dumps({"waits_for_enter": waits}), encoding="utf-8")
        answers, turns = [], []
        with terminal([*SELFASSESS, "take"], {**environment, "XDG_STATE_HOME": str(folder / name)}) as screen:
            screen.wait_for("Question 1 of")
            screen.rest(0.5)
            for number in range(TURNS):
                key = "12345"[number % 5]
                if waits:
                    answers.append(screen.answer(key))
                    screen.rest()
                    turns.append(answers[-1] + screen.answer(ENTER))
                else:
                    start = time.perf_counter()
                    answers.append(screen.answer(key))
                    screen.read(1)
                    screen.rest(0.03)
                    turns.append(time.perf_counter() - start - 0.03 - SHOWN)
                screen.rest(0.5)
                screen.type(ARROW_LEFT)
                screen.rest(0.5)
        return answers[1:], turns[1:]

    ours, two_steps = each("at-once", waits=False), each("waiting", waits=True)
    for what, mine, other in zip(("answer to repaint, saved", "to the next question"), ours, two_steps, strict=True):
        for name, pick in (("median", statistics.median), ("95 in 100", _late)):
            tell(f"one press, {what}: {name}", pick(mine), pick(other), "watched")


def saved_answer(environment: Mapping[str, str]) -> object:
    """What the project file holds for the first item, after the program was killed."""
    with open_project(Path(environment["SELFASSESS_PROJECT"])) as project:
        return next(iter(project.drafts()[0].draft.responses.values()))


def _late(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def check_and_tomli() -> tuple[float, float]:
    """Reading and checking a questionnaire, in a process where everything is loaded, beside tomli alone."""
    from selfassess.definition.loader import problems

    content = hundred_items()

    def timed(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    if found := problems(parse("hundred.toml", content)):
        raise RuntimeError(str(found[0]))
    return in_turn(
        lambda: timed(lambda: problems(parse("hundred.toml", content))),
        lambda: timed(lambda: tomli.loads(content.decode())),
    )


if __name__ == "__main__":
    main()
