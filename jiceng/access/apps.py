from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class AccessConfig(AppConfig):
    name = "jiceng.access"
    label = "access"

    def ready(self) -> None:
        """Collect every package's permissions, the roles, and what hand-over lists may name."""
        from jiceng.access import declarations, leavings

        for module in _modules("permissions"):
            declarations.collect(module.PERMISSIONS)
        declarations.load_roles()
        for module in _modules("hand_overs"):
            leavings.LEAVINGS.add(*module.HAND_OVERS)


def _modules(name: str) -> Iterator[ModuleType]:
    """Yield the module of this name of every package that has one."""
    for config in apps.get_app_configs():
        if config.name.startswith("jiceng.") and module_has_submodule(config.module, name):
            yield import_module(f"{config.name}.{name}")
