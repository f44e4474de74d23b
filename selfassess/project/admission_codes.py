"""Who may answer in the rounds of a shared project: invitations, and admission codes, each of which is used once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from selfassess.errors import UsageError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Round, has_numbered_letters
from selfassess.model.sheet import Ticket
from selfassess.project import acceptance, codes, round_queries, round_rules, schema
from selfassess.project.exchange_files import Invitation
from selfassess.project.project import Project
from selfassess.project.round_queries import existing_round


class Admission:
    """Invitations and admission codes of the rounds in a project file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._database = project.database

    def issue(self, id: str, group: GroupKey, number: int) -> list[str]:
        """New admission codes for a group. They are shown once: only their keys are stored."""
        new = [codes.new_code(codes.RESUME_LENGTH) for _ in range(number)]
        round = existing_round(self._database, id)
        round_rules.check_issue(round, group, number)
        with self.inviting(round, group, new):
            return new

    @contextmanager
    def inviting(self, round: Round, group: GroupKey, new: Sequence[str], letters: Sequence[str] = ()) -> Iterator[str]:
        """Store new codes of a group (none if the round has no codes) and fix the rules, if the block ends without an
        error. So the codes can be handed out inside the block, and no code is valid that nobody received. `letters` are
        the names of the letters that the codes are in, in their order; they are stored where that may be known. Yields
        the key of the first code, or "": if it is in the file later, everything was stored. UsageError if somebody has
        changed the round since it was read."""
        keys = codes.admission_keys(new, self._project.salt) if new else []
        with self._database.transaction() as connection:
            now = existing_round(self._database, round.id)
            if new:
                round_rules.check_issue(now, group, len(new))
            else:
                round_rules.check_invitation(now, group or None, "")
            if replace(now, state=round.state) != round:
                raise UsageError(f"The round “{round.title}” was just changed.", "Look at it, then try again.")
            round_queries.add_admissions(connection, now.key, group, keys)
            if keys and letters and has_numbered_letters(now, group):
                there = round_queries.letters(self._database, now.key)
                noted = {**there, **dict(zip(keys, letters, strict=True))}
                round_queries.note_letters(connection, now.key, noted)
            round_queries.fix(connection, now.key)
            schema.note_untidy(connection)
            yield keys[0] if keys else ""

    def take_back(self, id: str, group: GroupKey) -> int:
        """Delete every unused code of a group, so that none of them opens the round any more. Returns how many.
        UsageError if the round has no codes, or no such group."""
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            round_rules.check_codes(round, group)
            taken_back = round_queries.take_admissions_back(connection, round.key, group)
            left = {*round_queries.admission_keys(self._database, round.key)}
            letters = round_queries.letters(self._database, round.key)
            round_queries.note_letters(connection, round.key, {key: letters[key] for key in letters if key in left})
            schema.note_untidy(connection)
        self._project.tidy()
        return taken_back

    def letters(self, id: str) -> frozenset[str]:
        """The names of all letters that are noted."""
        return frozenset(round_queries.letters(self._database, existing_round(self._database, id).key).values())

    def unanswered(self, id: str) -> Mapping[GroupKey, tuple[str, ...] | None]:
        """The names of the letters whose codes nobody has handed in with, in order, by group; None for a group of which
        only the number may be known, or for some of whose codes no letter is noted."""
        round = existing_round(self._database, id)
        letters = round_queries.letters(self._database, round.key)
        found: dict[GroupKey, list[str | None]] = defaultdict(list)
        for key, group in round_queries.unused_admissions(self._database, round.key).items():
            found[group].append(letters.get(key) if has_numbered_letters(round, group) else None)
        named = {group: [name for name in names if name is not None] for group, names in found.items()}
        return {
            group: tuple(sorted(named[group], key=lambda name: (len(name), name))) if len(named[group]) == len(names)
            else None
            for group, names in found.items()
        }  # fmt: skip  # in few lines

    def admit(self, id: str, code: str) -> Ticket:
        """The ticket for an admission code. UsageError if the round does not have the code, or if it was used.
        `group_of` says which group it is for."""
        round, code = existing_round(self._database, id), codes.normalise(code)
        if round.state == "closed":
            raise acceptance.not_open(round)
        if not codes.is_resume_code(code):
            raise UsageError(
                f"{code} is a receipt. An admission code has {codes.RESUME_LENGTH} letters and digits.",
                "With a receipt you can see your result or answer again: choose that you have handed in already.",
            )
        if not round.rules.codes:
            raise UsageError(
                f"No sitting of this round opens with the code {code}.",
                "Check each group of four. A sitting that was handed in opens with its receipt.",
            )
        ticket = Ticket(round=round.key, admission=codes.admission_key(code, self._project.salt))
        found = round_queries.admission(self._database, ticket)
        if found is None:
            raise UsageError(
                f"No code of this round is {code}.", "Check each group of four, and that it is the code for this round."
            )
        if found[1]:
            raise UsageError(
                "This code was used.", "If it was you: with your receipt you can see your result or answer again."
            )
        return ticket

    def group_of(self, ticket: Ticket) -> GroupKey:
        """The group for which the admission code of a ticket was issued. UsageError if the round does not have it."""
        found = round_queries.admission(self._database, ticket)
        if found is None:
            raise acceptance.unknown_code()
        return found[0]

    def invitation(self, id: str, group: GroupKey | None, code: str = "") -> Invitation:
        """Everything that somebody needs to answer on another computer. Hand it out inside `inviting`."""
        round = existing_round(self._database, id)
        round_rules.check_invitation(round, group, code)
        content = self._project.frozen(round.questionnaire)
        return Invitation(
            round=round,
            salt=self._project.salt,
            content=content,
            group=group or None,
            code=code,
            notice=self._project.notice,
        )

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up: see `codes.matching_key`."""
        return codes.matching_key(code, self._project.salt)
