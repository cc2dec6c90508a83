"""Every page of the site, with addresses of it in a demonstration city: benches ask for them,
and tests/web/test_budgets.py counts their statements.
"""

import random
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from django.urls import reverse

from jiceng.access.models import HandOver
from jiceng.audit.models import Entry
from jiceng.core import clock
from jiceng.decisions.models import Motion
from jiceng.exchange.models import Edition, EditionStep, Fate
from jiceng.measures.registry import MEASURES
from jiceng.notices.models import Notice
from jiceng.orders.models import Claim, DutyShift, GridCard, MicroWish, Order, Service, WelfarePost
from jiceng.procedures.catalogue import newest
from jiceng.procedures.models import Case, Taken
from jiceng.programmes.models import Belt, Programme, Verdict
from jiceng.registry.models import Membership, Post, Unit
from jiceng.registry.models.units import Level, Tree

SEARCHED = ["温州", "乐清", "yueqing", "yqs", "上村", "330382"]
MANY = 30  # addresses of one kind of page at most

# Who asks: the demonstration's account. What is not named is asked for by the city's officer.
READERS = {
    "administrators": "security",
    "security_log": "security",
    "system": "system",
    "audit": "audit",
    "audit_entry": "audit",
    "audit_verification": "audit",
    "motion_new": "clerk",
    "motion_new.matter": "clerk",
    "case_new": "clerk",
    "case_step": "clerk",
    "case_correct": "clerk",
    "case_return": "town",
    "case_withdraw": "clerk",
    "certificate": "member",
    "my_claim": "member",
    "my_claim_act": "member",
    "my_communities": "member",
    "my_skills": "member",
    "take_post": "member",
    "take_wish": "member",
    "volunteering": "member",
    "wish_new": "clerk",
    "order": "town",
    "order_act": "town",
    "order_map": "town",
}
OFFICER = "city"

# Without arguments, and the same for everyone.
_PLAIN = [
    "today",
    "tree",
    "accounts",
    "administrators",
    "security_log",
    "messages",
    "my_messages",
    "system",
    "my_permissions",
    "ended_posts",
    "change_password",
    "audit",
    "audit_verification",
    "editions",
    "edition_new",
    "imports",
    "upload",
    "exports",
    "complaints",
    "close_period",
    "cases",
    "notices",
    "procedures",
    "programmes",
    "rules",
    "decisions",
    "decision_matters",
    "grid_access",
    "roster",
    "duty_list",
    "services",
    "certificate",
    "my_communities",
    "my_skills",
    "volunteering",
    "welfare_posts",
    "wish_new",
    "wishes",
    "orders",
    "order_new",
]
_RULES = ["village_reps.quorum", "notice.plan", "disclosure.finance", "order.tiers"]
_PORTAL = [
    "orders",
    "order_follow",
    "complain",
    "look_up",
    "statistics",
    "notices",
    "notice_objection",
    "notice_verify",
    "wish_look_up",
    "wish_new",
    "wishes",
]
_OF_GRID = ["grid", "grid_contact", "grid_edit", "grid_lines", "grid_point"]
_SERVICES = ["lamp.out", "conduct.person", "voluntary.help", "water.cut"]
_OF_PLACE = ["below", "organisations", "two_new", "open_accounts", "figures", "corrections"]
_CHANGES = ["rename", "recode", "move", "found", "found_organisation", "end"]
_OF_PROGRAMME = [
    "programme",
    "programme_definition",
    "programme_map",
    "programme_map_data",
    "programme_points",
    "programme_propose",
    "programme_waiting",
    "programme_belts",
    "programme_belt_new",
    "programme_areas",
    "programme_costs",
]
_OF_VILLAGE = ["village_decisions", "delegations", "power_list", "disclosure"]
_OF_BELT = ["programme_belt", "programme_belt_edit", "programme_belt_members"]


def pages(chance: random.Random) -> dict[str, list[str]]:
    """Return up to MANY addresses of each page, by the page's name; none for one that the city
    has nothing to show on.
    """
    units = _units(chance)
    places = [*units["city"], *units["county"], *units["town"]]
    measure = next(iter(MEASURES)).code
    found = {name: [reverse(f"web:{name}")] for name in _PLAIN}
    found |= {f"portal.{name}": [reverse(f"portal:{name}")] for name in _PORTAL}
    found["portal.order_place"] = [reverse("portal:order_place", args=["lamp.out"])]
    for name in ("search", "pick"):
        found[name] = [f"{reverse(f'web:{name}')}?q={quote(word)}" for word in SEARCHED]
    for level, numbers in units.items():
        found[f"unit.{level}"] = _each("unit", ((number,) for number in numbers))
    for name in _OF_PLACE:
        found[name] = _each(name, ((number,) for number in places))
    for name in ("figure", "figure_rows", "figure_restated"):
        found[name] = _each(name, ((number, measure) for number in places))
    for name in ("rule", "rule_record", "rule_adopt"):
        found[name] = _each(name, ((key,) for key in _RULES))
    found |= _of_grids(units)
    found["hand_over"] = _each("hand_over", _numbers(HandOver))
    found["audit_entry"] = _each("audit_entry", _numbers(Entry))
    found |= _of_changes(units) | _of_decisions(units) | _of_cases() | _of_wishes()
    found |= _of_orders()
    return found | _of_programmes(chance) | _of_editions(chance)


