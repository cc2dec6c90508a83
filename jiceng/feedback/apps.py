from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "jiceng.feedback"
    label = "feedback"
