"""What can happen to a file on a disk, on a stick or on its way."""

import random
from pathlib import Path

PAGE = 4096


def hit(content: bytes, seed: int) -> bytes:
    """The content after something happened to it."""
    chance, found = random.Random(seed), bytearray(content)
    pages = len(content) // PAGE
    # A page may be mostly empty, so half of the hits are where something stands.
    places = [place for place in range(len(content)) if content[place]]
    at = chance.choice(places) if chance.random() < 0.5 else chance.randrange(len(content))
    match chance.choice(["bit", "byte", "zeros", "noise", "cut", "swap", "twice"]):
        case "bit":
            found[at] ^= 1 << chance.randrange(8)
        case "byte":
            found[at] = chance.randrange(256)
        case "zeros":
            length = min(chance.choice([1, 8, 100, 512, PAGE]), len(found) - at)
            found[at : at + length] = bytes(length)
        case "noise":
            length = min(chance.choice([2, 16, 512, PAGE]), len(found) - at)
            found[at : at + length] = chance.randbytes(length)
        case "cut":
            del found[at:]
        case "swap" | "twice" as how:
            one, other = (chance.randrange(pages) * PAGE for _ in range(2))
            first, second = content[one : one + PAGE], content[other : other + PAGE]
            found[one : one + PAGE] = second
            if how == "swap":
                found[other : other + PAGE] = first
    return bytes(found)


def written(path: Path, content: bytes) -> Path:
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    path.write_bytes(content)
    return path