def _of_grids(units: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return the pages of grids, and of what units have to do."""
    drawn = GridCard.objects.order_by("pk").values_list("pk")
    village = drawn.values_list("unit__placements__parent").first()
    found = {name: _each(name, drawn[:MANY]) for name in _OF_GRID}
    found |= {
        f"grids.{level}": [f"{reverse('web:grids')}?unit={number}" for number in units[level]]
        for level in ("city", "county", "town")
    }
    found["grids.village"] = [f"{reverse('web:grids')}?unit={village[0]}"] if village else []
    found["service"] = _each("service", ((code,) for code in _SERVICES))
    shifts = DutyShift.objects.order_by("pk").values_list("pk", flat=True)
    found["grid_row_end"] = _each("grid_row_end", (("shift", pk) for pk in shifts))
    return found


def _of_changes(units: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return the pages on which a unit is changed: forms, and the preview of an ending."""
    villages = units["village"]
    enrolling = Membership.objects.order_by("organisation").values_list("organisation").distinct()
    found = {
        name: _each(name, ((number,) for number in villages))
        for name in ("changes", "left_behind", "posts", "appoint", "bodies", "facts")
    }
    found |= {name: _each(name, enrolling[:MANY]) for name in ("members", "enrol")}
    found["change"] = _each("change", ((villages[0], what) for what in _CHANGES))
    found["change.preview"] = [
        f"{reverse('web:change', args=[number, 'end'])}?outcome=abolition&day={clock.today()}"
        for number in villages
    ]
    found["pick_person"] = [f"{reverse('web:pick_person')}?q={quote('王伟')}"]
    posts = Post.objects.filter(unit__in=villages, role="village_clerk").order_by("pk")
    found["end_post"] = _each("end_post", posts.values_list("pk")[:MANY])
    found["end_membership"] = _each("end_membership", _numbers(Membership))
    return found


def _of_decisions(units: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return the pages on which a village decides; what only its clerk opens, of his village."""
    villages = units["village"]
    own = Post.objects.filter(person__number=READERS["motion_new"], role="village_clerk")
    clerks = [number for (number,) in own.values_list("unit")]
    found = {name: _each(name, ((number,) for number in villages)) for name in _OF_VILLAGE}
    found["power_item"] = _each("power_item", ((number, 1) for number in villages))
    found["motion_new"] = _each("motion_new", ((number,) for number in clerks))
    found["motion_new.matter"] = [f"{one}?matter=village.24.3" for one in found["motion_new"]]
    found["case_new"] = _each("case_new", ((number, "disclosure") for number in clerks))
    return found


def _of_cases() -> dict[str, list[str]]:
    """Return the pages of what runs: cases at several steps, their motions and notices."""
    shown = Case.objects.filter(order=None)  # an order has a page of its own
    cases = list(shown.order_by("pk").values_list("number", "step")[:MANY])
    numbers = [(number,) for number, _step in cases]
    running = [(number, step) for number, step in cases if step]
    entries = (
        Taken.objects.standing().filter(case__order=None).exclude(kind="ballot").order_by("pk")
    )
    found = {name: _each(name, numbers) for name in ("case", "case_return")}
    found["case_withdraw"] = _each("case_withdraw", ((number,) for number, _step in running))
    found["case_step"] = _each("case_step", running)
    found["case_correct"] = _each(
        "case_correct", entries.values_list("case__number", "sequence")[:MANY]
    )
    codes = sorted({shipped.procedure.code for shipped in newest()})
    found["procedure"] = _each("procedure", ((code,) for code in codes))
    found["motion"] = _each("motion", _numbers(Motion))
    notices = list(Notice.objects.order_by("pk").values_list("number")[:MANY])
    for name in ("notice", "notice_print"):
        found[name] = _each(name, notices)
    found["portal.notice"] = [reverse("portal:notice", args=one) for one in notices]
    return found


def _of_wishes() -> dict[str, list[str]]:
    """Return the pages of wishes, posts and claims: the branch's, and the member's own."""
    wishes = list(MicroWish.objects.order_by("pk").values_list("number", "state")[:MANY])
    waiting = [(number,) for number, state in wishes if state == MicroWish.State.CHECKED]
    posts, claims = _numbers(WelfarePost), _numbers(Claim)
    own = Claim.objects.filter(person__number=READERS["my_claim"]).order_by("pk")
    mine = list(own.values_list("pk")[:MANY])
    held = set(own.filter(state__in=Claim.LIVE).values_list("post", flat=True))
    found = {"wish": _each("wish", ((number,) for number, _state in wishes))}
    found |= {name: _each(name, waiting) for name in ("wish_offer", "wish_pass_on", "take_wish")}
    found |= {name: _each(name, posts) for name in ("welfare_post", "welfare_post_offer")}
    found["wish_act"] = _each("wish_act", ((number, "answer") for (number,) in waiting))
    found["welfare_post_new"] = [f"{reverse('web:welfare_post_new')}?kind=river"]
    found["welfare_post_act"] = _each("welfare_post_act", ((one, "capacity") for (one,) in posts))
    found["claim"] = _each("claim", claims)
    found["claim_act"] = _each("claim_act", ((one, "service") for (one,) in claims))
    found["service_correct"] = _each("service_correct", _numbers(Service))
    found["take_post"] = _each("take_post", (one for one in posts if one[0] not in held))
    found["my_claim"] = _each("my_claim", mine)
    found["my_claim_act"] = _each("my_claim_act", ((one, "service") for (one,) in mine))
    return found


def _of_orders() -> dict[str, list[str]]:
    """Return the queues and the pages of orders at several steps."""
    queue = reverse("web:orders")
    found = {
        f"orders.{tab}": [f"{queue}?tab={tab}"]
        for tab in ("mine", "help", "here", "overdue", "closed", "conduct")
    }
    rows = Order.objects.exclude(track=Order.Track.CONDUCT).order_by("pk")
    found["order"] = _each("order", rows.values_list("case__number")[:MANY])
    handled = rows.filter(step="call_back").values_list("case__number")[:MANY]
    found["order_act"] = _each("order_act", ((number, "call-back") for (number,) in handled))
    placed = rows.exclude(latitude=None).values_list("case__number")[:MANY]
    found["order_map"] = _each("order_map", placed)
    return found


def _of_programmes(chance: random.Random) -> dict[str, list[str]]:
    codes = list(Programme.objects.order_by("code").values_list("code", flat=True))
    found = {name: _each(name, ((code,) for code in codes)) for name in _OF_PROGRAMME}
    belts = list(Belt.objects.order_by("pk").values_list("programme__code", "number"))
    for name in _OF_BELT:
        found[name] = _each(name, _some(belts, chance))
    verdicts = Verdict.objects.order_by("pk").values_list("judging__programme__code", "target")
    targets = sorted(set(verdicts.distinct()))
    found["programme_target"] = _each("programme_target", targets)
    return found


def _of_editions(chance: random.Random) -> dict[str, list[str]]:
    found = {"edition": _each("edition", _numbers(Edition))}
    found["edition_pick"] = [
        f"{address}?q={quote('村')}" for address in _each("edition_pick", _numbers(Edition))
    ]
    steps = list(EditionStep.objects.order_by("pk").values_list("pk", flat=True))
    found["edition_step"] = _each("edition_step", ((number,) for number in steps[:MANY]))
    fates = list(Fate.objects.order_by("pk").values_list("pk", flat=True))
    found["edition_fate"] = _each("edition_fate", ((one,) for one in _some(fates, chance)))
    return found


def _units(chance: random.Random) -> dict[str, list[int]]:
    rows = list(Unit.objects.order_by("pk").values_list("pk", "tree", "level"))
    divisions = {
        name: [pk for pk, tree, its in rows if tree == Tree.DIVISION and its == level]
        for name, level in (
            ("city", Level.CITY),
            ("county", Level.COUNTY),
            ("town", Level.TOWN),
            ("village", Level.VILLAGE),
        )
    }
    organisations = [pk for pk, tree, _level in rows if tree == Tree.ORGANISATION]
    return {
        name: _some(numbers, chance)
        for name, numbers in {**divisions, "organisation": organisations}.items()
    }


def _numbers(model: type) -> list[tuple[int]]:
    return [(pk,) for pk in model.objects.order_by("pk").values_list("pk", flat=True)[:MANY]]


def _some(things: Sequence, chance: random.Random) -> list:
    return chance.sample(list(things), min(MANY, len(things)))


def _each(name: str, arguments: Iterable[tuple]) -> list[str]:
    return [reverse(f"web:{name}", args=one) for one in arguments]
