"""Addresses of the programmes: boards, what lies behind them, points, belts, areas, money."""

from django.urls import path

from jiceng.web.programmes import belts, boards, editing, maps, money, points

_ONE = "programmes/<slug:code>/"

urlpatterns = [
    path("programmes/", boards.programmes, name="programmes"),
    path(_ONE, boards.board, name="programme"),
    path(f"{_ONE}judge/", boards.judge, name="programme_judge"),
    path(f"{_ONE}definition/", boards.definition, name="programme_definition"),
    path(f"{_ONE}export/", boards.export, name="programme_export"),
    path(f"{_ONE}targets/<slug:target>/", boards.target, name="programme_target"),
    path(
        f"{_ONE}targets/<slug:target>/<str:place>/<int:number>/",
        boards.rows,
        name="programme_rows",
    ),
    path(f"{_ONE}map/", maps.page, name="programme_map"),
    path(f"{_ONE}map/data/", maps.data, name="programme_map_data"),
    path(f"{_ONE}points/", points.points, name="programme_points"),
    path(f"{_ONE}points/propose/", points.propose, name="programme_propose"),
    path(f"{_ONE}points/waiting/", points.waiting, name="programme_waiting"),
    path(f"{_ONE}points/<int:number>/correct/", points.correct, name="programme_correct"),
    path(f"{_ONE}belts/", belts.belts, name="programme_belts"),
    path(f"{_ONE}belts/new/", editing.new, name="programme_belt_new"),
    path(f"{_ONE}belts/<str:number>/", belts.belt, name="programme_belt"),
    path(f"{_ONE}belts/<str:number>/built/", belts.built, name="programme_belt_built"),
    path(f"{_ONE}belts/<str:number>/withdraw/", belts.withdraw, name="programme_belt_withdraw"),
    path(f"{_ONE}belts/<str:number>/edit/", editing.edit, name="programme_belt_edit"),
    path(f"{_ONE}belts/<str:number>/members/", editing.members, name="programme_belt_members"),
    path(f"{_ONE}areas/", money.areas, name="programme_areas"),
    path(f"{_ONE}areas/<slug:area>/", money.area_units, name="programme_area_units"),
    path(f"{_ONE}costs/", money.costs, name="programme_costs"),
    path(f"{_ONE}costs/<int:number>/", money.cost_correction, name="programme_cost_correction"),
]
