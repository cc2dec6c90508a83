"""A procedure's picture with the words of its outcomes."""

from jiceng.procedures.declarations import Procedure
from jiceng.procedures.diagram import Diagram, diagram_of
from jiceng.procedures.kinds import kind_of


def drawn(procedure: Procedure) -> Diagram:
    titles = {
        (step.code, outcome): kind_of(step.kind).outcome_title(step, outcome)
        for step in procedure.steps
        for outcome in step.next
    }
    return diagram_of(procedure, titles)
