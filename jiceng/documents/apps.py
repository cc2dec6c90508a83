from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "jiceng.documents"
    label = "documents"
