"""The sums of all documents: a line for each, with its SHA-256 and its name."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

SUMS = Path(__file__).with_name("SHA256SUMS")


def sum_of(contents: str) -> str:
    return hashlib.sha256(contents.encode()).hexdigest()


def written(sums: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def recorded() -> dict[str, str]:
    lines = (line.split("  ", 1) for line in SUMS.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in lines}
