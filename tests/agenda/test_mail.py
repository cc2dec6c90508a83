"""E-mail against a server that speaks the protocol: what is known after each way of failing."""

import contextlib
import socketserver
import threading

import pytest

from jiceng.agenda.letters import Letter
from jiceng.agenda.ways import Email, NotNow, Refused, Uncertain

LETTER = Letter("【基层】有 1 件事等您办", "请登录后在“今日”里办理。\n")


class Conversation(socketserver.StreamRequestHandler):
    """Answers each command as the server's script says; hangs up where it says nothing."""

    def handle(self):
        self.say("220 ready")
        with contextlib.suppress(ConnectionError):
            while line := self.rfile.readline().decode().strip():
                command = line.split(":")[0].split(" ")[0].upper()
                answer = self.server.script.get(command, "250 fine")
                if not answer:
                    return
                self.say(answer)
                if answer.startswith("354") and not self.take():
                    return

    def take(self):
        letter = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            letter.append(line)
        self.server.letters.append(b"".join(letter).decode())
        if answer := self.server.script["after"]:
            self.say(answer)
        return bool(answer)

    def say(self, answer):
        self.wfile.write(f"{answer}\r\n".encode())


@pytest.fixture
def server(settings):
    settings.DEFAULT_FROM_EMAIL = "jiceng@example.org"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as listening:
        listening.daemon_threads = True
        listening.letters = []
        listening.script = {"DATA": "354 go on", "after": "250 taken", "QUIT": "221 bye"}
        settings.EMAIL_HOST, settings.EMAIL_PORT = listening.server_address
        settings.EMAIL_TIMEOUT = 5
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


def send():
    Email().send("wang@example.org", LETTER, key="digest-1")


def test_a_letter_is_taken(server):
    send()
    (letter,) = server.letters
    assert "To: wang@example.org" in letter
    assert "X-Jiceng-Key: digest-1" in letter


@pytest.mark.parametrize(
    ("answers", "error", "final"),
    [
        ({"RCPT": "550 no such user"}, Refused, True),
        ({"RCPT": "450 try later"}, Refused, False),
        ({"DATA": "452 full"}, Refused, False),
        ({"after": "554 not this"}, Refused, False),
        ({"MAIL": "550 who are you"}, NotNow, None),
        ({"after": ""}, Uncertain, None),  # it has the letter, and hangs up
        ({"DATA": ""}, Uncertain, None),
        ({"EHLO": "", "HELO": ""}, Uncertain, None),  # surely not, but the library does not say
    ],
)
def test_what_is_known_when_it_fails(server, answers, error, final):
    server.script |= answers
    with pytest.raises(error) as failed:
        send()
    assert getattr(failed.value, "final", None) is final


def test_an_answer_after_the_letter_was_taken_changes_nothing(server):
    server.script["QUIT"] = ""
    send()
    assert len(server.letters) == 1


def test_nobody_there_is_not_now(server, settings):
    server.shutdown()
    server.server_close()
    with pytest.raises(NotNow):
        send()
