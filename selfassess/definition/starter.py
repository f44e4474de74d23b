"""The questionnaire that an author starts from: small, complete, and explained in its comments (starter.toml)."""

from importlib.resources import files

from selfassess.definition.findings import suggested_id

FALLBACK = "questionnaire"
"""The id where a name has no letters to make one from."""


def template(name: str) -> str:
    """The text of a new questionnaire file; its id is made from a name, such as that of the file."""
    id = suggested_id(name) or FALLBACK
    text = files("selfassess.definition").joinpath("starter.toml").read_text(encoding="utf-8")
    return text.replace("THE_ID", id).replace("THE_FILE", f"{id if id == name else 'FILE'}.toml")
