from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "jiceng.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Collect the kinds of file, and the proposals at a succession, of every package."""
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("kinds", "heirs")
