"""Addresses of the register: the trees, a unit, search."""

from django.urls import path

from jiceng.web.registry import views

urlpatterns = [
    path("tree/", views.tree, name="tree"),
    path("units/<int:number>/", views.unit, name="unit"),
    path("units/<int:number>/below/", views.below, name="below"),
    path("units/<int:number>/organisations/", views.organisations, name="organisations"),
    path("units/<int:number>/two-new/", views.two_new, name="two_new"),
    path("search/", views.search, name="search"),
    path("search/pick/", views.pick, name="pick"),
]
