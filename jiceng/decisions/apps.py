from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "jiceng.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Register who is counted, the kinds of step that only decisions know, what a motion says
        of its notices, and what a disclosure settles.
        """
        from jiceng.decisions.operations.disclosing import settle_case
        from jiceng.decisions.queries import told_of
        from jiceng.decisions.rolls import ROLLS
        from jiceng.decisions.steps import Appraisal, Direct, Joint
        from jiceng.notices import steps
        from jiceng.procedures import hooks, kinds, rolls

        rolls.register(*ROLLS)
        kinds.register(Direct(), Joint(), Appraisal())
        steps.also_told(told_of)
        hooks.on_move("disclosure", settle_case)
