from django.urls import path

from . import views

app_name = "screening"
urlpatterns = [
    path("people/<str:reference>/screening/", views.start, name="start"),
    path("people/<str:reference>/screening/<str:letter>/", views.section, name="section"),
    path("people/<str:reference>/finding/", views.finding, name="finding"),
    path("people/<str:reference>/finding/confirm/", views.confirm, name="confirm"),
]
