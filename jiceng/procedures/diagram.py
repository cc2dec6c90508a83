"""Where the boxes and arrows of a procedure's picture stand. Pure: whole units of a grid, drawn by
a template. Steps stand under one another; what goes back bends out on the left, what skips on the
right, what ends leads to a round box beside its step.
"""

from dataclasses import dataclass

from jiceng.procedures.declarations import Procedure, end_name, is_end

STEP = 76  # from one step's top to the next
BOX_WIDTH, BOX_HEIGHT = 260, 48
LEFT, TOP = 180, 12
END_WIDTH, END_HEIGHT = 120, 30
LANE = 14  # between arcs on one side
WORDS = 86  # room for an outcome between a step and its arcs


@dataclass(frozen=True, slots=True)
class Box:
    code: str
    title: str
    number: int
    x: int
    y: int
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

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
class Diagram:
    width: int
    height: int
    steps: tuple[Box, ...]
    ends: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def diagram_of(procedure: Procedure, titles: dict[tuple[str, str], str]) -> Diagram:
    """Lay a procedure out.

    Args:
        titles: what an outcome is called, by (step, outcome).
    """
    steps = {
        step.code: Box(step.code, step.title, place + 1, LEFT, TOP + place * STEP)
        for place, step in enumerate(procedure.steps)
    }
    ends: list[Box] = []
    arrows: list[Arrow] = []
    lanes = {"left": 0, "right": 0}
    for code, outcome, target in procedure.edges():
        label, box = titles.get((code, outcome), outcome), steps[code]
        if is_end(target):
            end = _end_beside(box, procedure.ends[end_name(target)], len(ends), ends)
            ends.append(end)
            arrows.append(_across(box, end, label))
        elif target == code:
            continue
        else:
            arrows.append(_down_or_round(box, steps[target], label, lanes))
    right = LEFT + BOX_WIDTH + 40 + END_WIDTH + 60 + lanes["right"] * LANE
    height = TOP * 2 + (len(procedure.steps) - 1) * STEP + BOX_HEIGHT
    return Diagram(right, height + 6, tuple(steps.values()), tuple(ends), tuple(arrows))


def _end_beside(box: Box, title: str, number: int, ends: list[Box]) -> Box:
    beside = sum(1 for end in ends if abs(end.y - box.y) < BOX_HEIGHT)
    y = box.y + (0 if beside == 0 else END_HEIGHT + 4)
    x = LEFT + BOX_WIDTH + 90
    return Box(f"end-{number}", title, 0, x, y, END_WIDTH, END_HEIGHT)


def _across(box: Box, end: Box, label: str) -> Arrow:
    start = box.x + box.width
    return Arrow(f"M{start} {end.middle} H{end.x}", label, start + 6, end.middle - 4, back=False)


def _down_or_round(box: Box, target: Box, label: str, lanes: dict[str, int]) -> Arrow:
    if target.number == box.number + 1:
        path = f"M{box.centre} {box.y + box.height} V{target.y}"
        return Arrow(path, label, box.centre + 8, box.y + box.height + 18, back=False)
    back = target.number < box.number
    side = "left" if back else "right"
    out = WORDS + lanes[side] * LANE
    lanes[side] += 1
    if back:
        edge, turn, leaves = box.x, box.x - out, box.middle
    else:  # below the arrow to an end, whose words would stand upon its own
        edge, turn, leaves = box.x + box.width, box.x + box.width + out, box.y + box.height - 8
    path = f"M{edge} {leaves} H{turn} V{target.middle} H{edge}"
    place = edge - WORDS + 4 if back else edge + 6
    return Arrow(path, label, place, leaves - 4, back=back)
