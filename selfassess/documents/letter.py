"""The letter that goes with an invitation: to print, or to send."""

from collections.abc import Iterator, Mapping, Sequence

from selfassess.documents import media
from selfassess.documents.blocks import Block, Command, Document, Link, Paragraph, Section
from selfassess.documents.render_text import LETTER, to_plain
from selfassess.model.letter import Letter
from selfassess.model.round import Way

_ASKED = (
    "We would like to know how you see the way we work together. There are no right answers, and you may leave any "
    "question blank."
)

_OTHERWISE: Mapping[Way, str] = {
    "here": "Would you rather answer on paper? Ask for a form:",
    "invitation": "No computer, or can't install the program? Ask for a paper form, or to use our computer:",
    "page": "Won't the page open, or would you rather answer on paper? Ask:",
}
_TYPED: Mapping[Way, str] = {
    "here": "Until you hand in it also brings you back to your answers.",
    "invitation": "Your invitation file has it too: you need to type it only if you answer on our computer.",
    "page": "Your page has it already: you need to type it only if you answer on our computer.",
}


def files(
    letters: Sequence[Letter], together: str, style: str, template: bytes | None = None
) -> Mapping[str, str | bytes]:
    """Every letter in a file of its own, and all of them in one document in a medium, whose file is called `together`:
    what is in each, by its name. A Word file takes its look from a template."""
    documents = [document(letter) for letter in letters]
    each = {f"{letter.number}.txt": to_plain(one, LETTER) for letter, one in zip(letters, documents, strict=True)}
    return each | {together: media.together(documents, style, template)}


def document(letter: Letter) -> Document:
    """The whole letter."""
    whose = f"Invitation {letter.number}{f', for {letter.group}' if letter.group else ''}"
    summary = [
        f"Please answer by: {letter.until}" if letter.until else "",
        f"Questions? Ask: {letter.contact}" if letter.contact else "",
        f"{_ASKED} {letter.how_long}; you can stop and come back.",
    ]
    told = [
        Paragraph(one, lead="" if place else heading)
        for heading, words in letter.told
        for place, one in enumerate(words.split("\n\n"))
    ]
    return Document(
        title=f"{letter.title}: {letter.questionnaire}",
        about=" · ".join(filter(None, (letter.partnership, whose))),
        summary=tuple(filter(None, summary)),
        sections=(
            Section("how", "How to answer", tuple(_how(letter))),
            Section("told", "What happens to your answers", tuple(told)),
        ),
    )


def _how(letter: Letter) -> Iterator[Block]:
    if letter.code:
        yield Paragraph(f"Your code: {letter.code}", "strong")
        yield Paragraph(_about_code(letter))
    yield Paragraph(_where(letter))
    if letter.address:
        yield Link(letter.address)
    if letter.command:
        yield Command(letter.command)
        yield Paragraph("With a screen reader, or if you would rather go line by line:")
        yield Command(f"{letter.command} --plain")
    if letter.way != "here":
        yield Paragraph(_afterwards(letter))
    if letter.contact:
        yield Paragraph(f"{_OTHERWISE[letter.way]} {letter.contact}")


def _about_code(letter: Letter) -> str:
    return (
        f"It lets one person answer: you. {_TYPED[letter.way]} To answer again after you have handed in, you need the "
        "receipt that you get then, not this code. It is not saved with your answers. Lower case is fine, and you can "
        "leave out the hyphens."
    )


def _where(letter: Letter) -> str:
    if letter.address:
        return (
            "Open this address on a phone, a tablet or a computer, or scan the code. What comes after the # is only "
            "for you, and is not sent to the website. Nothing is sent anywhere until you send your answers yourself."
        )
    if letter.way == "page":
        return (
            f"Save the file {letter.number}.html where you will find it again, then open it: on a computer or an "
            "Android phone, in any browser. You need no internet connection and no program. iPhones and iPads can show "
            "such a file but not run it, so please use another device."
        )
    if letter.way == "here":
        return "On the computer that has this round, in the folder of its project file, type:"
    return (
        f"Save the file {letter.number}.invitation where you will find it again. On a computer that has the program "
        "selfassess, go to the folder with that file, and type:"
    )


def _afterwards(letter: Letter) -> str:
    """What to do with the sheet file. It is sent to one person, since anyone who gets it can read the answers."""
    file = (
        "When you hand in, the page gives you a file."
        if letter.way == "page"
        else "When you hand in, a file whose name ends in .sheet is saved in the same folder."
    )
    return (
        f"{file} It holds your answers. Send it "
        f"only to {letter.contact or 'the person who invited you'}: attached to a message that only they will "
        "read, not to a mailing list, and not in a folder that others can open. Your answers count only once it has "
        "arrived."
    )
