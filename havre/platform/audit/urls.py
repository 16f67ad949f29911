from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("seen/", views.events, name="events"),
    path("seen/unusual/", views.unusual_access, name="unusual"),
    path("seen/seals/", views.seals, name="seals"),
    path("seen/seals/head.txt", views.head, name="head"),
    path("seen/file/<uuid:file>/", views.one_file, name="file"),
]
