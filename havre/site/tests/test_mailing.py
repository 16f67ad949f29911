"""How mail goes out is checked when the program starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from havre.platform.crypto.provider import KeyFault
from havre.site import mailing


@pytest.mark.parametrize(
    "way, host, result",
    [
        ("starttls", "mail.office.example", (True, False)),
        ("ssl", "mail.office.example", (False, True)),
        ("none", "127.0.0.1", (False, False)),
        ("none", "::1", (False, False)),
        ("none", "localhost", (False, False)),
        ("none", "", (False, False)),
    ],
)
def test_the_line_is_closed_but_to_this_very_machine(way, host, result):
    assert mailing.encryption(way, host) == result


@pytest.mark.parametrize("way, host", [("none", "mail.office.example"), ("none", "10.0.0.5"), ("tls", "localhost")])
def test_nothing_is_sent_in_the_open(way, host):
    with pytest.raises(ImproperlyConfigured):
        mailing.encryption(way, host)


def test_the_password_lies_in_a_file_of_its_owner_alone(tmp_path):
    file = tmp_path / "password"
    with pytest.raises(ImproperlyConfigured, match="is not there"):
        mailing.password(str(file))
    file.write_text("a calm bay\n")
    file.chmod(0o644)
    with pytest.raises(KeyFault, match="others may read it"):
        mailing.password(str(file))
    file.chmod(0o600)
    assert mailing.password(str(file)) == "a calm bay" and mailing.password("") == ""


def test_a_mail_server_needs_a_sender():
    assert mailing.sender("Havre <havre@office.example>", "mail.office.example") == "Havre <havre@office.example>"
    with pytest.raises(ImproperlyConfigured, match="HAVRE_MAIL_FROM"):
        mailing.sender("", "mail.office.example")
