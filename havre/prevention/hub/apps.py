from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "havre.prevention.hub"
    label = "prevention"
    default_auto_field = "django.db.models.BigAutoField"
