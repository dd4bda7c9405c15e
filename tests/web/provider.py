"""A small OpenID provider on loopback: discovery, keys, code flow that insists on PKCE."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT = "oit"
SECRET = "ความลับของทดสอบ-1"


class TestProvider:
    """Signs whoever `person` is in at once; `lie` changes the claims, `key` what they are signed with."""

    __test__ = False

    def __init__(self) -> None:
        self.address = ""
        self.person: dict[str, Any] = {"sub": "s-1", "preferred_username": "Somjai", "name": "สมใจ"}
        self.lie: dict[str, Any] = {}
        self.published = _key()
        self.key = self.published
        self.algorithm = "RS256"
        self._codes: dict[str, dict[str, str]] = {}

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self._codes.pop(form.get("code", ""), None)
        fits = asked is not None and (
            create_s256_code_challenge(form["code_verifier"]) == asked["code_challenge"]
            and (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)
            and form["redirect_uri"] == asked["redirect_uri"]
        )
        if asked is None or not fits:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60,
            "nonce": asked["nonce"], **self.person, **self.lie,
        }  # fmt: skip
        header = {"alg": self.algorithm, "kid": "k1"}
        signed = jwt.encode(header, claims, self.key, [self.algorithm])
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def keys(self) -> dict[str, Any]:
        return dict(KeySet([self.published]).as_dict(private=False))


@contextmanager
def provided() -> Iterator[TestProvider]:
    provider = TestProvider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(_flat(parts.query)))
                self.end_headers()
            elif parts.path == "/keys":
                self._tell(200, provider.keys())
            else:
                self._tell(200, provider.described())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._tell(*provider.token(_flat(body)))

        def _tell(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@cache
def _key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1", "alg": "RS256", "use": "sig"})


def _flat(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
