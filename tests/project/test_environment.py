"""Settings from the environment: what is wrong is said in words before anything starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from jiceng.project.environment import mail


def test_without_an_address_there_is_no_mail_server():
    assert mail("", sender="").host == ""


@pytest.mark.parametrize(
    ("address", "scheme", "port"),
    [
        ("smtp://mail.example.org", "smtp", 25),
        ("smtps://mail.example.org", "smtps", 465),
        ("smtp+tls://u:p%40ss@mail.example.org", "smtp+tls", 587),
        ("smtp+tls://mail.example.org:2525", "smtp+tls", 2525),
    ],
)
def test_a_mail_server_has_its_port_by_its_scheme(address, scheme, port):
    found = mail(address, sender="a@example.org")
    assert (found.scheme, found.host, found.port) == (scheme, "mail.example.org", port)
    assert found.password in {"", "p@ss"}


@pytest.mark.parametrize(
    ("address", "sender"),
    [("mail.example.org", "a@b.org"), ("imap://x.org", "a@b.org"), ("smtp://", "a@b.org")],
)
def test_what_is_no_mail_server_is_refused(address, sender):
    with pytest.raises(ImproperlyConfigured, match="JICENG_MAIL"):
        mail(address, sender=sender)


def test_a_mail_server_needs_a_sender():
    with pytest.raises(ImproperlyConfigured, match="JICENG_MAIL_FROM"):
        mail("smtp://mail.example.org", sender="")
