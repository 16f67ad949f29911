from django.apps import AppConfig


class GlassConfig(AppConfig):
    name = "havre.cases.glass"
    label = "glass"
    default_auto_field = "django.db.models.BigAutoField"
