from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.web.agenda import views

urlpatterns: list[URLPattern] = [
    path("", views.today, name="today"),
]
