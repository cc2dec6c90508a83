"""Addresses of procedures and of the cases that run on them."""

from django.urls import path

from jiceng.web.procedures import acts, dossiers, lists, pages, taking

urlpatterns = [
    path("cases/", lists.cases, name="cases"),
    path("cases/<str:number>/", pages.case, name="case"),
    path("cases/<str:number>/steps/<slug:step>/", taking.step, name="case_step"),
    path("cases/<str:number>/entries/<int:sequence>/", taking.correct, name="case_correct"),
    path("cases/<str:number>/return/", acts.back, name="case_return"),
    path("cases/<str:number>/extend/", acts.extend, name="case_extend"),
    path("cases/<str:number>/withdraw/", acts.withdraw, name="case_withdraw"),
    path("cases/<str:number>/dossier.pdf", dossiers.paper, name="case_dossier"),
    path("cases/<str:number>/dossier.zip", dossiers.bundle, name="case_bundle"),
    path("cases/<str:number>/dossier/whole/", dossiers.whole_bundle, name="case_whole_bundle"),
    path("procedures/", lists.procedures, name="procedures"),
    path("procedures/<slug:code>/", lists.procedure, name="procedure"),
]
