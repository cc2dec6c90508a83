"""Where every address begins."""

from django.urls import include, path

from jiceng.ui.views import choose_language

urlpatterns = [
    path("public/", include("jiceng.portal.urls")),
    path("api/", include("jiceng.api.urls")),
    path("language/", choose_language, name="set_language"),
    path("", include("jiceng.web.urls")),
]
