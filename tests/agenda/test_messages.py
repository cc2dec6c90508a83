"""The outbox: each message at most once, in a digest, by day; a crash loses nothing that waits."""

import datetime
import smtplib
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jiceng.access.models import Grant
from jiceng.agenda import outbox, ways
from jiceng.agenda.models import Digest, Message
from jiceng.agenda.operations import ask, close
from jiceng.agenda.queries import digests_of
from tests.agenda.conftest import asked, at, run

ASKED = at("2017-06-01 10:00")  # a Thursday
State = Digest.State


def states():
    return list(Digest.objects.order_by("slot", "pk").values_list("state", flat=True))


@pytest.fixture
def waiting(county, secretary, wants, sent_files):
    """Two things wait for a secretary who wants e-mail."""
    wants(secretary)
    due = datetime.datetime(2017, 6, 8, 12, tzinfo=datetime.UTC)
    ask([asked(county, 1, due_at=due, rule="某规定"), asked(county, 2)], at=ASKED)
    return sent_files


def test_everything_since_the_last_time_comes_as_one_letter_at_the_next(waiting, settings):
    settings.SITE_ADDRESS = "https://jiceng.example.gov.cn"
    run("2017-06-01 13:59")
    assert waiting() == []

    run("2017-06-01 14:00")
    (letter,) = waiting()
    assert letter.startswith("secretary@example.org\n【基层】有 2 件事等您办\n")
    assert "1. 上村委会：走访 1\n   期限：2017-06-08（某规定）\n" in letter
    assert "2. 上村委会：走访 2\n" in letter
    assert "20:00 到次日 08:00、周末和节假日不发" in letter

    for moment in ("2017-06-01 14:01", "2017-06-02 08:00", "2017-06-02 14:00"):
        run(moment)
    assert waiting() == [letter]
    assert states() == [State.SENT]


def test_a_letter_links_only_where_the_site_has_an_address(county, waiting, settings):
    ask([asked(county, 3, address="/units/7/")], at=ASKED)
    run("2017-06-01 14:00")
    assert "/units/7/" not in waiting()[0]

    settings.SITE_ADDRESS = "https://jiceng.example.gov.cn"
    ask([asked(county, 4, address="/units/8/")], at=at("2017-06-01 15:00"))
    run("2017-06-02 08:00")
    assert "   https://jiceng.example.gov.cn/units/8/\n" in waiting()[1]


@pytest.mark.parametrize(
    ("written", "quiet", "sent"),
    [
        ("2017-06-01 21:00", "2017-06-02 07:59", "2017-06-02 08:00"),  # overnight
        ("2017-06-02 17:00", "2017-06-04 12:00", "2017-06-05 08:00"),  # over a weekend
        ("2017-09-29 17:00", "2017-09-30 07:00", "2017-09-30 08:00"),  # a worked Saturday
        ("2017-09-30 17:00", "2017-10-08 12:00", "2017-10-09 08:00"),  # over the National Day
    ],
)
def test_nothing_goes_out_in_quiet_hours(
    county, secretary, wants, sent_files, written, quiet, sent
):
    wants(secretary)
    ask([asked(county)], at=at(written))
    run(quiet)
    assert sent_files() == []
    run(sent)
    assert len(sent_files()) == 1


def test_a_long_run_ends_when_the_quiet_begins(county, officer, secretary, wants, sent_files):
    wants(officer, secretary)
    ask([asked(county), asked(county, unit=county.town, role="town.officer")], at=ASKED)
    clock = iter([at("2017-06-01 19:59:59"), at("2017-06-01 20:00")])
    outbox.send_due(at("2017-06-01 19:59"), lambda: next(clock))

    assert sorted(states()) == [State.SENT, State.WAITING]
    run("2017-06-02 08:00")
    assert sorted(states()) == [State.SENT, State.SENT]


def test_only_who_gave_an_address_is_told_and_only_by_what_is_switched_on(
    county,
    secretary,
    officer,
    wants,
    sent_files,
):
    wants(officer, way="sms")
    ask([asked(county), asked(county, unit=county.town, role="town.officer")], at=ASKED)
    run("2017-06-01 14:00")

    assert sent_files() == []
    assert states() == []
    assert not Message.objects.filter(settled_at=None).exists()


def test_a_vacant_post_s_message_goes_to_who_answers_for_it(county, officer, wants, sent_files):
    wants(officer)
    ask([asked(county)], at=ASKED)
    run("2017-06-01 14:00")
    assert sent_files()[0].startswith("officer@")


