"""Addresses of the review of editions."""

from django.urls import path

from jiceng.web.exchange.editions import acts, views

urlpatterns = [
    path("editions/", views.editions, name="editions"),
    path("editions/new/", acts.receive, name="edition_new"),
    path("editions/<int:number>/", views.edition, name="edition"),
    path("editions/<int:number>/pick/", views.pick, name="edition_pick"),
    path("editions/<int:number>/answers/", views.answers, name="edition_answers"),
    path("editions/<int:number>/answer/", acts.answer, name="edition_answer"),
    path("editions/counties/<int:number>/", views.step, name="edition_step"),
    path("editions/counties/<int:number>/towns/<str:town>/", views.town, name="edition_town"),
    path("editions/counties/<int:number>/sure/", acts.confirm, name="edition_sure"),
    path("editions/counties/<int:number>/effect/", acts.effect, name="edition_effect"),
    path("editions/counties/<int:number>/undo/", acts.take_back, name="edition_undo"),
    path("editions/counties/<int:number>/settle/", acts.settle_legacy, name="edition_settle"),
    path("editions/units/<int:number>/", acts.fate, name="edition_fate"),
]
