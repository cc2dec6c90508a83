from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "jiceng.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Register who is counted and the kinds of step that only decisions know."""
        from jiceng.decisions.announcing import Announcement
        from jiceng.decisions.rolls import ROLLS
        from jiceng.decisions.steps import Appraisal, Direct
        from jiceng.procedures import kinds, rolls

        rolls.register(*ROLLS)
        kinds.register(Direct(), Appraisal())
        if "notice" not in kinds.KINDS.entries:
            kinds.register(Announcement())
