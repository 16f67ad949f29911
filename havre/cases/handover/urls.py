from django.urls import path

from . import views

app_name = "handover"
urlpatterns = [
    path("handover/", views.colleagues, name="list"),
    path("handover/<uuid:pk>/", views.one, name="one"),
    path("handover/<uuid:pk>/unread/", views.rehome, name="rehome"),
]
