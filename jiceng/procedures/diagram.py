"""Where the boxes and arrows of a procedure's picture stand. Pure: whole units of a grid, drawn by
a template. Steps stand under one another; what goes back bends out on the left, what skips on the
right, what ends leads to a round box beside its step. What is done only when something went wrong
stands aside, beside the step that led to it, and goes back from there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from jiceng.procedures.declarations import Procedure, Step, end_name, is_end

STEP = 76  # from one step's top to the next
BOX_WIDTH, BOX_HEIGHT = 284, 48
LEFT, TOP = 180, 12
END_WIDTH, END_HEIGHT = 120, 30
LANE = 14  # between arcs on one side
WORDS = 86  # room for an outcome between a step and its arcs
ASIDE = 200  # how wide a box is that stands aside
UPPER = 14  # from a box's top to where arrows from and to one that stands aside meet it
LOWER = BOX_HEIGHT - 8  # and to where those that skip others leave and arrive


@dataclass(frozen=True, slots=True)
class Box:
    code: str
    title: str
    number: int
    x: int
    y: int
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT
    aside: bool = False

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def centre(self) -> int:
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    path: str  # of SVG
    label: str
    x: int
    y: int
    back: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What an outcome leads to, for who reads the picture as a list."""

    label: str
    title: str  # of the step or the end
    number: int  # of the step; 0: an end
    back: bool  # to an earlier step, or to the same one again


@dataclass(frozen=True, slots=True)
class Diagram:
    width: int
    height: int
    steps: tuple[Box, ...]
    ends: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    listed: tuple[tuple[Box, tuple[Turn, ...]], ...]  # the same from top to bottom, without arrows


def diagram_of(procedure: Procedure, titles: dict[tuple[str, str], str]) -> Diagram:
    """Lay a procedure out.

    Args:
        titles: what an outcome is called, by (step, outcome).
    """
    steps = _boxes(procedure)
    ends: list[Box] = []
    arrows: list[Arrow] = []
    lanes: Counter[str] = Counter()
    for code, outcome, target in procedure.edges():
        label, box = titles.get((code, outcome), outcome), steps[code]
        if is_end(target):
            end = _end_beside(box, procedure.ends[end_name(target)], ends, steps)
            ends.append(end)
            arrows.append(_across(box, end, label))
        elif target != code:
            arrows.append(_between(box, steps[target], label, lanes))
    right = max(box.x + box.width for box in (*steps.values(), *ends)) + 60
    right += lanes["right"] * LANE
    height = max(box.y + box.height for box in steps.values()) + TOP
    boxes, listed = tuple(steps.values()), tuple(_listed(procedure, steps, titles))
    return Diagram(right, height, boxes, tuple(ends), tuple(arrows), listed)


def _listed(
    procedure: Procedure, steps: dict[str, Box], titles: dict[tuple[str, str], str]
) -> Iterator[tuple[Box, tuple[Turn, ...]]]:
    """Yield each step with where its outcomes lead: what a narrow screen shows."""
    for step in procedure.steps:
        box, turns = steps[step.code], []
        for outcome, target in step.next.items():
            label = titles.get((step.code, outcome), outcome)
            if is_end(target):
                turns.append(Turn(label, procedure.ends[end_name(target)], 0, back=False))
            else:
                to = steps[target]
                turns.append(Turn(label, to.title, to.number, back=to.number <= box.number))
        yield box, tuple(turns)


def _boxes(procedure: Procedure) -> dict[str, Box]:
    """Put the steps under one another, and those that stand aside beside the one before them."""
    skips = sum(1 for code, _o, to in procedure.edges() if not is_end(to) and to != code)
    aside = LEFT + BOX_WIDTH + WORDS + 30 + LANE * min(skips, 5)
    if any(_leads_aside_and_ends(procedure, step) for step in procedure.steps):
        aside += END_WIDTH
    found: dict[str, Box] = {}
    row = -1
    for place, step in enumerate(procedure.steps, 1):
        if not step.detour:
            row += 1
        x, width = (aside, ASIDE) if step.detour else (LEFT, BOX_WIDTH)
        y = TOP + max(row, 0) * STEP
        found[step.code] = Box(step.code, step.title, place, x, y, width, aside=step.detour)
    return found


def _leads_aside_and_ends(procedure: Procedure, step: Step) -> bool:
    targets = step.next.values()
    return any(map(is_end, targets)) and any(
        procedure.step(to).detour for to in targets if not is_end(to)
    )


def _end_beside(box: Box, title: str, ends: list[Box], steps: dict[str, Box]) -> Box:
    """Put an end beside a step; below the arrow to what stands aside of it, and below another."""
    beside = sum(1 for end in ends if abs(end.y - box.y) < BOX_HEIGHT)
    led_aside = any(one.aside and one.y == box.y for one in steps.values()) and not box.aside
    y = box.y + (END_HEIGHT + 4 if beside else UPPER + 10 if led_aside else 0)
    if box.aside:
        y = box.middle - END_HEIGHT // 2
    x = box.x + box.width + 90
    return Box(f"end-{len(ends)}", title, 0, x, y, END_WIDTH, END_HEIGHT)


def _across(box: Box, end: Box, label: str) -> Arrow:
    start = box.x + box.width
    return Arrow(f"M{start} {end.middle} H{end.x}", label, start + 6, end.middle - 4, back=False)


def _between(box: Box, target: Box, label: str, lanes: Counter[str]) -> Arrow:
    if target.aside:
        start, height = box.x + box.width, box.y + UPPER
        return Arrow(f"M{start} {height} H{target.x}", label, start + 6, height - 4, back=False)
    if box.aside:
        return _back_from_aside(box, target, label, lanes)
    if target.y == box.y + STEP:
        path = f"M{box.centre} {box.y + box.height} V{target.y}"
        return Arrow(path, label, box.centre + 8, box.y + box.height + 18, back=False)
    return _round(box, target, label, lanes)


def _back_from_aside(box: Box, target: Box, label: str, lanes: Counter[str]) -> Arrow:
    """Lead up from a box that stands aside, then across to an earlier step; a second one leaves
    below and passes on the left, so as to miss what stands above.
    """
    place, across = box.x + 24, f"V{target.y + UPPER} H{target.x + target.width}"
    second, lanes[box.code] = lanes[box.code], lanes[box.code] + 1
    if not second:
        return Arrow(f"M{place} {box.y} {across}", label, place + 6, box.y - 8, back=True)
    bottom = box.y + box.height
    path = f"M{place} {bottom} V{bottom + 12} H{box.x - second * LANE} {across}"
    return Arrow(path, label, place + 6, bottom + 16, back=True)


def _round(box: Box, target: Box, label: str, lanes: Counter[str]) -> Arrow:
    back = target.y < box.y
    side = "left" if back else "right"
    out = WORDS + lanes[side] * LANE
    lanes[side] += 1
    if back:
        edge, turn, leaves, arrives = box.x, box.x - out, box.middle, target.middle
    else:  # below the arrow to an end or aside, whose words would stand upon its own
        edge, turn = box.x + box.width, box.x + box.width + out
        leaves = box.y + LOWER - 22 * lanes[f"{box.code} right"]
        arrives = target.y + LOWER
        lanes[f"{box.code} right"] += 1
    path = f"M{edge} {leaves} H{turn} V{arrives} H{edge}"
    place = edge - WORDS + 4 if back else edge + 6
    return Arrow(path, label, place, leaves - 4, back=back)
