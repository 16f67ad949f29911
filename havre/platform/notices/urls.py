from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("notices/<uuid:pk>/", views.read, name="read"),
    path("me/mail/", views.address, name="address"),
]
