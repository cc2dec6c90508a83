"""Addresses of the rules."""

from django.urls import path

from jiceng.web.rules import changes, views

urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/export/", views.export, name="rules_export"),
    path("rules/local/<int:number>/end/", changes.end, name="rule_end"),
    path("rules/<str:key>/", views.rule, name="rule"),
    path("rules/<str:key>/adopt/", changes.adopt, name="rule_adopt"),
    path("rules/<str:key>/record/", changes.record, name="rule_record"),
]
