from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule

from jiceng.core import changes
from jiceng.exchange.editions import reliance
from jiceng.measures import registry


class MeasuresConfig(AppConfig):
    name = "jiceng.measures"
    label = "measures"

    def ready(self) -> None:
        """Collect what every package counts; hear of every change; hold what is closed."""
        for config in apps.get_app_configs():
            if config.name.startswith("jiceng.") and module_has_submodule(
                config.module, "measures"
            ):
                registry.collect(import_module(f"{config.name}.measures"))
        registry.check()
        changes.listen(import_module("jiceng.measures.operations").mark_dirty)
        reliance.register(import_module("jiceng.measures.queries").closed_since)
