"""Blocks as plain values, for the page in a browser, which draws them itself (`web/result.js`)."""

from collections.abc import Iterable, Iterator
from typing import Any

from selfassess.documents.blocks import Block, BulletList, Heading, Paragraph, Quotes, ScoreChart, ScoreRow


def page_blocks(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The blocks of one person's result. TypeError for a kind of block that such a result never has."""
    return [one for block in blocks for one in _plain(block)]


def _plain(block: Block) -> Iterator[dict[str, Any]]:
    match block:
        case Heading(text, note):
            yield {"kind": "heading", "text": text, "note": note}
        case Paragraph():
            text = f"{block.text} ({block.note})" if block.note else block.text
            yield {"kind": "paragraph", "text": text, "lead": block.lead, "tone": block.tone}
        case ScoreChart(rows):
            yield {"kind": "scores", "rows": [_score(row) for row in rows]}
        case BulletList(entries):
            texts = (": ".join(filter(None, (one.head or one.lead, one.text))) for one in entries)
            noted = [f"{text} ({one.note})" if one.note else text for text, one in zip(texts, entries, strict=True)]
            yield {"kind": "list", "entries": noted}
        case Quotes(about, texts):
            yield {"kind": "paragraph", "text": "\n".join(texts), "lead": about, "tone": "plain"}
        case _:
            raise TypeError(f"a result has no {type(block).__name__}")


def _score(row: ScoreRow) -> dict[str, Any]:
    return {
        "title": row.title,
        "words": ", ".join(filter(None, (row.words, row.band))),
        "about": "" if row.about == row.words else row.about,  # both say why there is no score
        "share": row.share,
        "target": row.target,
        "tone": row.tone,
        "isStrand": row.level != "benchmark",
    }
