"""The page on which somebody answers in a browser: one file, which needs nothing else.

Its script stands beside this module, in files that can be read. Here they are put into one, together with what the page
has to know of the questionnaire and the round, and every sentence that it says (`services/answer_page.py`).
"""

import base64
import hashlib
import json
import re
from importlib.resources import files
from typing import Any

from jinja2 import Environment

from selfassess.services.answer_page import AnswerPage, described

_MODULES = (
    "vendor/noble-hashes",
    "unicode",
    "text",
    "canonical",
    "codes",
    "draft",
    "sheet_file",
    "armour",
    "store",
    "elements",
    "sitting",
    "entry",
    "questions",
    "handing_in",
    "page",
)
"""The modules of the script, each after those it imports."""
_SENDING = ("vendor/noble-sealing", "host", "result")
"""The modules that only a page served in the room needs."""
_IMPORT = re.compile(r'^import (\* as )?([^;]*?) from "\./([^"]+)\.js";', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=((?:async )?function|const|class) (\w+))", re.MULTILINE)
_EXPORTS = re.compile(r"export\s*\{([^}]*)\};?\s*$")


def to_html(page: AnswerPage) -> str:
    """The whole page."""
    script, style = _script(page.in_room), _read("page.css")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(_read("page.html.j2"))
    return template.render(
        page=page,
        policy=policy(page),
        script=script,
        style=style,
        data=_for_script(described(page)),
    )


def policy(page: AnswerPage) -> str:
    """What the page may do: run its own script, and nothing else; in the room send to where it came from."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(_script(page.in_room))}'",
            f"style-src '{_hash(_read('page.css'))}'",
            "connect-src 'self'" if page.in_room else "connect-src 'none'",
            "form-action 'none'",
            "base-uri 'none'",
        )
    )


def _read(name: str) -> str:
    return (files("selfassess") / "web" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _script(in_room: bool) -> str:
    """All modules as one script. Each keeps its own scope, and the others see only what it exports."""
    needed = (*_MODULES, *_SENDING, "in_room") if in_room else (*_MODULES, "by_itself")
    return "\n".join(map(_module, needed))


def _module(name: str) -> str:
    source = _read(f"{name}.js")
    exported = {found[2]: found[2] for found in _EXPORT.finditer(source)}
    if found := _EXPORTS.search(source):  # as bundlers write it: "inside as outside"
        pairs = (pair.split(" as ") for pair in found[1].split(","))
        exported = {pair[-1].strip(): pair[0].strip() for pair in pairs}
        source = source[: found.start()]
    source = _EXPORT.sub("", _IMPORT.sub(_import, source))
    names = ", ".join(f"{outside}: {inside}" for outside, inside in exported.items())
    return f"const {_room(name)} = (() => {{\n{source}\nreturn {{ {names} }};\n}})();\n"


def _import(found: re.Match[str]) -> str:
    return f"const {found[2]} = {_room(found[3])};"


def _room(module: str) -> str:
    return f"in_{re.sub(r'[^a-z_]', '_', module)}"


def _for_script(value: Any) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
