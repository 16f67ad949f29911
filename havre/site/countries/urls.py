"""The addresses of the pages of countries."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "countries"
urlpatterns = [
    path("knowledge/countries/", views.countries, name="list"),
    path("knowledge/countries/<str:country>/", views.country, name="country"),
    path("knowledge/countries/<str:country>/way/", views.new_way, name="new_way"),
    path("knowledge/countries/way/<uuid:pk>/", views.way, name="way"),
    path("knowledge/countries/way/<uuid:pk>/remove/", views.remove, name="remove"),
    path("country/", views.open_countries, name="open_list"),
    path("country/<str:country>/", views.open_country, name="open"),
]
