"""What a key of a questionnaire holds, as people read it."""

from collections.abc import Mapping

from selfassess.model.questionnaire import Band
from selfassess.model.scale import Point


def said(value: object) -> str | None:
    """The value in words; None where the key holds nothing."""
    match value:
        case None | "":
            return None
        case bool():
            return "yes" if value else "no"
        case str():
            return value
        case int() | float():
            return f"{value:g}"
        case Band():
            return " ".join(filter(None, (f"from {value.from_:g}:", value.title, value.about and f"({value.about})")))
        case Point():
            return f"{value.value:g} {value.label}".rstrip()
        case tuple():
            return ", ".join(filter(None, map(said, value))) or None
        case Mapping():
            return "; ".join(f"{key}: {said(held)}" for key, held in value.items()) or None
    raise TypeError(type(value))
