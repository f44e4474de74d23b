"""The command `host`: people in the room answer on their phones, and this computer takes their sheets in."""

import errno
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING

import click

from selfassess.cli.param_types import WholeNumberFrom
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.terminal import say
from selfassess.documents.round.attendance import rate_lines
from selfassess.errors import SelfAssessError, UsageError

if TYPE_CHECKING:
    from rich.console import RenderableType
    from uvicorn import Server

    from selfassess.project.rounds import Rounds
    from selfassess.services.arrival import Arrived, Refused, TakenBack

PORT = 8765
"""The same every time, so that somebody who lost the page gets back to their answers."""
HERE = "127.0.0.1"
LOOKED_AT = 1.0
"""Seconds between two looks at the counts."""
ON_THE_NETWORK = (
    "Anyone on this network can open the address, but only those who scanned the code can hand in. What they send is "
    "encrypted. But the address has no certificate: on a network you don't trust, someone could swap the page for a "
    "page of their own."
)


@click.command(short_help="Let people in the room answer on their phones.")
@click.argument("name", metavar="ROUND")
@click.option("--lan", is_flag=True, help="Let phones in the room open the page, not just this computer.")
@click.option(
    "--port", type=WholeNumberFrom(1024, 65535), default=PORT, metavar="N", help=f"Which port. [default: {PORT}]"
)
@of_rounds
def host(place: Place, name: str, lan: bool, port: int) -> None:
    """Let people in the room answer a round on their phones.

    Shows a code to scan, and how many of each group have handed in. Each phone loads one page, needs nothing else, and
    hands in to this computer; then it shows the person's own result. Press Ctrl+C to stop: sheets that came in stay.

    \b
    selfassess --project ours.selfassess host autumn_2026 --lan
    """
    from selfassess.services.extras import check_can_host

    check_can_host()
    from selfassess.services.answer_page import answer_page
    from selfassess.services.entrances import entrance_to
    from selfassess.web.page import policy, to_html
    from selfassess.web.seal import Seal
    from selfassess.web.server import Door, application

    with open_rounds(place) as rounds:
        round = entrance_to(rounds.project, name).round  # which says why nobody can answer, where that is so
        rounds.fix(round.id)
        page = answer_page(rounds, round, in_room=True)
    address = _address() if lan else HERE
    listening = _listening("" if lan else HERE, port)
    names = {f"{one}:{port}" for one in (address, HERE, "localhost")}
    seal = Seal()
    laptop = _Laptop(place, round.id)
    door = Door(
        page=to_html(page),
        policy=policy(page),
        hosts=frozenset(names),
        seal=seal,
        take_in=laptop.take_in,
        of_receipt=laptop.of_receipt,
    )
    if lan:
        say(ON_THE_NETWORK)
    shown = _Shown(place, round.id, link=f"http://{address}:{port}/#{seal.public}", is_for_phones=lan)
    _serve(application(door), listening, shown)
    say("Stopped. Everything that came in is saved; nobody else can hand in this way now.")


