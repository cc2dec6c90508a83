from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "jiceng.agenda"
    label = "agenda"
