"""Addresses of the audit reader."""

from django.urls import path

from jiceng.web.audit import views

urlpatterns = [
    path("audit/", views.entries, name="audit"),
    path("audit/export/", views.export, name="audit_export"),
    path("audit/verification/", views.verification, name="audit_verification"),
    path("audit/<int:number>/", views.entry, name="audit_entry"),
]