def test_who_asked_is_not_told_of_what_he_asked_himself(county, secretary, wants, sent_files):
    wants(secretary)
    ask([asked(county, asked_by=secretary)], at=ASKED)
    run("2017-06-01 14:00")
    assert sent_files() == []


def test_what_is_done_before_it_is_sent_is_not_sent(waiting):
    close("orders.visit", ["orders.order:1"], at=ASKED)
    run("2017-06-01 14:00")
    assert "走访 1" not in waiting()[0]
    assert "走访 2" in waiting()[0]

    close("orders.visit", ["orders.order:2"], at=ASKED)
    assert len(waiting()) == 1


def test_a_digest_of_which_nothing_waits_any_more_is_dropped(waiting):
    with patch.object(ways.Files, "send", side_effect=ways.NotNow):
        run("2017-06-01 14:00")
    close("orders.visit", ["orders.order:1", "orders.order:2"], at=ASKED)
    run("2017-06-01 14:05")

    assert (waiting(), states()) == ([], [State.DROPPED])


def test_who_no_longer_answers_is_not_told(waiting, county):
    with patch.object(ways.Files, "send", side_effect=ways.NotNow):
        run("2017-06-01 14:00")
    Grant.objects.update(valid_to=at("2017-06-02 00:00").date())
    run("2017-06-02 08:00")

    assert (waiting(), states()) == ([], [State.DROPPED])


def test_what_is_asked_again_is_told_again_and_what_waits_is_not(county, waiting):
    ask([asked(county, 1)], at=ASKED)
    assert Message.objects.count() == 2
    close("orders.visit", ["orders.order:1"], at=ASKED)
    ask([asked(county, 1)], at=ASKED)
    assert Message.objects.count() == 3


def test_what_was_written_late_for_a_time_already_sent_waits_for_the_next(county, waiting):
    run("2017-06-01 14:00")
    ask([asked(county, 3)], at=at("2017-06-01 13:59"))  # a long transaction, committed only now
    run("2017-06-01 14:05")
    assert len(waiting()) == 1
    run("2017-06-02 08:00")
    assert len(waiting()) == 2
    assert "走访 3" in waiting()[1]


def test_a_crash_while_composing_loses_nothing_and_doubles_nothing(waiting):
    lines = Digest.messages.through.objects
    with (
        patch.object(type(lines), "bulk_create", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        run("2017-06-01 14:00")
    assert states() == []
    run("2017-06-01 14:01")
    run("2017-06-01 14:02")
    assert len(waiting()) == 1


def test_a_crash_between_composing_and_sending_loses_nothing(waiting):
    with (
        patch.object(outbox, "_send", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        run("2017-06-01 14:00")
    assert states() == [State.WAITING]
    run("2017-06-01 14:01")
    assert len(waiting()) == 1


@pytest.mark.parametrize("before", [True, False], ids=["before sending", "after sending"])
def test_after_a_crash_while_sending_a_way_that_repeats_harmlessly_is_asked_again(waiting, before):
    send = ways.Files.send

    def crash(self, *letter, **key):
        if not before:
            send(self, *letter, **key)
        raise KeyboardInterrupt

    with patch.object(ways.Files, "send", crash), pytest.raises(KeyboardInterrupt):
        run("2017-06-01 14:00")
    assert states() == [State.SENDING]
    run("2017-06-01 14:05")  # it might still be running
    assert states() == [State.SENDING]
    run("2017-06-01 14:20")

    assert (len(waiting()), states()) == (1, [State.SENT])


@pytest.fixture
def by_mail(settings, waiting):
    settings.MESSAGES_TO_FILES = []
    settings.EMAIL_HOST = "mail.example.org"
    settings.DEFAULT_FROM_EMAIL = "jiceng@example.org"


def failing(error, *, sends=False):
    """Let the mail server fail with `error`, having taken the letter first or not."""
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    original = mail.backends.locmem.EmailBackend.send_messages

    def send(self, letters):
        if sends:
            original(self, letters)
        raise error

    return patch(backend, send)


def test_by_mail_it_is_plain_text_that_asks_for_no_answer(by_mail):
    run("2017-06-01 14:00")
    (letter,) = mail.outbox
    assert letter.to == ["secretary@example.org"]
    assert letter.from_email == "jiceng@example.org"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Disposition-Notification-To" not in letter.message()
    assert letter.message().get_content_type() == "text/plain"


def test_after_a_crash_while_mailing_it_is_not_sent_again_and_says_so(by_mail, secretary):
    with failing(KeyboardInterrupt(), sends=True), pytest.raises(KeyboardInterrupt):
        run("2017-06-01 14:00")
    run("2017-06-01 14:20")
    run("2017-06-02 08:00")

    assert len(mail.outbox) == 1
    (digest,) = digests_of(secretary)
    assert digest.state == State.UNCERTAIN
    assert len(digest.messages.all()) == 2


@pytest.mark.parametrize(
    ("error", "state", "letters"),
    [
        (smtplib.SMTPServerDisconnected("gone"), State.UNCERTAIN, 0),
        (TimeoutError(), State.UNCERTAIN, 0),
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}), State.REFUSED, 0),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"try later")}), State.SENT, 1),
        (smtplib.SMTPDataError(452, b"full"), State.SENT, 1),
        (smtplib.SMTPSenderRefused(550, b"who?", "jiceng@example.org"), State.SENT, 1),
    ],
)
def test_what_is_surely_not_sent_is_tried_again_and_what_may_be_is_not(
    by_mail, error, state, letters
):
    with failing(error):
        run("2017-06-01 14:00")
    run("2017-06-01 14:01")

    assert (states(), len(mail.outbox)) == ([state], letters)


