"""Commands about the life of a round: list, status, open, preview, close, reopen, agree, finding, delete."""

import click

from selfassess.cli.lazy_group import LazyGroup
from selfassess.cli.param_types import Number
from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.round.targets import lines as target_lines
from selfassess.cli.terminal import confirm, say, tell
from selfassess.dates import today
from selfassess.documents.round.attendance import STATES, STAYS_CLOSED, before_closing, count_lines, outcomes
from selfassess.errors import UsageError
from selfassess.paths import quoted
from selfassess.services.groups import titles_of
from selfassess.services.privacy_notice import reminder_of
from selfassess.text import count, listed

ELSEWHERE = {
    "calendar": "round.calendar",
    "change": "round.change",
    "correct": "round.change",
    "enter": "round.enter",
    "form": "round.form",
    "invite": "round.invite",
    "new": "round.new",
    "page": "round.page",
    "remind": "round.remind",
    "target": "round.targets",
    "uninvite": "round.uninvite",
}
"""By command, the module that has it; all others are here."""


@click.group("round", cls=LazyGroup, modules=ELSEWHERE, short_help="Run a round: several groups answer, one report.")
def round_group() -> None:
    """Run a round: several groups answer a questionnaire, and one report brings their views together.

    A round is made (new), people are invited (invite) or get a paper form (form), it is opened (open), answers come
    in on this computer (selfassess take --round), from files (selfassess collect) or from paper (enter); it is closed
    (close), reported on (selfassess report) and at the end deleted (delete).
    """


@click.command("list", short_help="List the rounds of the project.")
@of_rounds
def list_rounds(place: Place) -> None:
    """List the rounds of the project: the short name, how it stands, how many handed in, the title."""
    with open_rounds(place, to_look=True) as rounds:
        there = rounds.all()
        for round in there:
            handed_in = sum(rounds.counts(round.id).handed_in.values())
            attendance = f"{handed_in} of {sum(round.invited.values())} handed in"
            made_up = "  (a made-up example)" if rounds.project.is_made_up else ""
            tell(f"{round.id}  {STATES[round.state]}  {attendance}  {round.title}{made_up}")
        reminder = reminder_of(rounds.project)
    if reminder:
        say(reminder)
    if not there:
        say(f"There is no round yet. Make one: {place.command} round new")


@click.command("status", short_help="Show how many have handed in.")
@click.argument("name", metavar="ROUND", required=False)
@click.option("--letters", is_flag=True, help="Also which letters nobody has answered with yet.")
@of_rounds
def status(place: Place, name: str | None, letters: bool) -> None:
    """Show how a round stands: how many are invited and have handed in, and the targets set for it. Not what they
    answered.

    Leave out ROUND if there is only one.
    """
    from selfassess.services.projects import edition_of_round
    from selfassess.services.reminders import told, waiting

    with open_rounds(place, to_look=True) as rounds:
        round = rounds.get(name)
        edition, counts = edition_of_round(rounds, round), rounds.counts(round.id)
        is_made_up, reminder = rounds.project.is_made_up, reminder_of(rounds.project)
        open_letters = told(waiting(rounds, round)) if letters else ()
    form = "the short form" if round.form == "short" else "the whole questionnaire"
    tell(f"{round.title} ({round.id}): {STATES[round.state]}")
    if is_made_up:
        tell("A made-up example: nobody gave these answers.")
    tell(f"{edition.questionnaire.title}, {form}")
    titles = titles_of(edition.questionnaire)
    targets = [*target_lines(round.targets, edition.questionnaire)]
    head = ["Targets set for this round:"] if targets else []
    for line in (*count_lines(round, counts, titles), *open_letters, *head, *targets):
        tell(line)
    if reminder:
        say(reminder)


@click.command("open", short_help="Let people answer.")
@click.argument("name", metavar="ROUND")
@of_rounds
def open_round(place: Place, name: str) -> None:
    """Let people answer."""
    with open_rounds(place) as rounds:
        round = rounds.get(name)
        rounds.open(round.id, today())
    command = place.command
    say(f"Open: {round.title}. On this computer people answer with: {command} take --round {round.id}")
    say(f"Sheets that come back as files are taken in with: {command} collect FOLDER")
    say(f"How many are in: {command} round status {round.id}")


@click.command("preview", short_help="See what people will see; nothing is saved.")
@click.argument("name", metavar="ROUND")
@of_rounds
def preview(place: Place, name: str) -> int:
    """See what people will see, from the first page to the last. Nothing is saved."""
    from selfassess.cli import take
    from selfassess.services.projects import edition_of_round

    with open_rounds(place, to_look=True) as rounds:
        round = rounds.get(name)
        edition, notice = edition_of_round(rounds, round), rounds.project.notice
    return take.preview(place, round, edition, notice)


