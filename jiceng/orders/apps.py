from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "jiceng.orders"
    label = "orders"
