"""What reminds a person to answer: to print, or to send."""

from collections.abc import Iterator, Sequence

from selfassess.documents import media
from selfassess.documents.blocks import Block, Document, Paragraph, Section
from selfassess.documents.render_text import LETTER, to_plain
from selfassess.model.letter import Reminder


def written(reminders: Sequence[Reminder], style: str, template: bytes | None = None) -> str | bytes:
    """All reminders in one document in a format. A Word file takes its look from a template."""
    documents = [document(one) for one in reminders]
    if style == "text":
        return "\n\n\n".join(to_plain(one, LETTER) for one in documents)
    return media.together(documents, style, template)


def document(reminder: Reminder) -> Document:
    """The whole reminder."""
    whose = f"invitation {reminder.number}" if reminder.number else reminder.group or "everybody"
    summary = [
        f"Please answer by: {reminder.until}" if reminder.until else "",
        f"Questions? Ask: {reminder.contact}" if reminder.contact else "",
    ]
    return Document(
        title=f"{reminder.title}: {reminder.questionnaire}",
        about=" · ".join(filter(None, (reminder.partnership, f"Reminder for {whose}"))),
        summary=tuple(filter(None, summary)),
        sections=(Section("reminder", "We would like to hear from you", tuple(_said(reminder))),),
    )


def _said(reminder: Reminder) -> Iterator[Block]:
    if reminder.number:
        yield Paragraph(
            f"Nobody has handed in with invitation {reminder.number} yet. That is all we can see: not what others "
            "answered, and not when."
        )
    yield Paragraph("If you have answered already, thank you: there is nothing more to do.")
    yield Paragraph(f"If not, please do. {reminder.how_long}, and you may leave any question blank.")
    yield Paragraph(_how(reminder))


def _how(reminder: Reminder) -> str:
    said = "How to answer is in the letter that you got."
    if reminder.has_code:
        said += " Your code is in it too; we keep no list of codes, so it can't be repeated here."
    ask = f"Ask: {reminder.contact}" if reminder.contact else "Ask the person who invited you."
    return f"{said} Lost it, or would you rather answer on paper? {ask}"
