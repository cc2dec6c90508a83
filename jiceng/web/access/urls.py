from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.web.access import log_in, passwords

urlpatterns: list[URLPattern] = [
    path("log-in/", log_in.log_in, name="log_in"),
    path("log-out/", log_in.log_out, name="log_out"),
    path("first-log-in/", passwords.set_first_password, name="first_password"),
    path("password/", passwords.change_password, name="change_password"),
]
