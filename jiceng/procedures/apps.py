from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "jiceng.procedures"
    label = "procedures"
