from django.urls import path

from . import views

app_name = "returns"
FILE = "people/<str:reference>/return/"
urlpatterns = [
    path(FILE, views.journey, name="journey"),
    path(f"{FILE}option/", views.option, name="option"),
    path(f"{FILE}prepare/", views.prepare, name="prepare"),
    path(f"{FILE}declaration/", views.declaration, name="declaration"),
    path(f"{FILE}receiving/", views.receiving, name="receiving"),
    path(f"{FILE}leg/", views.leg, name="leg"),
    path(f"{FILE}leg/<uuid:pk>/", views.leg_edit, name="leg_edit"),
    path(f"{FILE}leg/<uuid:pk>/drop/", views.leg_drop, name="leg_drop"),
    path(f"{FILE}paper/", views.paper, name="paper"),
    path(f"{FILE}paper/<uuid:pk>/", views.paper_edit, name="paper_edit"),
    path(f"{FILE}depart/", views.depart, name="depart"),
    path(f"{FILE}arrival/", views.arrival, name="arrival"),
    path(f"{FILE}handover/", views.handover, name="handover"),
    path(f"{FILE}end/", views.end, name="end"),
    path(f"{FILE}again/", views.again, name="again"),
    path(f"{FILE}<int:number>/told/", views.told, name="told"),
]
