from django.apps import AppConfig


class ReintegrationConfig(AppConfig):
    name = "havre.cases.reintegration"
    label = "reintegration"
    default_auto_field = "django.db.models.BigAutoField"
