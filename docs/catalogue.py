"""The catalogue of every sentence that people meet, by room, read from the source: what `docs/words/` holds."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "selfassess"
WORDS = ROOT / "docs" / "words"
BESIDE = "beside"
"""The page of the modules that stand beside the rooms."""

LONGEST_FIELD = 48
"""Characters of a field; of a longer call only its name is told."""
LONGEST_INLINE = 48
"""Characters of an alternative that is told within the sentence in which its variable stands."""

WRITTEN_OUT = {"capital", "clean", "figures", "fine", "int", "len", "listed", "number", "on_one_line", "quoted", "str"}
"""Functions that only say how a field is written: of them the field is told."""

NOT_SHOWN_CALLS = {
    *("compile", "sub", "match", "fullmatch", "search", "findall", "finditer", "split"),  # regular expressions
    *("partition", "rpartition", "removeprefix", "removesuffix"),  # where a text is cut
    *("execute", "executemany", "executescript"),
    *("TypeVar", "NewType", "cast", "getattr", "hasattr", "setattr", "find_spec", "import_module"),
    *("AssertionError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError", "ValueError"),  # our own faults
}
"""Functions whose arguments nobody reads."""
NOTHING_SAID = (ast.Assert, ast.Import, ast.ImportFrom, ast.Name)
NOT_SHOWN_KEYWORDS = {"code", "encoding", "id", "style"}
NOT_SHOWN_NAMES = {"CSS", "DEFAULT_CSS", "__all__"}
NOT_SHOWN = {
    "cli/usage_errors.py": (r"autumn_2026 .*", "returned", "vision"),
    "definition/shape_errors.py": (r'\[".*"\]', '"vision_say <= 2"', "true"),
    "disclosure/matching.py": ("score {.*}",),
    "disclosure/release_log.py": ("means of answers",),
    "documents/charts.py": ("bold {.*}", "{.*} on {.*}"),
    "documents/render_docx.py": (
        "Calibri|Consolas",
        r"(?:TOC|pStyle|rStyle|tblStyle|tcW|cantSplit|headerReference|name) .*",
    ),
    "documents/render_markdown.py": ("&emsp;",),
    "documents/page.html.j2": (r".*[=\"].*", "Command|Heading|Key|Paragraph|Question|Quotes|Table"),
    "documents/render_pdf.py": ("Tables",),
    "documents/render_xlsx.py": ("&RPage .*",),
    "project/codes.py": ("(?:admission|matching) {salt}",),
    "project/integrity.py": (".*{.*}.*",),
    "project/round_queries.py": (".*(?:{_ROUND}|{is_other}|{strange}|group_).*",),
    "scoring/scores.py": ("characters of {item}",),
    "services/demo.py": ("made up: {group} {place}",),
    "sitting/round_entry.py": ("answer again|nothing asked",),
    "sitting/state.py": (".* is not an option of .*",),
    "services/progress.py": ("ask again",),
    "tui/invite_navigation.py": ("invite {group}", "round invite"),
    "tui/new_round_navigation.py": (r"invited {asked\.sha256}", "round new", "--.*"),
    "tui/paper_navigation.py": (r"sheet of {desk\.group}",),
    "tui/report_navigation.py": ("report {style}", "--.*"),
    "tui/screens/invite.py": (".*--letters-only", ".*--format .*"),
    "tui/screens/compare_rounds.py": ("left out|how to read|who|trend",),
    "tui/screens/dialogs.py": ("only try",),
    "tui/screens/home.py": ("own sittings",),
    "tui/screens/returned.py": ("take back",),
    "tui/screens/resume.py": ("go on|begin again",),
    "tui/widgets/block_lines.py": ("{ink} on {colour}",),
    "tui/widgets/key_bar.py": (r"on \$panel",),
}
"""By module, what looks like a sentence and is none: expressions that match all of it."""
SHOWN = {
    "definition/comparability.py": ("new", "split", "gone", "reworded", "same", "none"),
    "definition/findings.py": ("yes", "no"),
    "documents/comparison/personal.py": ("up", "down"),
    "documents/media.py": ("HTML", "PDF", "PowerPoint"),
    "documents/paper_form.py": ("yes", "no"),
    "documents/plan.py": ("effort", "effect"),
    "documents/round/wording.py": (
        *("close", "mixed", "no", "everybody", "nobody", "shown"),
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    ),
    "model/plan.py": (
        *("proposed", "agreed", "under way", "done", "dropped", "not said", "low", "medium", "high"),
        *("action", "benchmark", "groups", "owner", "due", "status", "why", "effort", "effect", "skills", "nothing"),
        *("group", "skill"),
    ),
}
"""By module, words that stand alone, begin with a small letter, and are shown."""

_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|BEGIN|WHERE|AND|OR|NULL)\b| IS \?")
_EXPRESSION = re.compile(r"\\[bdsw]|\(\?|\[\^|[\])][+*]")
_STYLE = re.compile(r"(?:bold|dim|italic|reverse|underline)(?: [a-z$-]+)*")
_WORD = re.compile(r"[^\W\d_]{2}")
_CAPITALISED = re.compile(r"[A-Z][a-z’'-]+[.:…!?]?")
_FIELD = re.compile(r"\{[^{}]*\}")


class Page(NamedTuple):
    """The sentences of a room, by module in the order of their names."""

    room: str
    modules: dict[str, list[str]]
    data: list[str]
    """Files of the room that hold sentences and nothing else."""


def write() -> None:
    """Write a page for each room, and take away those of rooms that are no more."""
    texts = {WORDS / f"{page.room}.md": text(page) for page in pages()}
    for path in WORDS.glob("*.md"):
        if path not in texts and path.name != "README.md":
            path.unlink()
    for path, words in texts.items():
        path.write_text(words, encoding="utf-8")


def pages() -> Iterator[Page]:
    """Every room that has sentences."""
    rooms = sorted(path for path in HOUSE.iterdir() if path.is_dir() and (path / "__init__.py").exists())
    yield _page(BESIDE, sorted(HOUSE.glob("*.py")))
    for room in rooms:
        yield _page(room.name, sorted(path for path in room.rglob("*") if path.is_file()))


def _page(room: str, paths: list[Path]) -> Page:
    modules: dict[str, list[str]] = {}
    data = []
    for path in paths:
        name = path.relative_to(HOUSE).as_posix()
        if path.suffix == ".toml":
            data.append(name)
        elif found := _of_file(path, name):
            modules[name] = found
    return Page(room, modules, data)


def _of_file(path: Path, name: str) -> list[str]:
    if path.suffix == ".py":
        found = sentences(path.read_text(encoding="utf-8"), SHOWN.get(name, ()))
    elif path.suffix == ".j2":
        found = of_template(path.read_text(encoding="utf-8"))
    else:
        return []
    left_out = [re.compile(one) for one in NOT_SHOWN.get(name, ())]
    return [one for one in dict.fromkeys(found) if not any(pattern.fullmatch(one) for pattern in left_out)]


def text(page: Page) -> str:
    """The page as Markdown, a sentence a line."""
    lines = [f"# {page.room}", "", "Made by `python docs/make.py`; how to read it: [README](README.md)."]
    for name, found in page.modules.items():
        lines += ["", f"## {name}", "", *(f"- {_escaped(one)}" for one in found)]
    if page.data:
        lines += ["", "## Sentences in files of their own", "", *(f"- `selfassess/{name}`" for name in page.data)]
    return "\n".join(lines) + "\n"


def _escaped(sentence: str) -> str:
    return re.sub(r"([\\`*<])", r"\\\1", sentence)


def of_template(source: str) -> list[str]:
    """What a template of HTML says itself."""
    said = []
    for _, kind, value in Environment(autoescape=True).lex(re.sub(r"<style>.*?</style>", "", source, flags=re.DOTALL)):
        if kind == "data":
            said += re.sub(r"<[^>]*>?|[^<]*>", "\n", value).splitlines()
        elif kind == "string":
            said.append(value[1:-1])
    return [" ".join(one.split()) for one in said if _is_phrase(one) or _CAPITALISED.fullmatch(one.strip())]


def sentences(source: str, shown: tuple[str, ...] = ()) -> list[str]:
    """What a module says, in order; `shown` are single words that count as well."""
    reader = _Reader(source, shown)
    reader.visit(ast.parse(source))
    return reader.told()


def bare(sentence: str) -> str:
    """A sentence with … for each field."""
    return _FIELD.sub("…", sentence)


def _is_phrase(text: str) -> bool:
    """Whether there is a word outside the fields, and a blank."""
    return (
        bool(_WORD.search(bare(text)))
        and " " in text
        and not (_SQL.search(text) or _EXPRESSION.search(text) or _STYLE.fullmatch(text))
    )


class _Reader(ast.NodeVisitor):
    """Goes through a module and notes what is said where."""

    def __init__(self, source: str, shown: tuple[str, ...]) -> None:
        self.lines = source.splitlines()
        self.shown = shown
        self.found: dict[int, str] = {}
        """In order, by the node's identity: what it says."""
        self.functions: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
        """Those that we are in, from the outermost."""
        self.inlined: set[int] = set()

    def told(self) -> list[str]:
        """What was found, in order, without what is told within another sentence."""
        kept = [words for node, words in self.found.items() if node not in self.inlined]
        return [paragraph for words in kept for paragraph in _paragraphs(words)]

    def visit(self, node: ast.AST) -> None:
        if not isinstance(node, NOTHING_SAID):
            super().visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.functions.append(node)
        for child in (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)):
            self.visit(child)
        if _is_command(node) and (docstring := ast.get_docstring(node)):
            self.found[id(node)] = _flowing(docstring)
        for statement in node.body:
            self.visit(statement)
        self.functions.pop()

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_FunctionDef(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for child in (*node.decorator_list, *node.keywords, *node.body):
            self.visit(child)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):  # else documentation
            self.visit(node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        if not any(isinstance(one, ast.Name) and one.id in NOT_SHOWN_NAMES for one in node.targets):
            self.visit(node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value and not (isinstance(node.target, ast.Name) and node.target.id in NOT_SHOWN_NAMES):
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        for child in (node.left, *node.comparators):
            if not isinstance(child, ast.Constant | ast.Tuple | ast.Set | ast.List):
                self.visit(child)

    def visit_match_case(self, node: ast.match_case) -> None:
        for child in (*filter(None, [node.guard]), *node.body):
            self.visit(child)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """An index says nothing; of the values of a Literal those that are shown as they are."""
        self.visit(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        for part in parts:
            if not isinstance(part, ast.Constant) or part.value in self.shown:
                self.visit(part)

    def visit_Dict(self, node: ast.Dict) -> None:
        words = {one: self._words(one) for one in node.values if _is_text(one)}
        if any(map(_is_phrase, words.values())):  # then single words among them are shown as well
            for one in words:
                if re.fullmatch(r"[a-z’'-]+", words[one]):
                    self.found[id(one)] = words[one]
        for value in node.values:
            if id(value) not in self.found:
                self.visit(value)

    def visit_Call(self, node: ast.Call) -> None:
        if _called(node) in NOT_SHOWN_CALLS:
            return
        self.visit(node.func)
        for child in node.args:
            self.visit(child)
        for keyword in node.keywords:
            if keyword.arg not in NOT_SHOWN_KEYWORDS:
                self.visit(keyword.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str):
            self._note(node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        self._note(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if isinstance(node.op, ast.Add) and _is_text(node):
            self._note(node)
        else:
            self.generic_visit(node)

    def _note(self, node: ast.expr) -> None:
        self.found[id(node)] = ""  # before what a field of it says by itself
        words = self._words(node)
        if self._is_shown(words):
            self.found[id(node)] = words
        else:
            del self.found[id(node)]

    def _is_shown(self, words: str) -> bool:
        return _is_phrase(words) or bool(_CAPITALISED.fullmatch(words)) or words in self.shown

    def _words(self, node: ast.expr) -> str:
        """What an expression says, its fields by name."""
        match node:
            case ast.Constant(value=str(words)):
                several = (node.end_lineno or 0) > node.lineno
                triple = several and self.lines[node.lineno - 1].encode()[node.col_offset :].startswith(b'"""')
                return _flowing(words) if triple else words
            case ast.JoinedStr(values=values):
                return "".join(map(self._words, values))
            case ast.FormattedValue(value=value):
                return self._words(value)
            case ast.BinOp(left=left, op=ast.Add(), right=right) if _is_text(node):
                return self._words(left) + self._words(right)
            case ast.IfExp(body=body, orelse=orelse) if _is_text(body) or _is_text(orelse):
                return f"⟨{' | '.join(filter(None, map(self._words, (body, orelse))))}⟩"
            case ast.Call(func=ast.Name(id="count"), args=[number, *forms]):
                return self._counted(number, forms)
            case ast.Name(id=name) if choice := self._choice(name):
                self.inlined.update(map(id, ast.walk(choice)))
                return self._words(choice)
            case _:
                return self._field(node)

    def _choice(self, name: str) -> ast.expr | None:
        """What a variable is, where that is one of several short texts."""
        known = (_short_variables(function).get(name) for function in reversed(self.functions))
        return next(filter(None, known), None)

    def _counted(self, number: ast.expr, forms: list[ast.expr]) -> str:
        one, *more = map(self._words, forms)
        many = more[0] if more else f"{one}s"
        return f"{self._field(number)} {f'{one}⟨s⟩' if '⟨' in one else f'⟨{one} | {many}⟩'}"

    def _field(self, node: ast.expr) -> str:
        self.visit(node)  # it can say something by itself
        told = _field_of(node)
        written = ast.unparse(told).replace("self.", "")
        if len(written) > LONGEST_FIELD or any(quotation in written for quotation in "{'\""):
            written = f"{_called(told)}(…)" if isinstance(told, ast.Call) else "…"
        return f"{{{written}}}"


def _field_of(node: ast.expr) -> ast.expr:
    """A field without how it is written out."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in WRITTEN_OUT:
            return _field_of(first)
        case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[ast.expr() as several]):
            return _field_of(several)
        case (
            ast.Call(func=ast.Name(id="map"), args=[_, several])
            | ast.GeneratorExp(generators=[ast.comprehension(iter=several)])
        ):
            return _field_of(several)
        case ast.Subscript(value=whole, slice=ast.Slice()):
            return _field_of(whole)
        case _:
            return node


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is a text by how it is written."""
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _is_text(left) or _is_text(right)
        case ast.IfExp(body=body, orelse=orelse):
            return _is_text(body) or _is_text(orelse)
        case _:
            return False


def _called(node: ast.Call) -> str:
    """The last name of what is called."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _is_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether click shows the docstring."""
    return any(isinstance(one, ast.Call) and _called(one) in ("command", "group") for one in node.decorator_list)


@cache
def _short_variables(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, ast.expr]:
    """The variables of a function that are set once, to one of several short texts."""
    given: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                given.setdefault(name, []).append(value)
            case ast.Assign(
                targets=[ast.Tuple(elts=names)], value=ast.IfExp(test, ast.Tuple(first), ast.Tuple(second))
            ):
                for variable, one, other in zip(names, first, second, strict=False):
                    if isinstance(variable, ast.Name):
                        given.setdefault(variable.id, []).append(ast.IfExp(test, one, other))
    return {name: values[0] for name, values in given.items() if len(values) == 1 and _is_short_choice(values[0])}


def _is_short_choice(node: ast.expr) -> bool:
    match node:
        case ast.IfExp(body=body, orelse=orelse):
            return all(
                _is_short_choice(one) or (_is_text(one) and _length(one) <= LONGEST_INLINE) for one in (body, orelse)
            )
        case _:
            return False


def _length(node: ast.expr) -> int:
    return len(ast.unparse(node))


def _flowing(words: str) -> str:
    """A text in several lines of source, each paragraph on one; but one that click is told to leave as it is."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(words))
    return "\n\n".join(
        one.removeprefix("\b\n") if one.startswith("\b") else " ".join(one.split()) for one in paragraphs
    )


def _paragraphs(words: str) -> list[str]:
    """Each paragraph by itself; within one, line ends as a mark."""
    return [re.sub(r"\s*\n\s*", " ↵ ", one.strip()) for one in words.split("\n\n") if _WORD.search(bare(one))]


if __name__ == "__main__":
    write()
