"""The address of this room."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "knowledge"
urlpatterns = [path("knowledge/", views.hub, name="hub")]
