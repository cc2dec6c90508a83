from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "jiceng.rules"
    label = "rules"
