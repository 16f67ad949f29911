from django.urls import path

from . import views

app_name = "agreements"
urlpatterns = [
    path("agreements/", views.every, name="list"),
    path("agreements/<uuid:pk>/", views.one, name="one"),
    path("agreements/<uuid:pk>/answer/", views.answer, name="answer"),
]
