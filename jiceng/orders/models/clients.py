"""Which program sent an order through the API: it may add to what it sent, and to nothing else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jiceng.accounts.models import ApiClient
from jiceng.orders.models.orders import Order


class ClientOrder(models.Model):
    """That an order came from an API client."""

    order = models.OneToOneField(
        Order, models.PROTECT, primary_key=True, related_name="client_order"
    )
    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="orders")

    class Meta:
        verbose_name = _("接口诉求")

    def __str__(self) -> str:
        return f"#{self.order_id}"  # type: ignore[attr-defined]
