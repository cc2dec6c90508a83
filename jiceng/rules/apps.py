from django.apps import AppConfig
from django.core import checks


class RulesConfig(AppConfig):
    name = "jiceng.rules"
    label = "rules"

    def ready(self) -> None:
        checks.register(_files_are_sound)


def _files_are_sound(**_asked: object) -> list[checks.CheckMessage]:
    """Refuse to start with rule files that contradict themselves."""
    from jiceng.rules import shipped

    return [checks.Error(fault, id="rules.E001") for fault in shipped.faults()]