def test_a_server_that_cannot_be_reached_is_asked_once_a_run(by_mail, county, officer, wants):
    wants(officer)
    ask([asked(county, 9, unit=county.town, role="town.officer")], at=ASKED)
    opening = "django.core.mail.backends.locmem.EmailBackend.open"
    with patch(opening, side_effect=ConnectionRefusedError, create=True) as opened:
        run("2017-06-01 14:00")
    assert opened.call_count == 1
    assert states() == [State.WAITING, State.WAITING]

    run("2017-06-01 14:01")
    assert len(mail.outbox) == 2


def test_two_processes_at_once_send_it_once(waiting):
    """The second comes while the first is sending."""
    send = ways.Files.send
    calls = []

    def meanwhile(self, *letter, **key):
        calls.append(key)
        run("2017-06-01 14:00")
        send(self, *letter, **key)

    with patch.object(ways.Files, "send", meanwhile):
        run("2017-06-01 14:00")

    assert len(calls) == 1
    assert states() == [State.SENT]


def test_an_adapter_of_the_installation_s_own_is_asked(county, secretary, wants):
    letters = []

    class WeCom:
        repeatable = True

        def send(self, address, letter, *, key):
            letters.append((address, letter.subject, key))

    wants(secretary, way="wecom")
    ask([asked(county)], at=ASKED)
    with patch.dict(ways._REGISTERED, {"wecom": WeCom}):
        run("2017-06-01 14:00")

    digest = Digest.objects.get()
    assert letters == [("secretary@example.org", "【基层】有 1 件事等您办", f"digest-{digest.pk}")]
    assert digest.way == "wecom"


def test_a_letter_is_in_the_reader_s_language(english, waiting, secretary):
    secretary.language = "en"
    secretary.save()
    run("2017-06-01 14:00")
    assert "2 things wait for you" in waiting()[0]
    assert "走访 1" in waiting()[0]


def test_what_was_sent_is_forgotten_in_time_and_what_waits_never(county, waiting):
    run("2017-06-01 14:00")
    close("orders.visit", ["orders.order:1"], at=ASKED)
    outbox.forget_old(at("2017-08-30 13:00"))
    assert Digest.objects.count() == 1

    outbox.forget_old(at("2017-08-30 15:00"))
    assert Digest.objects.count() == 0
    assert list(Message.objects.values_list("item__subject", flat=True)) == ["orders.order:2"]


def test_the_number_of_statements_to_compose_does_not_grow(
    county, officer, secretary, wants, waiting
):
    wants(officer)
    taken = []
    for day, count in ((2, 5), (5, 100)):
        ask([asked(county, 1000 * day + n) for n in range(count)], at=at(f"2017-06-0{day} 07:00"))
        with CaptureQueriesContext(connection) as statements:
            while outbox._compose_some(at(f"2017-06-0{day} 08:00"), at(f"2017-06-0{day} 08:00")):
                pass
        taken.append(len(statements))
    assert taken[0] == taken[1]
