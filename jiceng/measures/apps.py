from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "jiceng.measures"
    label = "measures"

    def ready(self) -> None:
        """Collect every package's declarations of what is counted."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("measures")
