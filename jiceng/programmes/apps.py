from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "jiceng.programmes"
    label = "programmes"
