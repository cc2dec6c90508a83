"""Addresses of files in and out, and of the review of editions."""

from jiceng.web.exchange.editions.urls import urlpatterns as editions

urlpatterns = [*editions]
