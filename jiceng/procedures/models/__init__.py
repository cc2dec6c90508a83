from jiceng.procedures.models.cases import Case
from jiceng.procedures.models.steps import Sheet, Taken
from jiceng.procedures.models.versions import ProcedureVersion

__all__ = ["Case", "ProcedureVersion", "Sheet", "Taken"]
