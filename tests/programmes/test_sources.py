"""What the two articles tell of belts and areas can be recorded as they tell it."""

import datetime

from jiceng.access.queries import Scope
from jiceng.programmes import operations
from jiceng.programmes.models import BeltMember
from jiceng.programmes.operations import AreaPlan, BeltPlan, Expense, MemberPlan
from jiceng.programmes.queries.belts import belts_in, length_in_metres
from jiceng.programmes.queries.points import areas_on, spent_fen
from jiceng.programmes.queries.programmes import Seen
from jiceng.registry.operations import Founding, found_units
from jiceng.registry.queries import path_of
from tests.conftest import NOON
from tests.programmes.conftest import DAY, JUDGED
from tests.programmes.test_definition import FENGNAN


def seen(programme):
    path = path_of(programme.unit_id, DAY)
    return Seen(programme, Scope((path,)), path, DAY)


def test_the_belt_of_hongqiao_has_thirty_villages_twenty_organisations_and_two_axes(acts, county):
    """S0-49, S0-50: 30 villages, 20 party organisations, two central roads."""
    day = {"day": county.start, "by": "system", "at": NOON}
    villages = found_units(
        [Founding(f"{n}村委会", "village", 5, parent=county.town) for n in range(30)],
        tree="division",
        **day,
    )
    organisations = found_units(
        [
            Founding(f"{n}公司支部", "branch", 1, domain="private_enterprise", seat=county.town)
            for n in range(20)
        ],
        tree="organisation",
        **day,
    )
    roads = ("纵向中心道路", "横向中心道路")
    plan = BeltPlan("虹桥", "虹桥镇示范带", "county", county.county, "axis_road", "", roads)
    (belt,) = operations.record_belts(acts.programme, [plan], day=DAY, **acts.done)
    on_roads = [MemberPlan(unit=number, on_main_road=True) for number in organisations]
    acts.fill(belt, *villages, *on_roads)

    assert BeltMember.objects.on(DAY).filter(belt=belt).count() == 50
    assert belts_in(seen(acts.programme), DAY).get().main_roads == list(roads)


def test_twelve_belts_are_together_longer_than_two_hundred_kilometres(acts, county):
    """S0-48: 200 km over twelve belts is some 16.7 km each."""
    plans = [
        BeltPlan(str(n), f"{n}号", "city", county.county, "national_road", length_m=16_700)
        for n in range(12)
    ]
    operations.record_belts(acts.programme, plans, day=DAY, **acts.done)
    assert length_in_metres(seen(acts.programme), JUDGED) == 200_400


def test_a_town_has_three_demonstration_areas_and_each_village_its_own(county, officer):
    """S3-9, S3-46: three areas within one town, its villages shared out among them."""
    done = {"by": officer, "at": NOON.replace(year=2021)}
    programme = operations.load_programme(FENGNAN, unit=county.county, **done)
    day = datetime.date(2021, 6, 1)
    plans = [
        AreaPlan(f"a{n}", name, "demonstration_area", (village,))
        for n, (name, village) in enumerate(
            (("满族风情", county.upper), ("红色抗战", county.lower), ("特色产业", county.middle))
        )
    ]
    operations.record_areas(programme, plans, day=day, **done)
    areas = areas_on(seen(programme), day)
    assert [[unit.name for unit in units] for _area, units in areas] == [
        ["上村委会"],
        ["下村委会"],
        ["中村委会"],
    ]


def test_the_money_of_fengnan_is_kept_to_the_fen(county, officer):
    """S3-67: 12 million yuan and more."""
    done = {"by": officer, "at": NOON.replace(year=2021)}
    programme = operations.load_programme(FENGNAN, unit=county.county, **done)
    spent = [Expense(county.county, 1_200_000_001, datetime.date(2021, 5, 1), "创建资金")]
    operations.record_costs(programme, spent, **done)
    assert spent_fen(seen(programme)) == 1_200_000_001
