from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "jiceng.audit"
    label = "audit"

    def ready(self) -> None:
        from jiceng.audit.protection import protect

        post_migrate.connect(protect, sender=self)
