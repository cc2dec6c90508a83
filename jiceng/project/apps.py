from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "jiceng.project"
    label = "project"
