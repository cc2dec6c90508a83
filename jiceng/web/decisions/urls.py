"""Addresses of village decisions: motions, delegations, the power list, disclosure."""

from django.urls import path

from jiceng.web.decisions import delegations, disclosures, motions, opening, powers, proposing

urlpatterns = [
    path("decisions/", motions.start, name="decisions"),
    path("decisions/matters/", motions.matters, name="decision_matters"),
    path("decisions/motions/<int:number>/", motions.motion, name="motion"),
    path("decisions/motions/<int:number>/redirect/", proposing.redirect_, name="motion_redirect"),
    path("decisions/motions/<int:number>/restart/", proposing.restart_, name="motion_restart"),
    path("decisions/delegations/<int:number>/end/", delegations.end, name="delegation_end"),
    path("decisions/<int:unit>/", motions.village, name="village_decisions"),
    path("decisions/<int:unit>/propose/", proposing.propose, name="motion_new"),
    path("decisions/<int:unit>/delegations/", delegations.delegations, name="delegations"),
    path("decisions/<int:unit>/power-list/", powers.power_list, name="power_list"),
    path("decisions/<int:unit>/power-list/<int:item>/", powers.item, name="power_item"),
    path("decisions/<int:unit>/disclosure/", disclosures.calendar, name="disclosure"),
    path("decisions/<int:unit>/open/<slug:procedure>/", opening.open_, name="case_new"),
]
