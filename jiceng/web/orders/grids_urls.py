"""Addresses of grids, duty lists, rosters and kinds of request."""

from django.urls import path

from jiceng.web.orders import catalogue, grids

urlpatterns = [
    path("grids/", grids.grids, name="grids"),
    path("grids/access/", grids.grid_access, name="grid_access"),
    path("grids/<int:number>/", grids.grid, name="grid"),
    path("grids/<int:number>/contact/", grids.grid_contact, name="grid_contact"),
    path("grids/<int:number>/edit/", grids.grid_edit, name="grid_edit"),
    path("grids/<int:number>/lines/", grids.grid_lines, name="grid_lines"),
    path("grids/<int:number>/points/", grids.grid_point, name="grid_point"),
    path("grids/roster/", catalogue.roster, name="roster"),
    path("grids/duties/", catalogue.duty_list, name="duty_list"),
    path("grids/services/", catalogue.services, name="services"),
    path("grids/services/<str:code>/", catalogue.service, name="service"),
    path("grids/end/<slug:what>/<int:number>/", catalogue.end, name="grid_row_end"),
]
