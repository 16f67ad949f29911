from django.urls import path

from . import views

app_name = "health"
urlpatterns = [
    path("people/<str:reference>/health/", views.file, name="file"),
    path("people/<str:reference>/health/add/", views.add, name="add"),
    path("people/<str:reference>/health/topics/", views.topics, name="topics"),
    path("people/<str:reference>/health/travel/", views.fitness, name="fitness"),
    path("people/<str:reference>/health/test/", views.test, name="test"),
    path("people/<str:reference>/health/test/<uuid:pk>/", views.result, name="result"),
    path("people/<str:reference>/health/<uuid:pk>/", views.record, name="record"),
]
