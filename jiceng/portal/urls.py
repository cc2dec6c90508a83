"""Addresses of the public pages."""

from django.urls import path

from jiceng.portal import feedback, notices, order_board, orders, wishes

app_name = "portal"
urlpatterns = [
    path("complain/", feedback.complain, name="complain"),
    path("complain/look-up/", feedback.look_up, name="look_up"),
    path("complain/statistics/", feedback.statistics, name="statistics"),
    path("notices/", notices.notices, name="notices"),
    path("notices/pick/", notices.pick, name="notice_pick"),
    path("notices/verify/", notices.verify, name="notice_verify"),
    path("notices/objections/", notices.objection, name="notice_objection"),
    path("notices/<str:number>/", notices.notice, name="notice"),
    path("notices/<str:number>/object/", notices.object_to, name="notice_object"),
    path("wishes/", wishes.wall, name="wishes"),
    path("wishes/new/", wishes.place, name="wish_new"),
    path("wishes/mine/", wishes.look_up, name="wish_look_up"),
    path("wishes/mine/say/", wishes.say, name="wish_say"),
    path("orders/", orders.choose, name="orders"),
    path("orders/new/<str:kind>/", orders.place, name="order_place"),
    path("orders/pick/", orders.pick, name="order_pick"),
    path("orders/pick/any/", orders.pick_any, name="order_pick_any"),
    path("orders/ground/", order_board.ground, name="order_ground"),
    path("orders/near/<str:kind>/", order_board.near, name="order_near"),
    path("orders/board/", order_board.board, name="order_board"),
    path("orders/board/data/", order_board.board_data, name="order_board_data"),
    path("orders/board/<str:number>/", order_board.entry, name="order_entry"),
    path("orders/board/<str:number>/photo/", order_board.photo, name="order_photo"),
    path("orders/statistics/", order_board.statistics, name="order_statistics"),
    path("orders/follow/", orders.follow, name="order_follow"),
    path("orders/follow/judge/", orders.judge, name="order_judge"),
    path("orders/follow/add/", orders.add, name="order_add"),
    path("orders/follow/withdraw/", orders.withdraw, name="order_withdraw"),
]
