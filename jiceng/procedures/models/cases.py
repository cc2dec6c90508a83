"""A matter on its way through a procedure."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.procedures.models.versions import ProcedureVersion
from jiceng.registry.models import Unit

if TYPE_CHECKING:
    from jiceng.procedures.declarations import Procedure, Step


class Case(models.Model):
    """One run of a procedure at a unit. `version` goes up with every change: who has seen an
    older one may not go on from it.
    """

    WITHDRAWN = "withdrawn"  # the end that every procedure has, besides its own

    number = models.CharField(_("编号"), max_length=24, unique=True)
    procedure = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="cases")
    title = models.CharField(_("事项"), max_length=160)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cases")
    waits_at = models.ForeignKey(  # who is to act; the case's own unit unless a step moved it
        Unit, models.PROTECT, related_name="waiting_cases", verbose_name=_("待办单位")
    )
    step = models.CharField(_("当前步骤"), max_length=40, blank=True)  # empty: ended
    opened_on = models.DateField(_("提出日"))
    recorded_at = models.DateTimeField(_("记录时间"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    due_at = models.DateTimeField(_("期限时刻"), null=True, blank=True)  # of `due_on`, its last
    due_rule = models.CharField(_("期限依据"), max_length=200, blank=True)
    provisional = models.BooleanField(_("暂定"), default=False)  # a year's holidays not yet known
    outcome = models.CharField(_("结果"), max_length=40, blank=True)
    ended_on = models.DateField(_("办结日"), null=True, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="resubmissions"
    )
    version = models.PositiveIntegerField(_("版次"), default=1)

    procedure_id: int
    unit_id: int
    waits_at_id: int
    unit_name: str  # on the day asked for; only cases from `queries.cases_for` carry it

    class Meta:
        verbose_name = _("办理事项")
        constraints = [
            models.CheckConstraint(
                condition=Q(step="", ended_on__isnull=False) & ~Q(outcome="")
                | ~Q(step="") & Q(ended_on=None, outcome=""),
                name="case_waits_or_has_ended",
            ),
            models.CheckConstraint(
                condition=Q(previous=None) | ~Q(previous=F("id")), name="case_follows_another"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-opened_on"], name="case_of_unit"),
            models.Index(fields=["unit", "due_on"], condition=~Q(step=""), name="case_open"),
            models.Index(fields=["waits_at", "due_at"], condition=~Q(step=""), name="case_waiting"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number} {self.title}"

    @property
    def declaration(self) -> "Procedure":
        return self.procedure.declaration

    @property
    def current(self) -> "Step | None":
        return self.declaration.step(self.step) if self.step else None

    @property
    def ended(self) -> bool:
        return not self.step

    @property
    def subject(self) -> str:
        """Its name in the agenda, the audit and beside documents."""
        return f"procedures.case:{self.pk}"

    @property
    def outcome_title(self) -> str:
        if self.outcome == self.WITHDRAWN:
            return str(_("已撤回"))
        return self.declaration.ends.get(self.outcome, "")
