from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps


class ProceduresConfig(AppConfig):
    name = "jiceng.procedures"
    label = "procedures"

    def ready(self) -> None:
        """Register the engine's own step kinds, collect the procedures of every package, and
        answer for the documents of cases.
        """
        from jiceng.documents import subjects
        from jiceng.procedures import catalogue, kinds

        for module in ("forms", "meetings", "ballots", "checks"):
            kinds.register(*import_module(f"jiceng.procedures.kinds.{module}").KINDS)
        for config in apps.get_app_configs():
            if config.name.startswith("jiceng."):
                catalogue.collect(Path(config.path) / "data" / "procedures")
        papers = import_module("jiceng.procedures.queries.papers")
        subjects.register(
            papers.PREFIX,
            papers.may_read,
            may_change=papers.may_change,
            unit_of=papers.unit_of,
            page_of=papers.page_of,
        )
