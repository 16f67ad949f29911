from django.urls import path

from . import views

app_name = "intake"
urlpatterns = [
    path("people/group/", views.group, name="group"),
    path("people/group/<uuid:group>/", views.together, name="together"),
    path("people/from-abroad/", views.abroad, name="abroad"),
    path("people/identified-elsewhere/", views.identified, name="identified"),
    path("people/<str:reference>/identified-elsewhere/", views.elsewhere, name="elsewhere"),
]
