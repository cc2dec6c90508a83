"""Addresses of the register: the trees, a unit, search, and changing what is registered."""

from django.urls import path

from jiceng.web.registry import bodies, changing, facts, members, posts, views

urlpatterns = [
    path("tree/", views.tree, name="tree"),
    path("units/<int:number>/", views.unit, name="unit"),
    path("units/<int:number>/below/", views.below, name="below"),
    path("units/<int:number>/organisations/", views.organisations, name="organisations"),
    path("units/<int:number>/two-new/", views.two_new, name="two_new"),
    path("units/<int:number>/changes/", changing.changes, name="changes"),
    path("units/<int:number>/changes/<str:what>/", changing.change, name="change"),
    path("units/<int:number>/left/", changing.left_behind, name="left_behind"),
    path("units/<int:number>/left/settle/", changing.settle_left, name="settle_left"),
    path("units/<int:number>/posts/", posts.posts, name="posts"),
    path("units/<int:number>/posts/new/", posts.appoint_to, name="appoint"),
    path("posts/<int:number>/end/", posts.end_post, name="end_post"),
    path("people/pick/", posts.pick_person, name="pick_person"),
    path("units/<int:number>/members/", members.members, name="members"),
    path("units/<int:number>/members/new/", members.enrol, name="enrol"),
    path("memberships/<int:number>/end/", members.end_membership, name="end_membership"),
    path("units/<int:number>/bodies/", bodies.bodies, name="bodies"),
    path("bodies/<int:number>/", bodies.body, name="body"),
    path("bodies/<int:number>/end/", bodies.end_body, name="end_body"),
    path("bodies/seats/<int:number>/end/", bodies.end_seat, name="end_seat"),
    path("units/<int:number>/facts/", facts.facts, name="facts"),
    path("search/", views.search, name="search"),
    path("search/pick/", views.pick, name="pick"),
]
