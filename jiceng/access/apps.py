from importlib import import_module

from django.apps import AppConfig, apps
from django.utils.module_loading import module_has_submodule


class AccessConfig(AppConfig):
    name = "jiceng.access"
    label = "access"

    def ready(self) -> None:
        """Collect every package's permissions, then the roles."""
        from jiceng.access import declarations

        for config in apps.get_app_configs():
            if config.name.startswith("jiceng.") and module_has_submodule(
                config.module, "permissions"
            ):
                declarations.collect(import_module(f"{config.name}.permissions").PERMISSIONS)
        declarations.load_roles()