@click.command("close", short_help="End a round, so that it can be reported on.")
@click.argument("name", metavar="ROUND")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_rounds
def close(place: Place, name: str, yes: bool) -> None:
    """End a round, so that it can be reported on. Sheets that come later are refused."""
    from selfassess.services.projects import edition_of_round

    with open_rounds(place) as rounds:
        before = round = rounds.get(name)
        titles = titles_of(edition_of_round(rounds, round).questionnaire)
        if round.state == "closed":
            say(f"“{round.title}” is closed already.")
        else:
            if round.state == "open":
                for line in before_closing(round, rounds.counts(round.id), titles):
                    say(line)
                confirm("Close this round?", yes, "The round stays open.")
            round = rounds.close(round.id, today())
            say(f"Closed: {round.title}.")
        counts = rounds.counts(round.id)
        for line in outcomes(round, counts, titles):
            say(line)
        say(f"The report: {place.command} report {round.id}")
        if not rounds.released(round.id):
            say(STAYS_CLOSED)
        if before.state != "closed":
            from selfassess.services.closing import decide_ahead  # it loads numpy, and takes a while

            decide_ahead(rounds, round)


@click.command("reopen", short_help="Open a closed round again.")
@click.argument("name", metavar="ROUND")
@of_rounds
def reopen(place: Place, name: str) -> None:
    """Open a closed round again, as long as no report of it was made. Codes that were not used still let people in.
    Answers that were started but not handed in are lost: those people start again, with the same code."""
    with open_rounds(place) as rounds:
        round = rounds.get(name)
        if round.state == "open":
            say(f"“{round.title}” is open.")
            return
        rounds.reopen(round.id)
    say(f"Open again: {round.title}. Nothing was decided about its groups.")
    code = " with the code they have" if round.rules.codes else ""
    say(
        f"People who have not handed in yet can do so{code}. Answers begun before it closed are lost: they start again."
    )


@click.command("agree", short_help="Save the score that the meeting agreed.")
@click.argument("name", metavar="ROUND")
@click.argument("node", metavar="ID")
@click.argument("score", type=Number(), required=False)
@click.option("--why", metavar="TEXT", help="Why the meeting agreed on it.")
@click.option("--remove", is_flag=True, help="Remove the agreed score.")
@of_rounds
def agree(place: Place, name: str, node: str, score: float | None, why: str | None, remove: bool) -> None:
    """Save the score that the meeting agreed for a strand, benchmark or skill. The report shows it next to what
    people answered, and never instead of it.

    \b
    selfassess --project ours.selfassess round agree autumn_2026 vision 55 --why "Two of us are new."
    """
    from selfassess.services import round_scores

    with open_rounds(place) as rounds:
        if remove:
            found = round_scores.disagree(rounds, name, node)
            say(f"Removed: the agreed score of “{found.title}”.")
            return
        found = round_scores.agree(rounds, name, node, score, why or "")
    say(f"Agreed: {found.title}: {score:g}. It is shown next to what people answered.")


@click.command("finding", short_help="Write in your own words what was found.")
@click.argument("name", metavar="ROUND")
@click.argument("node", metavar="ID")
@click.argument("words", metavar="WORDS", required=False)
@click.option("--group", metavar="GROUP", help="What was found in this group. [default: everybody]")
@click.option("--remove", is_flag=True, help="Remove what you wrote.")
@of_rounds
def finding(place: Place, name: str, node: str, words: str | None, group: str | None, remove: bool) -> None:
    """Write in your own words what was found about a benchmark, for everybody or for one group. It comes first in the
    findings of the whole report, and what the figures say comes after it.

    \b
    selfassess --project ours.selfassess round finding autumn_2026 vision "Nobody could name the aim."
    selfassess --project ours.selfassess round finding autumn_2026 vision "Only managers know it." --group staff
    """
    from selfassess.services.round_findings import write_finding

    if bool((words or "").strip()) == remove:
        such_as = f'{place.command} round finding {quoted(name)} {quoted(node)} "Nobody could name the aim."'
        raise UsageError("Say what was found, or --remove.", f"Such as: {such_as}")
    with open_rounds(place) as rounds:
        found = write_finding(rounds, name, node, words or "", group)
    of = f"{found.title} ({found.whose})" if found.whose else found.title
    if remove:
        say(f"Removed: what you wrote about {of}.")
        return
    say(f"Saved: {of}. It is in the whole report: {place.command} report {found.round.id} --full")


@click.command("delete", short_help="Delete a round and everything in it.")
@click.argument("name", metavar="ROUND")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@of_rounds
def delete(place: Place, name: str, yes: bool) -> None:
    """Delete a round: every sheet and comment, every code, and what was agreed or found. This cannot be undone. Do it
    at the end of the time you said you would keep it."""
    if yes and place.is_found:
        raise UsageError(
            "With --yes you are not asked, so say which project too.",
            f"Type: {place.command} round delete {quoted(name)} --yes",
        )
    with open_rounds(place) as rounds:
        round = rounds.get(name)
        counts = rounds.counts(round.id)
        gone = [
            count(sum(counts.handed_in.values()), "answer sheet"),
            count(sum(counts.drafts.values()), "unfinished sitting"),
        ]
        if round.state == "open":
            say("This round is still open: people may be answering.")
        what = "all comments, codes, agreed scores and findings"
        say(f"This deletes {listed(gone)}, {what} of “{round.title}”, and its rules.")
        confirm(
            f"Delete the round “{round.title}” from {place.path}? This cannot be undone.", yes, "Nothing was deleted."
        )
        rounds.delete(round.id)
    say("Deleted. Backups, invitations and sheet files elsewhere are still there: delete those too.")


for command in (list_rounds, status, open_round, preview, close, reopen, agree, finding, delete):
    round_group.add_command(command)

COMMANDS = (round_group,)
