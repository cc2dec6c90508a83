"""Addresses of evidence files; the pages that list them belong to their subjects."""

from django.urls import path

from jiceng.web.documents import views

urlpatterns = [
    path("documents/<int:number>/", views.document, name="document"),
    path("documents/<int:number>/withdraw/", views.withdraw, name="document_withdraw"),
    path("documents/of/<str:subject>/add/", views.add, name="document_add"),
]
