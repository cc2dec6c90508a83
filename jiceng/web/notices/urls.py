"""Addresses of public notices: writing, releasing, posting, objections, prints."""

from django.urls import path

from jiceng.web.notices import drafting, objections, posting, prints, releasing, views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/new/", drafting.new, name="notice_new"),
    path("notices/new/<str:kind>/", drafting.draft, name="notice_draft"),
    path("notices/<str:number>/", views.notice, name="notice"),
    path("notices/<str:number>/edit/", drafting.edit, name="notice_edit"),
    path("notices/<str:number>/release/", releasing.release, name="notice_release"),
    path("notices/<str:number>/release/view/", releasing.view, name="notice_release_view"),
    path("notices/<str:number>/return/", releasing.send_back, name="notice_return"),
    path("notices/<str:number>/withdraw/", releasing.withdraw, name="notice_withdraw"),
    path("notices/<str:number>/post/", posting.post, name="notice_post"),
    path(
        "notices/<str:number>/postings/<int:posting>/take-down/",
        posting.take_down,
        name="notice_take_down",
    ),
    path(
        "notices/<str:number>/postings/<int:posting>/correct/",
        posting.correct,
        name="notice_correct",
    ),
    path("notices/<str:number>/print/", prints.sheet, name="notice_print"),
    path("notices/<str:number>/print.pdf", prints.pdf, name="notice_pdf"),
    path("notices/<str:number>/objections/new/", objections.new, name="notice_objection_new"),
    path(
        "notices/<str:number>/objections/<str:objection>/",
        objections.objection,
        name="notice_objection",
    ),
]
