from django.urls import path

from . import views

app_name = "reintegration"
urlpatterns = [
    path("people/<str:reference>/reintegration/", views.life, name="life"),
    path("people/<str:reference>/reintegration/answers/", views.answers, name="answers"),
    path("people/<str:reference>/reintegration/survey/", views.survey, name="survey"),
    path(
        "people/<str:reference>/reintegration/survey/<str:contact>/<str:dimension>/", views.dimension, name="dimension"
    ),
    path("people/<str:reference>/grant/", views.grant, name="grant"),
    path("people/<str:reference>/grant/<uuid:pk>/", views.grant, name="grant_edit"),
    path("people/<str:reference>/instalment/<uuid:pk>/paid/", views.paid, name="paid"),
    path("people/<str:reference>/instalment/<uuid:pk>/receipt/", views.receipt, name="receipt"),
    path("people/<str:reference>/enterprise/", views.enterprise, name="enterprise"),
    path("people/<str:reference>/enterprise/<uuid:pk>/", views.enterprise, name="enterprise_edit"),
    path("people/<str:reference>/enterprise/<uuid:pk>/<int:month>/", views.check, name="check"),
]
