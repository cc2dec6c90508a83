"""What is counted of the register: places, organisations, people, village facts, two-new."""

import datetime
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jiceng.core.declarations import Indicator, Measure, Source, Words
from jiceng.registry.models import OrganisationLink, Post, TwoNewOrg, VillageFact
from jiceng.registry.models.people import Membership
from jiceng.registry.models.units import Domain, Kind, Tree
from jiceng.registry.queries import shown

BOTH = (Tree.DIVISION.value, Tree.ORGANISATION.value)
_PRIMARY = (
    Kind.PARTY_COMMITTEE,
    Kind.GENERAL_BRANCH,
    Kind.BRANCH,
    Kind.JOINT_BRANCH,
    Kind.GRID_BRANCH,
)


SECRETARY = "party_secretary"
WITHOUT_SECRETARY = "registry.organisations.without_secretary"


def _named_on(day: datetime.date) -> dict[str, Any]:
    holding = Q(names__valid_from__lte=day, names__valid_to__gt=day)
    return {"naming": FilteredRelation("names", condition=holding)}


def _unit_on(day: datetime.date) -> dict[str, Any]:
    secretaries = shown(Post.objects.on(day)).filter(
        unit=OuterRef("pk"), role=SECRETARY, deputises=None
    )
    return {**_named_on(day), "has_secretary": Exists(secretaries)}


def _linked_on(day: datetime.date) -> dict[str, Any]:
    links = shown(OrganisationLink.objects.on(day)).filter(two_new_org=OuterRef("pk"))
    return {"has_own": Exists(links.filter(joint=False)), "is_covered": Exists(links)}


SOURCES = [
    Source(
        model="registry.Unit",
        title=_("单位"),
        unit_field="pk",
        day_field="valid_from",
        end_field="valid_to",
        reads=("registry.UnitName", "registry.Post"),
        as_of=_unit_on,
    ),
    Source(
        model="registry.VillageFact",
        title=_("村情数据"),
        unit_field="unit",
        day_field="valid_from",
        replaced_within=("unit", "kind"),
    ),
    Source(
        model="registry.TwoNewOrg",
        title=_("两新组织"),
        unit_field="division",
        day_field="valid_from",
        end_field="valid_to",
        reads=("registry.OrganisationLink",),
        as_of=_linked_on,
    ),
    Source(
        model="registry.Post",
        title=_("任职"),
        unit_field="unit",
        day_field="valid_from",
        end_field="valid_to",
    ),
    Source(
        model="registry.Membership",
        title=_("党籍关系"),
        unit_field="organisation",
        day_field="valid_from",
        end_field="valid_to",
    ),
]


def _units(
    code: str, title: Words, definition: Words, condition: Q, trees: tuple[str, ...]
) -> Measure:
    return Measure(
        code=code,
        title=title,
        unit=_("个"),
        source="registry.Unit",
        kind="stock",
        condition=condition,
        trees=trees,
        definition=definition,
    )


_PLACES = [
    _units(
        "registry.villages",
        _("村"),
        _("当日设有村民委员会的村；不含社区、场、区。"),
        Q(tree=Tree.DIVISION, naming__kind=Kind.VILLAGE),
        (Tree.DIVISION.value,),
    ),
    _units(
        "registry.communities",
        _("社区"),
        _("当日设有居民委员会的社区。"),
        Q(tree=Tree.DIVISION, naming__kind=Kind.COMMUNITY),
        (Tree.DIVISION.value,),
    ),
]

_IS_PRIMARY = Q(tree=Tree.ORGANISATION, naming__kind__in=_PRIMARY)
_ORGANISATIONS = [
    _units(
        "registry.organisations",
        _("基层党组织"),
        _("当日存在的党委、党总支、党支部（含联合、网格党支部）；不含党工委、党小组、党员中心户。"),
        _IS_PRIMARY,
        BOTH,
    ),
    *(
        _units(
            f"registry.organisations.{domain.value}",
            format_lazy(_("基层党组织（{domain}）"), domain=domain.label),
            format_lazy(_("基层党组织中领域为“{domain}”的。"), domain=domain.label),
            _IS_PRIMARY & Q(domain=domain),
            BOTH,
        )
        for domain in Domain
    ),
]

_VACANT = _units(
    WITHOUT_SECRETARY,
    _("没有书记的基层党组织"),
    _("当日无人担任书记的党委、党总支、党支部；代理不算担任。"),
    _IS_PRIMARY & Q(has_secretary=False),
    BOTH,
)

