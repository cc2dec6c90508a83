from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "jiceng.ui"
    label = "ui"
