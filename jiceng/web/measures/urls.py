"""Addresses of figures: of a unit, of one measure, the rows behind, closing a month, corrections."""

from django.urls import path

from jiceng.web.measures import corrections, views

urlpatterns = [
    path("figures/", views.start, name="figures_start"),
    path("figures/close/", views.close, name="close_period"),
    path("units/<int:number>/figures/", views.figures, name="figures"),
    path("units/<int:number>/figures/<str:measure>/", views.one, name="figure"),
    path("units/<int:number>/corrections/", corrections.corrections, name="corrections"),
    path(
        "units/<int:number>/figures/<str:measure>/corrections/",
        corrections.of_figure,
        name="figure_corrections",
    ),
    path(
        "units/<int:number>/figures/<str:measure>/restated/", views.restated, name="figure_restated"
    ),
    path("units/<int:number>/figures/<str:measure>/rows/", views.rows, name="figure_rows"),
]
