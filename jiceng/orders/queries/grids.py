"""Grids: who answers for each level of the network, what a grid is like, what it may be given."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jiceng.access.queries import unit_for
from jiceng.accounts.models import User
from jiceng.core import clock
from jiceng.core.refusals import NotFound
from jiceng.orders import catalogue, duties
from jiceng.orders.models import GridAccessItem, GridCard, GridLine, ObservationPoint
from jiceng.registry import paths
from jiceng.registry.models import Post, Unit, VillageFact
from jiceng.registry.models.units import Kind, Level
from jiceng.registry.queries import posts_of, seats_in, shown, subtree_of, units_on
from jiceng.rules.queries import Rule, find_rule
from jiceng.rules.values import Range

RULE = "grid.households"
BRANCHES = (Kind.GRID_BRANCH, Kind.BRANCH, Kind.JOINT_BRANCH, Kind.GENERAL_BRANCH)
RESPONSIBLE = ("party_secretary", "party_group_leader", "hub_keeper")


class NoSuchGrid(NotFound):
    """There is no such grid, or the user may not know of it."""


@dataclass(slots=True)
class Node:
    """An organisation or a grid of the network, who answers for it, and what stands below."""

    number: int
    name: str
    kind: str
    person: str = ""
    below: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class GridNode:
    """A grid: its branch, its head and workers, its building groups and hubs."""

    number: int
    name: str
    head: str = ""
    workers: list[str] = field(default_factory=list)
    branch: Node | None = None
    groups: list[Node] = field(default_factory=list)  # each with its hubs
    hubs: list[Node] = field(default_factory=list)  # of no group
    micro_grids: list[str] = field(default_factory=list)

    @property
    def gaps(self) -> list[str]:
        """What it lacks, in words; a grid without branch or head is an orphan."""
        missing = []
        if self.branch is None:
            missing.append(_("没有网格党支部"))
        elif not self.branch.person:
            missing.append(_("网格党支部没有书记"))
        if not self.head:
            missing.append(_("没有网格长"))
        missing += [
            _("%s没有负责人") % node.name
            for node in (*self.groups, *(h for g in self.groups for h in g.below), *self.hubs)
            if not node.person
        ]
        return missing

    @property
    def is_orphan(self) -> bool:
        return self.branch is None or not self.head

    @property
    def hub_count(self) -> int:
        return len(self.hubs) + sum(len(group.below) for group in self.groups)


@dataclass(slots=True)
class VillageNode:
    """A village or community with its party organisation and its grids."""

    number: int
    name: str
    organisation: Node | None = None
    grids: list[GridNode] = field(default_factory=list)

    @property
    def orphans(self) -> list[GridNode]:
        return [grid for grid in self.grids if grid.is_orphan]

    @property
    def group_count(self) -> int:
        return sum(len(grid.groups) for grid in self.grids)

    @property
    def hub_count(self) -> int:
        return sum(grid.hub_count for grid in self.grids)


@dataclass(slots=True)
class Network:
    """The five levels from a town, or from one village, down."""

    organisation: Node | None  # the town's committee; None for a village
    villages: list[VillageNode]

    @property
    def orphans(self) -> list[tuple[VillageNode, GridNode]]:
        return [(village, grid) for village in self.villages for grid in village.orphans]

    @property
    def without_grids(self) -> list[VillageNode]:
        return [village for village in self.villages if not village.grids]


def network_of(place: Unit, day: datetime.date) -> Network:
    """Return the network of a town or a village on a day; `place` has its path of the day. Four
    statements, whatever stands there.
    """
    divisions = list(subtree_of(place.path, day))
    seats = dict(seats_in(place.path, day).values_list("organisation_id", "division_id"))
    organisations = list(
        units_on(day)
        .filter(pk__in=seats_in(place.path, day).values("organisation"))
        .order_by("path")
    )
    asked = [one.pk for one in organisations]
    asked += [one.pk for one in divisions if one.level == Level.GRID]
    holders = _holders(asked, day)
    return _woven(place, divisions, organisations, seats, holders)


def _holders(units: Iterable[int], day: datetime.date) -> dict[int, dict[str, list[str]]]:
    """Return names by unit and role; who only stands in for somebody is left out."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = posts_of(units, day).filter(deputises=None)
    for unit, role, name in rows.values_list("unit_id", "role", "person__name"):
        found[unit][role].append(name)
    return found


def _woven(
    place: Unit,
    divisions: list[Unit],
    organisations: list[Unit],
    seats: dict[int, int],
    holders: dict[int, dict[str, list[str]]],
) -> Network:
    def node(one: Unit) -> Node:
        said = holders.get(one.pk, {})
        person = next((said[role][0] for role in RESPONSIBLE if said.get(role)), "")
        return Node(one.pk, one.name, one.kind, person)

    at: dict[int, list[Unit]] = defaultdict(list)
    for organisation in organisations:
        at[seats[organisation.pk]].append(organisation)
    network = Network(node(at[place.pk][0]) if place.level < 5 and at[place.pk] else None, [])
    villages: dict[str, VillageNode] = {}
    grids: dict[str, GridNode] = {}
    for one in divisions:
        if one.level == Level.VILLAGE:
            top = node(at[one.pk][0]) if at[one.pk] else None
            villages[one.path] = VillageNode(one.pk, one.name, top)
        elif one.level == Level.GRID:
            said = holders.get(one.pk, {})
            grid = GridNode(one.pk, one.name, *_head_and_workers(said))
            grids[one.path] = grid
            _seat(grid, at[one.pk], node)
            if (village := villages.get(one.path[: -paths.WIDTH])) is not None:
                village.grids.append(grid)
        elif one.level == Level.MICRO_GRID:
            over = grids.get(one.path[: -paths.WIDTH])
            if over is not None:
                over.micro_grids.append(one.name)
                _seat(over, at[one.pk], node)
    network.villages = list(villages.values())
    return network


