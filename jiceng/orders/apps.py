from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "jiceng.orders"
    label = "orders"

    def ready(self) -> None:
        """Register the kinds of step that only orders know, and follow the cases of orders."""
        from jiceng.procedures import hooks, kinds

        kinds.register(*import_module("jiceng.orders.steps").KINDS)
        import_module("jiceng.orders.importing")
        settling = import_module("jiceng.orders.operations.settling")
        for procedure in ("duty_order", "conduct_order"):
            hooks.on_move(procedure, settling.settle)
            hooks.shown_at(procedure, "web:order")
