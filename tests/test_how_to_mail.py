"""The how-to on mail, run as it is written, in an office with a mail server that asks for a password and TLS."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from havre.platform.database.cluster import Cluster
from havre.platform.notices.tests.post import Post, free_port

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "how-to" / "send-mail.md"
PASSWORD = "a calm bay"


def certificate(folder: Path) -> Path:
    """A certificate of `localhost` and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begun = datetime.now(UTC) - timedelta(hours=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begun, begun + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file = folder / "mail.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def office() -> Iterator[tuple[Path, Post]]:
    """A folder for data and password, and the mail server."""
    home = Path(tempfile.mkdtemp(prefix="havre-office-"))
    post = Post(port=free_port())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate(home))
    right = (b"havre@office.example", PASSWORD.encode())
    controller = Controller(
        post,
        hostname="localhost",
        port=post.port,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=lambda server, session, envelope, kind, data: AuthResult(
            success=(data.login, data.password) == right
        ),
    )
    controller.start()
    (home / "mail-password").write_text(PASSWORD + "\n")
    yield home, post
    controller.stop()
    Cluster(home / "data").remove()
    shutil.rmtree(home)


def script(home: Path, port: int) -> str:
    """The lines a reader would type, with the names of this office."""
    blocks = re.findall(r"```console\n(.*?)```", PAGE.read_text(), re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines() if line.strip()]
    havre = f'"{sys.executable}" -P -c "from havre.site.cli import main; main()"'
    text = "\n".join(["set -e", *lines]).replace(".venv/bin/havre", havre).replace("/srv/havre", str(home))
    return text.replace("mail.office.example", "localhost").replace("587", str(port))


def test_a_mail_goes_out_as_the_page_says(office):
    home, post = office
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "XDG_RUNTIME_DIR") if name in os.environ}
    told = {**kept, "PYTHONPATH": str(ROOT), "HAVRE_DATA": str(home / "data")} | {
        "SSL_CERT_FILE": str(home / "mail.pem")
    }
    done = subprocess.run(["sh", "-c", script(home, post.port)], env=told, cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "took a mail for you@office.example" in done.stdout
    assert post.came[0].rcpt_tos == ["you@office.example"] and "You have a task in Havre" in str(post.mails()[0])
    del told["SSL_CERT_FILE"]  # a certificate that nobody vouches for
    done = subprocess.run(["sh", "-c", script(home, post.port)], env=told, cwd=ROOT, text=True, capture_output=True)
    assert done.returncode == 1 and "CERTIFICATE_VERIFY_FAILED" in done.stderr and len(post.came) == 1
    assert PASSWORD not in done.stdout + done.stderr and "Traceback" not in done.stderr
