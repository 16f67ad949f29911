"""Where services are found."""

from django.urls import path

from . import views

urlpatterns = [
    path("directory/find/", views.find, name="find"),
    path("directory/find/map/", views.find_map, name="find_map"),
]
