"""The rounds of a shared project: their life from the first invitation to the end of the retention period.

Like those of a project, every method raises ProjectError, in words, where the file is locked, read-only, full, damaged
or gone; UsageError says what cannot be done with a round as it is.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from selfassess.model.questionnaire import Edition
from selfassess.model.round import Agreed, Counts, Round
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.storage.exchange import Invitation, Parcel
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft

Taken = Literal["new", "replaced", "here"]
Shown = tuple[str, str, str]
"""A quantity that was shown of a cell: the cell, the id of the node or item, the kind of figure."""


class Rounds:
    """The rounds in a project file. UsageError where the project is personal."""

    def __init__(self, project: Project) -> None:
        raise NotImplementedError

    # Setting up

    def add(self, round: Round, edition: Edition) -> None:
        """Keep a new round, and freeze its questionnaire. UsageError if the id is taken."""

    def all(self) -> tuple[Round, ...]:
        """Every round, in the order of their ids."""

    def get(self, name: str | None) -> Round:
        """The round of that id or title; with None the only one there is. UsageError says which there are."""

    def with_key(self, key: str) -> Round | None:
        """The round with this random key, which tickets name; None where it is of another project."""

    def is_fixed(self, id: str) -> bool:
        """Whether its rules can no longer change: somebody was invited, has begun, or has handed in."""

    def change(self, round: Round) -> None:
        """Other rules, groups, form or title. UsageError where the rules are fixed (the title may always change)."""

    def correct(self, id: str, invited: Mapping[str, int]) -> None:
        """Other numbers of people invited, at any time, of the groups that take part. Whom the rules ask for consent
        stays as it is once the rules are fixed."""

    def open(self, id: str) -> None:
        """From now on people can answer. UsageError where it was closed: see `reopen`."""

    def close(self, id: str) -> Round:
        """No more answers: decides what becomes of each group (model.round.decided), lets go of drafts, unused codes
        and paper numbers, and gives the round as it is then. All in one transaction."""

    def reopen(self, id: str) -> None:
        """Open again, what was decided at close undone. UsageError where anything of it was released."""

    def counts(self, id: str) -> Counts:
        """How many; nothing about what they answered."""

    def delete(self, id: str) -> None:
        """Remove the round and every row that belongs to it, and the questionnaire if nothing else needs it."""

    # Admission

    def issue(self, id: str, group: str, number: int) -> list[str]:
        """New admission codes for a group, shown now and never again: only their keys are kept."""

    def admit(self, id: str, code: str) -> Ticket:
        """The ticket that an admission code gives. UsageError if it is none of this round, or was used.
        See `group_of` for the group it is for."""

    def group_of(self, ticket: Ticket) -> str:
        """The group that the admission code of a ticket was given out for."""

    def invitation(self, id: str, group: str | None, code: str = "") -> Invitation:
        """What somebody needs to answer on another computer."""

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up (in any case, blanks and hyphens left out), with the project's
        salt. Takes about 40 ms, so that guessing is slow."""

    # Drafts and sheets

    def begin(self, edition: Edition, draft: Draft, code: str) -> SavedDraft:
        """Keep the first draft of a sitting in an open round. `code` opens it again: the admission code where the round
        has codes, else a resume code. UsageError where the round is not open."""

    def find_draft(self, code: str) -> SavedDraft | None:
        """The draft that an admission code or resume code opens."""

    def hand_in(self, parcel: Parcel, last: SavedDraft | None = None) -> Taken:
        """Take a sheet in, use up its admission code, and let go of the draft: all of it or nothing. The same parcel
        again changes nothing ("here"); a higher revision of it replaces what there was ("replaced"). UsageError says
        why it is refused: another round or questionnaire, a closed round, a used or unknown code, a group that takes no
        part, answers that do not fit the questionnaire."""

    def withdraw(self, receipt: str) -> bool:
        """Remove a sheet, its texts and what it said of consent; its code stays used. False where nothing has that
        receipt. UsageError where its round is closed."""

    def of_receipt(self, receipt: str) -> tuple[Round, Sheet] | None:
        """The sheet that a receipt finds, with its texts and a ticket, and its round: to see one's result, or to answer
        again while the round is open."""

    def revision(self, receipt: str) -> int:
        """How often this person has answered before; what the next parcel's revision must be above."""

    def answers(self, id: str) -> Iterator[tuple[str | None, str]]:
        """Group and characters of every sheet, in an order that tells nothing. Hundreds of thousands a second."""

    def texts(self, id: str) -> tuple[tuple[str, str], ...]:
        """What each text is about, and the text, cut loose, in an order that tells nothing."""

    # Paper

    def enter(self, id: str, number: str, sheet: Sheet) -> Taken:
        """Keep a sheet keyed in from paper under the number written on it; the same number again replaces it, until
        the round closes. UsageError as in `hand_in`."""

    def paper(self, id: str, number: str) -> Sheet | None:
        """What was keyed in under a number, or None."""

    def papers(self, id: str) -> tuple[str, ...]:
        """The numbers that were keyed in."""

    def remove_paper(self, id: str, number: str) -> bool:
        """Take a sheet keyed in out again. False where there is none."""

    # What was released, and what the meeting agreed

    def released(self, id: str) -> frozenset[Shown]:
        """Everything that was shown of the round so far: the ledger."""

    def release(self, id: str, shown: frozenset[Shown]) -> None:
        """Note down what is shown now, before it is shown. Nothing is written where all of it is there already, so
        that a report of a closed round can be made of a file that is only readable the second time."""

    def agreed(self, id: str) -> tuple[Agreed, ...]:
        """The scores that the meeting agreed on."""

    def agree(self, id: str, agreed: Agreed) -> None:
        """Keep, or replace, the score that the meeting agreed for a node."""

    def disagree(self, id: str, node: str) -> None:
        """Take such a score away."""
