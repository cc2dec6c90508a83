from importlib import import_module

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "jiceng.orders"
    label = "orders"

    def ready(self) -> None:
        """Register the kinds of step that only orders know, follow the cases of orders, and answer
        for their photos.
        """
        from jiceng.documents import subjects
        from jiceng.procedures import hooks, kinds

        kinds.register(*import_module("jiceng.orders.steps").KINDS)
        import_module("jiceng.orders.importing")
        papers = import_module("jiceng.orders.queries.papers")
        subjects.register(papers.PREFIX, papers.may_read)
        settling = import_module("jiceng.orders.operations.settling")
        for procedure in ("duty_order", "conduct_order"):
            hooks.on_move(procedure, settling.settle)
            hooks.shown_at(procedure, "web:order")
