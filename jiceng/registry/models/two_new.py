"""Private enterprises and social organisations (两新组织), and the party body each has or lacks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jiceng.core.models import Dated, ends_after_it_begins
from jiceng.registry.models.batches import Batched
from jiceng.registry.models.units import Unit


class TwoNewOrg(Dated, Batched):
    """An enterprise or social organisation in operation, standing in a division."""

    class Kind(models.TextChoices):
        PRIVATE_ENTERPRISE = "private_enterprise", _("非公企业")
        SOCIAL_ORGANISATION = "social_organisation", _("社会组织")

    number = models.CharField(_("编号"), max_length=32, unique=True)  # unified social credit code
    name = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("类别"), max_length=20, choices=Kind)
    division = models.ForeignKey(Unit, models.PROTECT, related_name="two_new_orgs")
    staff = models.PositiveIntegerField(_("从业人数"), null=True, blank=True)
    members = models.PositiveIntegerField(_("党员人数"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("记录时间"))

    class Meta:
        verbose_name = _("两新组织")
        constraints = [ends_after_it_begins("two_new_org_ends_after_it_begins")]
        indexes = [models.Index(fields=["recorded_at"], name="two_new_org_by_recorded_at")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class OrganisationLink(Dated, Batched):
    """That a party organisation is an enterprise's own, or the joint one it belongs to."""

    two_new_org = models.ForeignKey(TwoNewOrg, models.PROTECT, related_name="links")
    organisation = models.ForeignKey(Unit, models.PROTECT, related_name="two_new_links")
    joint = models.BooleanField(_("联合组建"), default=False)

    class Meta:
        verbose_name = _("组建关系")
        constraints = [
            ends_after_it_begins("organisation_link_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["two_new_org", "organisation"],
                condition=Q(valid_to="9999-12-31"),
                name="organisation_link_once_open",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.two_new_org_id}-{self.organisation_id}"
