from django.urls import path

from . import views

app_name = "sharing"
urlpatterns = [
    path("shared/", views.mine, name="mine"),
    path("people/<str:reference>/share/", views.share, name="share"),
    path("people/<str:reference>/share/<int:principal>/end/", views.end, name="end"),
    path("people/<str:reference>/restrict/", views.restrict, name="restrict"),
    path("people/<str:reference>/why/", views.explain, name="explain"),
]
