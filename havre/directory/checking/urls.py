from django.urls import path

from . import open_views, twin_views, views

urlpatterns = [
    path("directory/check/thanks/", open_views.thanks, name="thanks"),
    path("directory/check/<str:token>/", open_views.check, name="check"),
    path("directory/checked/<slug:entity>/<uuid:pk>/", views.checked, name="checked"),
    path("directory/ask/<uuid:pk>/", views.ask, name="ask"),
    path("directory/suggest/<slug:entity>/<uuid:pk>/", views.suggest, name="suggest"),
    path("directory/suggest/new/<slug:entity>/<uuid:pk>/", views.suggest_new, name="suggest_new"),
    path("directory/suggestions/", views.suggestions, name="suggestions"),
    path("directory/suggestions/<uuid:pk>/", views.suggestion, name="suggestion"),
    path("directory/duplicates/", twin_views.duplicates, name="duplicates"),
    path("directory/duplicates/<uuid:first>/<uuid:second>/", twin_views.duplicate, name="duplicate"),
]
