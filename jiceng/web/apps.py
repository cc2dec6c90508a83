from importlib import import_module

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "jiceng.web"
    label = "web"

    def ready(self) -> None:
        import_module("jiceng.web.navigation")
