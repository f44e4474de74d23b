"""The pages with which people are invited: one for each code."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfassess.services.answer_page import AnswerPage
from selfassess.services.invitations import PAGE, Invitations
from selfassess.web.page import to_html


def pages(made: Invitations, page: AnswerPage, codes: Sequence[str]) -> Mapping[str, str | bytes]:
    """The page of each code, by the name of its file."""
    own = replace(page, group=made.group or None)
    return {f"{name}{PAGE}": to_html(replace(own, code=code)) for name, code in zip(made.names, codes, strict=True)}
