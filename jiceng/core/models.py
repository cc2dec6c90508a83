"""Shapes that many packages' rows share; no table of its own."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.periods import FOREVER


class DatedQuerySet(models.QuerySet):
    """Rows that hold from a day on until another day, end exclusive."""

    def on(self, day: datetime.date) -> Self:
        """Keep what holds on `day`."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def open(self) -> Self:
        """Keep what has no end."""
        return self.filter(valid_to=FOREVER)


class Dated(models.Model):
    """A row that holds from `valid_from` until `valid_to`, end exclusive."""

    valid_from = models.DateField(_("生效日"))
    valid_to = models.DateField(_("失效日"), default=FOREVER)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint that a dated row holds for at least one day."""
    return models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name=name)
