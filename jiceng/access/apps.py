from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "jiceng.access"
    label = "access"

    def ready(self) -> None:
        """Collect every package's permissions and roles."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("permissions")
