from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("people/new/", views.contact, name="contact"),
    path("people/<str:reference>/safety/", views.safety, name="safety"),
    path("people/<str:reference>/consent/", views.consent, name="consent"),
    path("people/<str:reference>/about/", views.about, name="about"),
    path("people/<str:reference>/reach/", views.reach, name="reach"),
    path("people/<str:reference>/note/", views.note, name="note"),
    path("people/<str:reference>/task/", views.task, name="task"),
    path("people/<str:reference>/task/<uuid:task>/done/", views.task_done, name="task_done"),
    path("people/<str:reference>/step/", views.move, name="move"),
    path("people/<str:reference>/circle/", views.circle, name="circle"),
    path("people/<str:reference>/circle/<int:principal>/out/", views.circle_out, name="circle_out"),
    path("people/<str:reference>/linked/", views.linked, name="linked"),
    path("people/<str:reference>/linked/<str:other>/undo/", views.unlink, name="unlink"),
    path("draft/<str:form>/<uuid:subject>/", views.draft, name="draft"),
]
