from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.web.agenda import messages, views

urlpatterns: list[URLPattern] = [
    path("", views.today, name="today"),
    path("messages/", messages.sent, name="messages"),
    path("messages/address/", messages.address, name="my_messages"),
]
