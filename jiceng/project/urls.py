"""Where every address begins."""

from django.urls import include, path

urlpatterns = [
    path("public/", include("jiceng.portal.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("jiceng.web.urls")),
]
