"""Addresses of residents' orders as staff see them."""

from django.urls import path

from jiceng.web.orders import acts, entering, pages, queues

urlpatterns = [
    path("orders/", queues.queue, name="orders"),
    path("orders/several/", queues.several, name="orders_several"),
    path("orders/orders.xlsx", queues.export, name="orders_export"),
    path("orders/new/", entering.enter, name="order_new"),
    path("orders/<str:number>/", pages.order, name="order"),
    path("orders/<str:number>/contact/", pages.contact, name="order_contact"),
    path("orders/<str:number>/code/", acts.reissue, name="order_reissue"),
    path("orders/<str:number>/tasks/<int:task>/<slug:act>/", acts.task, name="order_task"),
    path("orders/<str:number>/map/", pages.place_on_map, name="order_map"),
    path("orders/<str:number>/<slug:act>/", acts.act, name="order_act"),
]
