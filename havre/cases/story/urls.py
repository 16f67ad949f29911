from django.urls import path

from . import views

app_name = "story"
urlpatterns = [
    path("people/<str:reference>/story/", views.story, name="story"),
    path("people/<str:reference>/story/whole/", views.episode, name="episode"),
    path("people/<str:reference>/story/again/", views.again, name="again"),
    path("people/<str:reference>/story/part/", views.leg, name="leg"),
    path("people/<str:reference>/story/part/<uuid:pk>/", views.leg_edit, name="leg_edit"),
    path("people/<str:reference>/story/part/<uuid:pk>/move/", views.leg_move, name="leg_move"),
    path("people/<str:reference>/story/part/<uuid:pk>/remove/", views.leg_remove, name="leg_remove"),
    path("people/<str:reference>/story/known/<slug:name>/", views.codes, name="codes"),
    path("people/<str:reference>/story/who/", views.perpetrator, name="perpetrator"),
    path("people/<str:reference>/story/who/<uuid:pk>/", views.perpetrator_edit, name="perpetrator_edit"),
]
