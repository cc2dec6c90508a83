from importlib import import_module

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "jiceng.notices"
    label = "notices"

    def ready(self) -> None:
        """Register the step kind `notice`; answer for the notices of cases."""
        from jiceng.notices import subjects
        from jiceng.procedures import kinds

        steps = import_module("jiceng.notices.steps")
        kinds.register(*steps.KINDS)
        subjects.register(
            steps.PREFIX, unit_of=steps.unit_of, page_of=steps.page_of, told=steps.told
        )
