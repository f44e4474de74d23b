"""The pages with which people are invited: one for each code."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace

from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.services.answer_page import AnswerPage
from selfassess.services.invitations import PAGE, Invitations
from selfassess.sitting.privacy_notice import in_full
from selfassess.web.page import to_html


def pages(
    made: Invitations, notice: PrivacyNotice, salt: str, contact: str, codes: Sequence[str]
) -> Mapping[str, str | bytes]:
    """The page of each code, by the name of its file. `salt` is that of the project, and `contact` who to ask."""
    page = AnswerPage(
        round=made.round,
        edition=made.edition,
        salt=salt,
        made=datetime.datetime.now(datetime.UTC),
        group=made.group or None,
        notice=in_full(notice),
        contact=contact,
    )
    return {f"{name}{PAGE}": to_html(replace(page, code=code)) for name, code in zip(made.names, codes, strict=True)}
