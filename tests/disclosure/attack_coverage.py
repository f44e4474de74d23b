"""An attack on the stock-take of skills: whatever it tells that the rest of the printed report does not.

The attacker has the JSON of a report and the table of its questionnaire, and works the stock-take out from the counts
of items and the scores that are printed there, by the rules that docs/scores.md states. It imports nothing of the
program. If the printed stock-take is what they find, it tells them nothing that they did not know; and whatever could
be found out about too few people from the rest of the report is what the other attacks look for.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

Document = Mapping[str, Any]
TOLD = ("verdict", "least", "reliably", "sometimes", "hardly", "score", "coded", "high")


def untold(document: Document, table: Mapping[str, Any]) -> list[str]:
    """What the stock-take says that does not follow from the rest of the document, or says otherwise."""
    printed = document["stock_take"]
    if printed is None:
        return []
    rules = document["rules"]
    many = 2 * max(rules["min_detail"], rules["min_group"])
    (round,) = document["rounds"]
    cells = {"all": round["all"]} | {one["id"]: one for one in round["groups"] if one["id"] not in round["left_out"]}
    skills = {one["id"]: one for strand in table["strands"] for one in strand.get("skills", ()) if "need" in one}
    found = [] if [one["skill"] for one in printed] == [*skills] else ["other skills"]
    for one in printed:
        skill = skills[one["skill"]]
        if [cell["cell"] for cell in one["cells"]] != [*cells]:
            found.append(f"{skill['id']}: other cells")
        for told in one["cells"]:
            known = _follows(table, skill, cells[told["cell"]], many)
            found += [f"{skill['id']} of {told['cell']}: {key} is {told[key]}, and {known.get(key)} follows"
                      for key in TOLD if told[key] != known.get(key)]  # fmt: skip  # as one list
        views = _views(table, skill, cells["all"], many)
        if views != (one["views"] and (one["views"]["self"], one["views"]["partnership"], one["views"]["differ"])):
            found.append(f"{skill['id']}: views are {one['views']}, and {views} follows")
    return found


def _figures(cell: Document) -> dict[str, Document]:
    found = {}
    for strand in cell["strands"]:
        for holder in (strand, *strand["benchmarks"]):
            found |= {one["id"]: one for one in (holder, *holder["items"])}
    return found


def _behaviours(skill: Document, about: bool) -> list[Document]:
    return [item for item in skill["items"] if item.get("kind", "choice") == "choice"
            and (item.get("about") == "partnership") == about]  # fmt: skip  # as one list


def _points(table: Document, item: Document) -> list[float]:
    points = [point["value"] for point in table["scales"][item["scale"]]["points"]]
    return sorted(value for value in points if value not in item.get("not_applicable_values", ()))


def _three(table: Document, skill: Document, item: Document, counts: Mapping[str, int]) -> tuple[int, int, int]:
    """How many show it reliably, sometimes, hardly."""
    points = _points(table, item)
    of_point = {float(value): n for value, n in counts.items()}
    if item.get("reverse"):
        of_point = {points[0] + points[-1] - value: n for value, n in of_point.items()}
    low = [of_point[value] for value in sorted(of_point) if value < skill["shown_from"]]
    half = -(-len(low) // 2)
    return sum(of_point.values()) - sum(low), sum(low[half:]), sum(low[:half])


def _follows(table: Document, skill: Document, cell: Document, many: int) -> dict[str, Any]:
    figures = _figures(cell)
    items = _behaviours(skill, about=False)
    counts = [figures[item["id"]]["counts"] for item in items]
    score = dict(_of_score(table, skill, items, figures[skill["id"]]))
    if any(one is None for one in counts):
        return score
    told = [(item, _three(table, skill, item, one)) for item, one in zip(items, counts, strict=True)]
    told = [(item, three) for item, three in told if sum(three)]
    if not told:
        return score
    order = ["missing", "thin", "covered"]
    verdicts = [_verdict(skill, three) for _, three in told]
    worst = min(verdicts, key=order.index)
    shares = [Fraction(three[0], sum(three)) if verdict == worst else Fraction(2)
              for verdict, (_, three) in zip(verdicts, told, strict=True)]  # fmt: skip  # as one list
    item, three = told[shares.index(min(shares))]
    if min(sum(three) for _, three in told) < many:
        return {**score, "verdict": "covered" if worst == "covered" else "short", "least": item["id"]}
    return score | dict(
        zip(("verdict", "least", "reliably", "sometimes", "hardly"), (worst, item["id"], *three), strict=True)
    )


def _verdict(skill: Document, three: Sequence[int]) -> str:
    reliably, n = three[0], sum(three)
    if skill["need"] == "some":
        return "covered" if reliably >= skill["at_least"] else "thin" if reliably else "missing"
    return "covered" if reliably >= n - n // 10 else "thin" if 2 * reliably >= n else "missing"


def _of_score(
    table: Document, skill: Document, items: Sequence[Document], figure: Document
) -> Iterator[tuple[str, Any]]:
    mean, coded = figure["mean"], figure["coded"]
    yield from (("score", mean), ("coded", coded))
    scored = [item for item in skill["items"] if item.get("kind", "choice") == "choice" and item.get("scored", True)]
    ends = {(points[0], points[-1]) for points in (_points(table, item) for item in items)}
    is_mean = skill.get("method", "mean") == "mean" and skill.get("units", "points") == "points"
    if not is_mean or scored != [*items] or len(ends) != 1:
        return
    ((low, high),) = ends
    point = 100 * (skill["shown_from"] - low) / (high - low)
    if coded is None:
        yield "high", None if mean is None else mean >= point
        return
    edge = float(coded.split()[0])
    between = (edge, 100.0) if coded.endswith("more") else (0.0, edge)
    sides = {end >= point for end in between}
    yield "high", sides.pop() if len(sides) == 1 else None


def _views(
    table: Document, skill: Document, cell: Document, many: int
) -> tuple[float | None, float | None, bool] | None:
    figures, sides, fewest = _figures(cell), [], []
    for about in (False, True):
        items = _behaviours(skill, about)
        counts = [figures[item["id"]]["counts"] for item in items]
        if not counts or any(one is None for one in counts):
            return None
        told = [_three(table, skill, item, one) for item, one in zip(items, counts, strict=True)]
        answers = sum(map(sum, told))
        if not answers:
            return None
        fewest.append(min(sum(three) for three in told if sum(three)))
        sides.append(sum(three[0] for three in told) / answers)
    own, shared = sides
    differ = own >= 2 / 3 and shared < 1 / 2
    return (round(own, 2), round(shared, 2), differ) if min(fewest) >= many else (None, None, differ)
