"""Addresses of evidence files; the pages that list them belong to their subjects."""

from django.urls import path

from jiceng.web.documents import views

urlpatterns = [
    path("documents/<int:number>/", views.document, name="document"),
    path("documents/<int:number>/open/", views.open_sensitive, name="document_open"),
    path("documents/<int:number>/withdraw/", views.withdraw, name="document_withdraw"),
    path("documents/<int:number>/hold/", views.hold, name="document_hold"),
    path("documents/<int:number>/erase/", views.erase, name="document_erase"),
    path("documents/of/<str:subject>/add/", views.add, name="document_add"),
]
