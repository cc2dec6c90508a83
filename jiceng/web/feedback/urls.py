"""Addresses of the complaints about this software, for who answers them."""

from django.urls import path

from jiceng.web.feedback import views

urlpatterns = [
    path("feedback/", views.complaints, name="complaints"),
    path("feedback/<str:number>/", views.complaint, name="complaint"),
]
