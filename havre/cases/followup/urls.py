from django.urls import path

from . import views

app_name = "followup"
urlpatterns = [
    path("people/<str:reference>/follow-up/", views.plan, name="plan"),
    path("people/<str:reference>/follow-up/<str:code>/", views.call, name="call"),
    path("people/<str:reference>/follow-up/<str:code>/lost/", views.lost, name="lost"),
    path("people/<str:reference>/follow-up/<str:code>/satisfaction/", views.satisfaction, name="satisfaction"),
]
