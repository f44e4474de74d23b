"""Made the frozen files of the current version, once, when it was released: make.py FOLDER

Never run again for a version that people have files of.
"""

import datetime
import hashlib
import sys
from pathlib import Path

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Draft, Missing, ProjectKind, Sheet
from selfassess.storage import schema
from selfassess.storage.project import create

CONTENT = b'format = 1\nid = "small"\n'
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"
RESUME_CODE = "K7QM-3RTP-9XWD"


def make(path: Path, kind: ProjectKind) -> None:
    questionnaire = Questionnaire(format=1, id="small", version="1", title="Small", strands=())
    edition = Edition(questionnaire, CONTENT, hashlib.sha256(CONTENT).hexdigest())
    draft = Draft(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        place="years",
        responses={"vision_say": 4.0, "years": 3, "services": (1.0, 3.0), "why": "Würde", "trust": Missing.DONT_KNOW},
        comments={"vision": "We never wrote it down."},
    )
    sheet = Sheet(
        questionnaire=edition.sha256,
        group="board",
        form="full",
        answers="3++?-~.+",
        beside={"years": 3, "services": (1.0, 3.0)},
        texts={"why": "Würde", "vision": "We never wrote it down."},
        date=datetime.datetime(2026, 3, 1, 19, 30, tzinfo=datetime.UTC),
    )
    with create(path, kind) as project:
        project.freeze(edition)
        project.hand_in(sheet, RECEIPT)
        project.add_draft(project.draft_id(RESUME_CODE), draft)


if __name__ == "__main__":
    for kind in ("personal", "shared"):
        make(Path(sys.argv[1]) / f"version-{schema.VERSION}-{kind}.selfassess", kind)
