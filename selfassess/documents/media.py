"""The media that a document can be written in. A new one is a writer, and an entry here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.documents.blocks import Document  # the blocks take longer to load than all commands together


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium for documents."""

    name: str
    """What it is called in a sentence."""
    endings: tuple[str, ...]
    """How files of it end, the usual ending first."""
    write: "Callable[[Document], str]"


def write(document: "Document", medium: str) -> str:
    """The document in a medium. KeyError where there is no such medium."""
    return MEDIA[medium].write(document)


def format_of(ending: str) -> str | None:
    """The format that files with an ending are in; None where that is none of these media."""
    return next((name for name, medium in MEDIA.items() if ending.lower() in medium.endings), None)


# Each writer is loaded when it is first used: Rich and Jinja2 take longer to load than a page takes to write.


def _text(document: "Document") -> str:
    from selfassess.documents.render_rich import page, to_text

    return to_text(page(document))


def _markdown(document: "Document") -> str:
    from selfassess.documents.render_markdown import to_markdown

    return to_markdown(document)


def _html(document: "Document") -> str:
    from selfassess.documents.render_html import to_html

    return to_html(document)


MEDIA: Mapping[str, Medium] = {
    "text": Medium("text", (".txt",), _text),
    "markdown": Medium("Markdown", (".md", ".markdown"), _markdown),
    "html": Medium("HTML", (".html", ".htm"), _html),
}
"""By the name of a format, as --format has it."""
