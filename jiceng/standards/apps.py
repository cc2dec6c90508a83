from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "jiceng.standards"
    label = "standards"
