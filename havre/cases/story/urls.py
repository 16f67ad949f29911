from django.urls import URLPattern

app_name = "story"
urlpatterns: list[URLPattern] = []
