"""Procedures as they were published: word for word, never changed."""

import functools

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.procedures.declarations import Procedure
from jiceng.procedures.reading import procedure_of


class ProcedureVersion(models.Model):
    """One version of a procedure. Running cases stay on theirs."""

    code = models.CharField(_("代码"), max_length=60)
    version = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("名称"), max_length=80)
    text = models.TextField(_("全文"))
    digest = models.CharField(_("摘要"), max_length=64)
    published_at = models.DateTimeField(_("发布时间"))

    class Meta:
        verbose_name = _("程序版本")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="procedure_published_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}@{self.version}"

    @property
    def declaration(self) -> Procedure:
        return _read(self.digest, self.text)


@functools.lru_cache(maxsize=256)
def _read(_digest: str, text: str) -> Procedure:
    return procedure_of(text)
