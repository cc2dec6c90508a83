"""Addresses of files in and out, and of the review of editions."""

from django.urls import path
from django.urls.resolvers import URLPattern

from jiceng.web.exchange import exports, imports
from jiceng.web.exchange.editions.urls import urlpatterns as editions

urlpatterns: list[URLPattern] = [
    *editions,
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/templates/<slug:kind>/", imports.template, name="import_template"),
    path("imports/<int:number>/", imports.one_import, name="import"),
    path("imports/<int:number>/progress/", imports.progress, name="import_progress"),
    path("imports/<int:number>/faulty/", imports.faulty, name="import_faulty"),
    path("imports/<int:number>/decide/", imports.decide, name="import_decide"),
    path("imports/<int:number>/apply/", imports.apply, name="import_apply"),
    path("imports/<int:number>/undo/", imports.undo, name="import_undo"),
    path("imports/<int:number>/withdraw/", imports.withdraw, name="import_withdraw"),
    path("imports/<int:number>/resume/", imports.resume, name="import_resume"),
    path("exports/", exports.exports, name="exports"),
    path("exports/file/", exports.export, name="export"),
]
