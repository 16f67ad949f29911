from django.urls import path

from . import views

app_name = "casefile"
urlpatterns = [
    path("", views.today, name="today"),
    path("people/", views.people, name="list"),
    path("people/<str:reference>/", views.case, name="case"),
    path("people/<str:reference>/seen/", views.who, name="who"),
]
