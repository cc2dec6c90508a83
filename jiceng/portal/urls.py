"""Addresses of the public pages."""

from django.urls import path

from jiceng.portal import feedback

app_name = "portal"
urlpatterns = [
    path("complain/", feedback.complain, name="complain"),
    path("complain/look-up/", feedback.look_up, name="look_up"),
    path("complain/statistics/", feedback.statistics, name="statistics"),
]