def _address() -> str:
    """The address of this computer on the network. UsageError if it is on none."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as found:
            found.connect(("192.0.2.1", 9))  # nothing is sent: this only chooses the way
            return str(found.getsockname()[0])
    except OSError as error:
        raise UsageError("This computer is not on a network.", "Join the one in the room, then try again.") from error


def _listening(address: str, port: int) -> socket.socket:
    try:
        return socket.create_server((address, port), reuse_port=False, backlog=256)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is in use, perhaps by this command in another window" if taken else "can't be used"
        raise UsageError(f"Port {port} {why}.", f"Choose another: --port {port + 1}") from error


@dataclass(frozen=True)
class _Laptop:
    """Answers what phones send, one at a time: the project file is opened for each."""

    place: Place
    id: str
    """Of the round."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take_in(self, content: bytes) -> bytes:
        """A sheet file."""
        from selfassess.services.arrival import take_in

        return self._answered(lambda rounds: take_in(rounds, content))

    def of_receipt(self, content: bytes) -> bytes:
        """A receipt, and what its holder wants."""
        from selfassess.services.arrival import with_receipt

        try:
            said = json.loads(content)
        except (ValueError, RecursionError):
            said = None
        match said:
            case {"receipt": str(receipt), "wants": "result" | "deletion" as wants}:
                return self._answered(lambda rounds: with_receipt(rounds, rounds.get(self.id), receipt, wants))
        return _answer(refused="What arrived is damaged. Please try again.")

    def _answered(self, of: "Callable[[Rounds], Arrived | TakenBack | Refused]") -> bytes:
        from selfassess.services.arrival import Arrived, Refused

        with self.lock:
            try:
                with open_rounds(self.place) as rounds:
                    found = of(rounds)
            except SelfAssessError as error:
                return _answer(refused=f"{error.message} Please tell the person with the laptop.")
        match found:
            case Arrived():
                return _answer(result=_result(found))
            case Refused(why):
                return _answer(refused=why)
        return _answer(deleted=True)


def _answer(**said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()


def _result(arrived: "Arrived") -> list[dict[str, object]]:
    from selfassess.documents.page_blocks import page_blocks
    from selfassess.documents.personal_dashboard import at_a_glance

    return page_blocks(at_a_glance(arrived.report))


@dataclass(frozen=True)
class _Shown:
    """What the screen in the room shows."""

    place: Place
    id: str
    _: KW_ONLY
    link: str
    is_for_phones: bool
    """Whether other devices reach the link, so that it is there to scan."""

    def __rich__(self) -> "RenderableType":
        from rich.table import Table
        from rich.text import Text

        lines = Text("\n".join(self.lines()))
        if not self.is_for_phones:
            return lines
        # Side by side, both stand in the smallest window, however many groups there are.
        shown = Table.grid(padding=(0, 2))
        shown.add_column(no_wrap=True)
        shown.add_column()
        shown.add_row(_code(self.link), lines)
        return shown

    def lines(self) -> Iterator[str]:
        """How to answer and how to stop, and how many of each group have handed in."""
        from selfassess.services.groups import titles_of
        from selfassess.services.projects import edition_of_round

        with open_rounds(self.place, to_look=True) as rounds:
            round = rounds.get(self.id)
            titles = titles_of(edition_of_round(rounds, round).questionnaire)
            if self.is_for_phones:
                yield f"{round.title}. Scan the code to answer. Press Ctrl+C to stop."
            else:
                yield f"{round.title}. Only this computer can open the page, to try it out:"
                yield self.link
                yield "For phones in the room, add --lan. Press Ctrl+C to stop."
            yield ""
            yield from rate_lines(round, rounds.counts(self.id), titles)
            if round.state != "open":
                yield "This round is closed: it is too late to hand in."


def _code(link: str) -> "RenderableType":
    """The link as a QR code, dark on light whatever the terminal's colours are."""
    from rich.text import Text

    from selfassess.documents.qr_code import lines

    return Text("\n".join(lines(link)), style="black on white", no_wrap=True)


def _serve(application: Callable[..., object], listening: socket.socket, shown: _Shown) -> None:
    import uvicorn
    from rich.console import Console
    from rich.live import Live

    settings = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        limit_concurrency=400,
        lifespan="off",
    )
    server = uvicorn.Server(settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    console = Console(stderr=True)
    try:
        if not console.is_terminal:
            say(f"Answer at {shown.link}")
            thread.join()
        else:
            with Live(shown, console=console, auto_refresh=False) as live:
                while thread.is_alive():
                    thread.join(LOOKED_AT)
                    live.update(shown, refresh=True)
    except KeyboardInterrupt:
        pass
    finally:
        _stop(server, thread)


def _stop(server: "Server", thread: threading.Thread) -> None:
    server.should_exit = True
    thread.join(5)


COMMANDS = (host,)
