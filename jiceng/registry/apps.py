from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "jiceng.registry"
    label = "registry"
