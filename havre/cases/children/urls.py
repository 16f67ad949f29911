from django.urls import path

from . import views

app_name = "children"
urlpatterns = [
    path("people/<str:reference>/child/", views.file, name="file"),
    path("people/<str:reference>/child/circumstances/", views.circumstances, name="circumstances"),
    path("people/<str:reference>/child/guardian/", views.guardian, name="guardian"),
    path("people/<str:reference>/child/guardian/<uuid:pk>/", views.guardian_edit, name="guardian_edit"),
    path("people/<str:reference>/child/assessment/", views.assess, name="assess"),
    path("people/<str:reference>/child/determination/", views.determine, name="determine"),
    path("people/<str:reference>/child/interest/<uuid:pk>/", views.interest, name="interest"),
]
