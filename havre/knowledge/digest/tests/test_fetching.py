"""What is fetched comes from allowed, public places, whole, in time and not too large; or a fault says why."""

from __future__ import annotations

import socket
import ssl
import threading
import time

import pytest

from havre.platform.fetching import Fault, fetch, host_of, is_allowed, is_public
from tests.test_how_to_mail import certificate

HERE = ["127.0.0.1"]


def fault(url, hosts=HERE):
    with pytest.raises(Fault) as found:
        fetch(url, hosts=hosts)
    return found.value.code


def test_it_brings_what_stands_there_and_does_not_bring_it_twice(web):
    came = fetch(web.url("ministry"), hosts=HERE)
    assert b"<rss" in came.body and came.etag == '"one"' and not came.same
    assert fetch(web.url("ministry"), hosts=HERE, etag=came.etag).same
    assert fetch(web.url("paper"), hosts=HERE).body.startswith(b"<?xml")  # it came packed
    assert fetch(web.url("moved"), hosts=HERE).url == web.url("atom")


@pytest.mark.parametrize(
    "path, code",
    [
        *(("dead", "status"), ("nowhere", "status"), ("huge", "large"), ("bomb", "large"), ("private", "private")),
        *(("loop", "moved"), ("cut", "garbled"), ("garbled", "garbled"), ("drip", "slow"), ("silent", "slow")),
    ],
)
def test_each_bad_answer_is_a_fault_and_takes_no_longer_than_it_may(web, path, code):
    began = time.monotonic()
    assert fault(web.url(path)) == code
    assert time.monotonic() - began < 1


def test_a_redirect_to_a_private_address_is_not_followed_though_it_were_allowed(web):
    assert fault(web.url("private"), [*HERE, "169.254.169.254"]) == "private"


@pytest.mark.parametrize(
    "url, code",
    [
        ("http://news.example/feed", "address"),
        ("ftp://news.example/feed", "address"),
        ("https://user@news.example/", "address"),
        ("https://news.example:22/", "address"),
        ("https:///feed", "address"),
        ("https://news.example\\@evil.example/", "address"),
        ("https://evil.example/?news.example", "not_allowed"),
        ("https://notnews.example/", "not_allowed"),
        ("https://127.0.0.1/", "private"),
        ("https://2130706433/", "private"),
        ("https://0x7f.1/", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://localhost/", "private"),
    ],
)
def test_an_address_that_may_not_be_asked_is_not_asked(settings, url, code):
    settings.HAVRE_FETCH_LOOPBACK = False
    hosts = ["news.example", "127.0.0.1", "2130706433", "0x7f.1", "::1", "::ffff:10.0.0.1", "localhost"]
    assert fault(url, hosts) == code


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "127.0.0.1", "0.0.0.0"),
        *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:192.168.0.1", "64:ff9b::a00:1", "2002:a00:1::", "2001:0:a00:1::", "2001:db8::1"),
    ],
)
def test_private_and_local_ranges_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"])
def test_what_anybody_may_ask_is_public(address):
    assert is_public(address)


def test_a_name_lets_its_subdomains_in_and_no_other():
    assert is_allowed("a.news.example", ["news.example"]) and not is_allowed("news.example.evil", ["news.example"])
    assert (
        host_of("https://NEWS.Example./x") == "news.example"
        and host_of("https://bücher.example") == "xn--bcher-kva.example"
    )


def test_the_line_goes_to_the_address_that_was_looked_at(web, monkeypatch):
    """A name that would answer otherwise the second time is asked once only."""
    answers = [[(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", web.port))]]
    usual = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *args, **more: answers.pop() if host == "news.example" else usual(host, *args, **more),
    )
    assert fetch(f"http://news.example:{web.port}/ministry", hosts=["news.example"]).body
    assert answers == [] and web.asked[0][1]["Host"] == f"news.example:{web.port}"


def test_a_server_that_does_not_prove_who_it_is_gets_no_question(tmp_path, settings):
    settings.HAVRE_FETCH_LOOPBACK = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(tmp_path))
    got = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            line, _from = server.accept()
            try:
                got.append(context.wrap_socket(line, server_side=True).recv(10))
            except OSError:
                line.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        assert fault(f"https://localhost:{server.getsockname()[1]}/", ["localhost"]) == "tls"
        thread.join(2)
    assert got == []
