from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "havre.prevention.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
