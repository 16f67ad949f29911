from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "havre.cases.sharing"
    label = "sharing"
