"""Staff pages, one module of addresses for each package; all under one name space."""

from django.urls.resolvers import URLPattern, URLResolver

from jiceng.web.access import urls as access
from jiceng.web.agenda import urls as agenda
from jiceng.web.audit import urls as audit
from jiceng.web.decisions import urls as decisions
from jiceng.web.documents import urls as documents
from jiceng.web.exchange import urls as exchange
from jiceng.web.feedback import urls as feedback
from jiceng.web.measures import urls as measures
from jiceng.web.notices import urls as notices
from jiceng.web.orders import grids_urls as grids
from jiceng.web.orders import urls as orders
from jiceng.web.orders.voluntary import urls as voluntary
from jiceng.web.procedures import urls as procedures
from jiceng.web.programmes import urls as programmes
from jiceng.web.registry import urls as registry
from jiceng.web.rules import urls as rules

app_name = "web"
urlpatterns: list[URLPattern | URLResolver] = [
    *access.urlpatterns,
    *agenda.urlpatterns,
    *audit.urlpatterns,
    *decisions.urlpatterns,
    *documents.urlpatterns,
    *exchange.urlpatterns,
    *feedback.urlpatterns,
    *grids.urlpatterns,
    *measures.urlpatterns,
    *notices.urlpatterns,
    *orders.urlpatterns,
    *procedures.urlpatterns,
    *programmes.urlpatterns,
    *registry.urlpatterns,
    *rules.urlpatterns,
    *voluntary.urlpatterns,
]