_FOUNDED = Measure(
    code="registry.organisations.founded",
    title=_("新建基层党组织"),
    unit=_("个"),
    source="registry.Unit",
    kind="flow",
    condition=_IS_PRIMARY,
    trees=BOTH,
    definition=_("本期内成立、期末仍存在的基层党组织。"),
)

_UNITS = {VillageFact.Kind.HOUSEHOLDS: _("户")}
_FACTS = [
    Measure(
        code=f"registry.{kind.value}",
        title=kind.label,
        unit=_UNITS.get(kind, _("人")),
        source="registry.VillageFact",
        kind="stock",
        value=F("value"),
        condition=Q(kind=kind),
        stated=Q(kind=kind),
        definition=_("各村截至当日最后一次登记的数值之和。"),
    )
    for kind in VillageFact.Kind
]


def _two_new(kind: TwoNewOrg.Kind) -> tuple[list[Measure], list[Indicator]]:
    """Return counts and rates of one kind (中办发〔2012〕11号: coverage and build rate differ)."""
    code = f"two_new.{kind.value}"
    parts = {
        "": (kind.label, _("当日在册并实际运营的。"), Q()),
        ".own": (
            format_lazy(_("单独组建党组织的{kind}"), kind=kind.label),
            _("有自己单独的党组织。"),
            Q(has_own=True),
        ),
        ".joint": (
            format_lazy(_("联合组建党组织的{kind}"), kind=kind.label),
            _("没有单独的党组织，但加入了联合党组织。"),
            Q(has_own=False, is_covered=True),
        ),
        ".covered": (
            format_lazy(_("党组织覆盖的{kind}"), kind=kind.label),
            _("有单独的党组织，或加入了联合党组织。"),
            Q(is_covered=True),
        ),
    }
    measures = [
        Measure(
            code=f"registry.{code}{part}",
            title=title,
            unit=_("个"),
            source="registry.TwoNewOrg",
            kind="stock",
            condition=Q(kind=kind) & condition,
            definition=definition,
        )
        for part, (title, definition, condition) in parts.items()
    ]
    rates = [
        Indicator(
            code=f"registry.{code}.coverage_rate",
            title=format_lazy(_("{kind}党组织覆盖率"), kind=kind.label),
            numerator=f"registry.{code}.covered",
            denominator=f"registry.{code}",
            definition=_("（单独组建＋联合组建）÷实际运营数。依据：中办发〔2012〕11号。"),
        ),
        Indicator(
            code=f"registry.{code}.build_rate",
            title=format_lazy(_("{kind}党组织单独组建率"), kind=kind.label),
            numerator=f"registry.{code}.own",
            denominator=f"registry.{code}",
            definition=_("单独组建÷实际运营数。依据：中办发〔2012〕11号。"),
        ),
    ]
    return measures, rates


_TWO_NEW = [_two_new(kind) for kind in TwoNewOrg.Kind]

_PEOPLE = [
    Measure(
        code="registry.posts",
        title=_("在任职务"),
        unit=_("个"),
        source="registry.Post",
        kind="stock",
        condition=Q(deputises=None),
        trees=BOTH,
        personal=True,
        definition=_("当日有人在任的职务；不含代理。"),
    ),
    Measure(
        code="registry.post_holders",
        title=_("在任人员"),
        unit=_("人"),
        source="registry.Post",
        kind="distinct",
        distinct_field="person",
        trees=BOTH,
        personal=True,
        definition=_("当日在任（含代理）的人员，一人任数职只计一次。"),
    ),
    Measure(
        code="registry.posts.begun",
        title=_("新任职务"),
        unit=_("个"),
        source="registry.Post",
        kind="flow",
        condition=Q(deputises=None),
        trees=BOTH,
        personal=True,
        definition=_("本期内开始的任职；不含代理。"),
    ),
    *(
        Measure(
            code=f"registry.members.{standing.value}",
            title=standing.label,
            unit=_("人"),
            source="registry.Membership",
            kind="stock",
            condition=Q(standing=standing),
            trees=BOTH,
            personal=True,
            definition=_("当日党籍关系在该组织的党员。"),
        )
        for standing in Membership.Standing
    ),
]

MEASURES = [
    *_PLACES,
    *_ORGANISATIONS,
    _VACANT,
    _FOUNDED,
    *_FACTS,
    *(measure for measures, _rates in _TWO_NEW for measure in measures),
    *_PEOPLE,
]
INDICATORS = [rate for _measures, rates in _TWO_NEW for rate in rates]
