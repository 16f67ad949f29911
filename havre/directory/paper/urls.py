"""Where the paper of the directory is reached."""

from django.urls import path

from . import views

urlpatterns = [
    path("directory/in/<str:country>/emergency/", views.emergency, name="emergency"),
    path("directory/in/<str:country>/booklet/", views.booklet, name="booklet"),
    path("directory/contact/<uuid:pk>.vcf", views.card, name="vcard"),
]