def _head_and_workers(said: dict[str, list[str]]) -> tuple[str, list[str]]:
    return next(iter(said.get("grid_head", ())), ""), said.get("grid_worker", [])


def _seat(grid: GridNode, organisations: list[Unit], node: object) -> None:
    """Put what stands in a grid or micro-grid into its place; parents come before children."""
    groups: dict[str, Node] = {}
    for one in organisations:
        made = node(one)  # type: ignore[operator]  # the caller's own
        if one.kind == Kind.PARTY_GROUP:
            grid.groups.append(made)
            groups[one.path] = made
        elif one.kind == Kind.MEMBER_HOUSEHOLD_HUB:
            group = groups.get(one.path[: -paths.WIDTH])
            (group.below if group else grid.hubs).append(made)
        elif one.kind in BRANCHES and grid.branch is None:
            grid.branch = made


@dataclass(frozen=True, slots=True)
class Size:
    """A grid's households beside what the rule in force says."""

    households: int | None
    rule: Rule | None

    @property
    def fits(self) -> bool | None:
        """None where a number or a rule is missing: what was not asked for is no fault."""
        if self.households is None or self.rule is None:
            return None
        value = self.rule.value
        return isinstance(value, Range) and value.low <= self.households <= value.high


def size_of(grid: Unit, many_absent: bool, day: datetime.date) -> Size:
    """Return how many households a grid has and the rule that holds for it. About six
    statements.
    """
    fact = (
        shown(VillageFact.objects.filter(unit=grid, kind=VillageFact.Kind.HOUSEHOLDS))
        .filter(superseded_at=None, valid_from__lte=day)
        .order_by("-valid_from")
        .first()
    )
    rule = find_rule(RULE, unit=grid, day=day, kind="many_absent") if many_absent else None
    rule = rule or find_rule(RULE, unit=grid, day=day)
    return Size(fact.value if fact else None, rule)


@dataclass(frozen=True, slots=True)
class GridView:
    """What is known of one grid on a day."""

    unit: Unit
    card: GridCard | None
    size: Size
    head: Post | None
    workers: list[Post]
    lines: list[GridLine]
    points: list[ObservationPoint]
    access: list[GridAccessItem]


def card_of(grid: int) -> GridCard | None:
    """Return what stands on a grid's board. One statement."""
    return GridCard.objects.filter(unit=grid).first()


def lines_of(grid: int, day: datetime.date) -> list[GridLine]:
    """Return the lines of work that use a grid. One statement."""
    return list(GridLine.objects.on(day).filter(grid=grid).order_by("line"))


def grid_view(grid: Unit, day: datetime.date) -> GridView:
    """Return what is known of a grid on a day; `grid` has its path of the day."""
    card = card_of(grid.pk)
    posts = [post for post in posts_of([grid.pk], day) if post.deputises_id is None]
    return GridView(
        unit=grid,
        card=card,
        size=size_of(grid, bool(card and card.many_absent), day),
        head=next((post for post in posts if post.role == "grid_head"), None),
        workers=[post for post in posts if post.role == "grid_worker"],
        lines=lines_of(grid.pk, day),
        points=list(ObservationPoint.objects.on(day).filter(grid=grid).order_by("name", "pk")),
        access=access_list(grid, day),
    )


def access_list(place: Unit, day: datetime.date) -> list[GridAccessItem]:
    """Return what may be given to grids at a place: its own list and those above. One statement."""
    rows = GridAccessItem.objects.on(day).filter(unit__in=paths.ids_of(place.path))
    return list(rows.order_by("title", "pk"))


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a grid may be given an order of some kind, and the sentence that says why."""

    may: bool
    reason: str
    source: str


def may_be_given(service: str, grid: Unit, day: datetime.date) -> Admission:
    """Say whether orders of a kind may be given to a grid: only what stands on a list that the
    place or one above it has set up. What does not, its workers may refuse. One statement.
    """
    held = access_list(grid, day)
    item = next((item for item in held if item.service == service), None)
    asked = duties.access()
    if item is not None:
        return Admission(True, _("“%s”在准入清单上。") % item.title, item.document)
    if not held:
        return Admission(
            False, _("还没有登记网格事项准入清单（待县里提供），不能交给网格。"), asked.source
        )
    title = catalogue.service(service).title
    return Admission(
        False, _("“%s”不在准入清单上，不能交给网格；网格员可以拒绝。") % title, asked.source
    )


def grid_for(user: User, permission: str, *, number: int, day: datetime.date | None = None) -> Unit:
    """Return one grid as on a day, checked.

    Raises:
        NoSuchGrid, NotVisible: no such grid, or `user` may not even see it.
        NotPermitted: `user` may see it but not do this.
    """
    unit = unit_for(user, permission, number=number, day=day or clock.today())
    if unit.tree != "division" or unit.level != Level.GRID:
        raise NoSuchGrid(_("没有这个网格，或者您无权查看。"))
    return unit
