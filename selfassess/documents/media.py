"""The media that a document can be written in. A new one is a writer, and an entry here."""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
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
    write: "Callable[[Sequence[Document]], str | bytes]"
    """Several documents come behind each other."""
    needs: str = ""
    """The module of the library that writes it; nothing where it comes with the program."""

    @property
    def is_binary(self) -> bool:
        """Whether it is no text, and so for files alone."""
        return bool(self.needs)


def write(document: "Document", medium: str, template: bytes | None = None) -> str | bytes:
    """The document in a medium. KeyError where there is no such medium."""
    return together([document], medium, template)


def together(documents: "Sequence[Document]", medium: str, template: bytes | None = None) -> str | bytes:
    """Several documents in a medium, each with pages of its own where there are pages. A template is for Word alone."""
    return MEDIA[medium].write(documents) if template is None else _docx(documents, template)


def format_of(ending: str) -> str | None:
    """The format that files with an ending are in; None where that is none of these media."""
    return next((name for name, medium in MEDIA.items() if ending.lower() in medium.endings), None)


# Each writer is loaded when it is first used: Rich and Jinja2 take longer to load than a page takes to write.


def _text(documents: "Sequence[Document]") -> str:
    from selfassess.documents.render_rich import page, to_text

    return "\n".join(to_text(page(one)) for one in documents)


def _markdown(documents: "Sequence[Document]") -> str:
    from selfassess.documents.render_markdown import together

    return together(documents)


def _html(documents: "Sequence[Document]") -> str:
    from selfassess.documents.render_html import to_html

    return to_html(*documents)


def _docx(documents: "Sequence[Document]", template: bytes | None = None) -> bytes:
    from selfassess.documents.render_docx import to_docx

    return to_docx(*documents, template=template)


def _pdf(documents: "Sequence[Document]") -> bytes:
    from selfassess.documents.render_pdf import to_pdf

    return to_pdf(*documents)


def _pptx(documents: "Sequence[Document]") -> bytes:
    from selfassess.documents.render_pptx import to_pptx

    return to_pptx(*documents)


def _xlsx(documents: "Sequence[Document]") -> bytes:
    from selfassess.documents.render_xlsx import to_xlsx

    return to_xlsx(*documents)


MEDIA: Mapping[str, Medium] = {
    "text": Medium("text", (".txt",), _text),
    "markdown": Medium("Markdown", (".md", ".markdown"), _markdown),
    "html": Medium("HTML", (".html", ".htm"), _html),
    "docx": Medium("Word", (".docx",), _docx, "docx"),
    "pdf": Medium("PDF", (".pdf",), _pdf, "typst"),
    "pptx": Medium("PowerPoint", (".pptx",), _pptx, "pptx"),
    "xlsx": Medium("Excel", (".xlsx",), _xlsx, "xlsxwriter"),
}
"""By the name of a format, as --format has it."""
ON_PAPER = ("docx", "pdf", "html")
"""The formats of what is printed and filled in, besides text and Markdown; what people use most comes first."""

PRINTED = ("pdf", "docx", "html")
"""The formats that print as they are, the most faithful first."""


def usual(formats: Sequence[str]) -> str:
    """The first of these formats that can be written here: the libraries for some are extras."""
    return next(one for one in formats if not MEDIA[one].needs or importlib.util.find_spec(MEDIA[one].needs))
