"""What was not understood of a command line, in plain words."""

import click

from selfassess.cli.param_types import UnfitError
from selfassess.paths import called, named

EXAMPLES = {
    "ACTION": "a1",
    "ROUND": "autumn_2026",
    "ID": "vision",
    "SCORE": "55",
    "GROUP=N...": "board=13",
    "FILE|FOLDER...": "returned",
    "FILE": "ours.selfassess",
    "plan import FILE": "plan.csv",
    "new FILE": "ours.toml",
    "backup FILE": "ours-2026.selfassess",
    "round uninvite ROUND": "autumn_2026 --unused",
    "check FILE...": "ours.toml",
    "--number": "12",
}
"""What could stand in place of an argument or a number, by its name; with its command before it where that matters.
"""

QUESTIONS = {
    "ACTION": "Which action of the plan?",
    "ROUND": "Which round?",
    "ID": "Which strand, benchmark or skill?",
    "GROUP=N...": "How many of which group?",
    "FILE|FOLDER...": "Which files, or which folder?",
    "FILE": "Which file?",
    "FILE...": "Which files?",
    "--number": "How many?",
}
"""What is asked where it is missing."""


def usage_message(error: click.ClickException) -> str:
    """What was not understood, with an example where that helps, and where to read how it is said."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{_what(error, context)}\nSee: {' '.join([called(), *_names(context), '--help'])}"


def _names(context: click.Context | None) -> list[str]:
    """The command and what it belongs to: "round", "close"."""
    return [] if context is None or context.parent is None else [*_names(context.parent), context.info_name or ""]


def _what(error: click.ClickException, context: click.Context | None) -> str:
    if isinstance(error, click.MissingParameter) and error.param and context:
        name = _name(error.param)
        return f"{QUESTIONS.get(name, f'{name} is missing.')} Such as: {_example(context, error.param)}"
    if isinstance(error, UnfitError) and error.param:
        return _unfit(error.param, error.typed)
    if isinstance(error, click.BadParameter) and error.param:
        return f"{_name(error.param)}: {error.message}"
    return error.format_message()


def _name(param: click.Parameter) -> str:
    """What a person calls it: "--number", "ROUND"."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.name or "").strip("[]").upper()


def _example(context: click.Context, missing: click.Parameter) -> str:
    """The command with everything that it needs."""
    place = context.find_root().obj
    command = " ".join(_names(context))
    words = [named(str(place.project)) if place and place.project else called(), command]
    for param in context.command.get_params(context):
        if isinstance(param, click.Argument) and (param.required or param is missing):
            name = _name(param)
            words.append(EXAMPLES.get(f"{command} {name}", EXAMPLES.get(name, name)))
        elif param is missing or (isinstance(param, click.Option) and param.required):
            words.append(f"{_name(param)} {EXAMPLES.get(_name(param), param.metavar or '…')}")
    return " ".join(words)


def _unfit(param: click.Parameter, typed: str) -> str:
    """That what was typed cannot stand for an argument or option."""
    name, kind = _name(param), param.type
    match kind:
        case click.IntRange() if _is_whole(typed):
            return f"{name}: “{typed}” is not {_range(kind)}."
        case click.types.IntParamType():
            return f"{name}: “{typed}” is not a whole number.{_such_as(name)}"
        case click.types.FloatParamType():
            return f"{name}: “{typed}” is not a number.{_such_as(name)}"
        case click.Choice():
            return f"{name}: “{typed}” is not one of these: {', '.join(map(str, kind.choices))}."
        case _:
            raise TypeError(kind)


def _is_whole(typed: str) -> bool:
    try:
        int(typed)
    except ValueError:
        return False
    return True


def _range(kind: click.IntRange) -> str:
    if kind.max is None:
        return f"a whole number of {kind.min} or more"
    return f"a whole number from {kind.min or 0} to {kind.max:,}"


def _such_as(name: str) -> str:
    return f" Such as: {EXAMPLES[name]}." if name in EXAMPLES else ""
