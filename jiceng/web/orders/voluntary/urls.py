"""Addresses of wishes and voluntary service: the branch's, and each member's own."""

from django.urls import path

from jiceng.web.orders.voluntary import members, offering, posts, wishes

_BASE = "volunteering/"
urlpatterns = [
    path(_BASE, members.mine, name="volunteering"),
    path(f"{_BASE}offers/<int:number>/", members.answer, name="offer_answer"),
    path(f"{_BASE}take/<str:number>/", members.take_wish, name="take_wish"),
    path(f"{_BASE}take-post/<int:number>/", members.take_post, name="take_post"),
    path(f"{_BASE}mine/<int:number>/", members.claim, name="my_claim"),
    path(f"{_BASE}mine/<int:number>/reveal/", members.reveal, name="my_claim_reveal"),
    path(f"{_BASE}mine/<int:number>/<str:code>/", members.act, name="my_claim_act"),
    path(f"{_BASE}skills/", members.my_skills, name="my_skills"),
    path(f"{_BASE}communities/", members.communities, name="my_communities"),
    path(f"{_BASE}communities/<int:number>/register/", members.register, name="register_here"),
    path(f"{_BASE}communities/<int:number>/leave/", members.leave, name="leave_here"),
    path(f"{_BASE}certificate/", members.certificate, name="certificate"),
    path(f"{_BASE}wishes/", wishes.wishes, name="wishes"),
    path(f"{_BASE}wishes/new/", wishes.new, name="wish_new"),
    path(f"{_BASE}wishes/<str:number>/", wishes.wish, name="wish"),
    path(f"{_BASE}wishes/<str:number>/reveal/", wishes.reveal, name="wish_reveal"),
    path(f"{_BASE}wishes/<str:number>/offer/", offering.offer_wish, name="wish_offer"),
    path(f"{_BASE}wishes/<str:number>/pass-on/", wishes.pass_on, name="wish_pass_on"),
    path(f"{_BASE}wishes/<str:number>/<str:code>/", wishes.act, name="wish_act"),
    path(f"{_BASE}posts/", posts.posts, name="welfare_posts"),
    path(f"{_BASE}posts/new/", posts.new, name="welfare_post_new"),
    path(f"{_BASE}posts/<int:number>/", posts.post, name="welfare_post"),
    path(f"{_BASE}posts/<int:number>/offer/", offering.offer_post, name="welfare_post_offer"),
    path(f"{_BASE}posts/<int:number>/<str:code>/", posts.act, name="welfare_post_act"),
    path(f"{_BASE}claims/<int:number>/", posts.claim, name="claim"),
    path(f"{_BASE}claims/<int:number>/<str:code>/", posts.claim_act, name="claim_act"),
    path(f"{_BASE}services/<int:number>/correct/", posts.correct, name="service_correct"),
]
