"""Asking an OpenID provider who somebody is: code flow with PKCE, state and nonce.

All three follow from one secret in the browser's cookie, so nothing is kept here in between.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from threading import Lock
from typing import Any

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from web.openid_settings import OpenIdSettings

TIMEOUT_S = 10.0
KNOWN_FOR_S = 600.0
SIGNED_WITH = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Only signatures by a key that the provider alone has."""
_LEEWAY_S = 60
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderError(RuntimeError):
    """The provider could not be asked, or its answer proves nothing; the text is for the log."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One login under way, all of it from the secret in the browser's cookie."""

    secret: str

    @property
    def state(self) -> str:
        """What the provider must send back."""
        return self._of("state")

    @property
    def nonce(self) -> str:
        """What must stand in the signed answer."""
        return self._of("nonce")

    @property
    def verifier(self) -> str:
        """What shows that whoever began the login also ends it."""
        return self._of("verifier")

    def _of(self, purpose: str) -> str:
        return hashlib.sha256(f"openid {purpose}:{self.secret}".encode()).hexdigest()


class Provider:
    """The provider of one set of settings; what it says of itself is kept for some minutes."""

    def __init__(self, settings: OpenIdSettings) -> None:
        """Ask nothing yet."""
        self.settings = settings
        self._lock = Lock()
        self._known: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}
        self._until = 0.0

    def login_address(self, flow: Flow, back: str) -> str:
        """Where to send the browser; `back` is our address that it returns to."""
        return str(
            prepare_grant_uri(
                self._described()["authorization_endpoint"],
                client_id=self.settings.client_id,
                response_type="code",
                redirect_uri=back,
                scope=self.settings.scope,
                state=flow.state,
                nonce=flow.nonce,
                code_challenge=create_s256_code_challenge(flow.verifier),
                code_challenge_method="S256",
            )
        )

    def claims(self, flow: Flow, code: str, back: str) -> dict[str, Any]:
        """What the provider says, signed, of the person for whom it gave `code`.

        Raises `ProviderError`.
        """
        described = self._described()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": self.settings.client_id,
            "code_verifier": flow.verifier,
        }
        if self.settings.client_secret:
            form["client_secret"] = self.settings.client_secret
        answer = _json("POST", described["token_endpoint"], form)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("no id_token in the answer")
        return self._checked(token, flow)

    def _checked(self, token: str, flow: Flow) -> dict[str, Any]:
        must = JWTClaimsRegistry(
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self._described()["issuer"]},
            aud={"essential": True, "value": self.settings.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": flow.nonce},
        )
        try:
            claims = jwt.decode(token, KeySet.import_key_set(self._keys), SIGNED_WITH).claims  # type: ignore[arg-type]
            must.validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise ProviderError(f"the id_token proves nothing: {error}") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if several and claims.get("azp") != self.settings.client_id:
            raise ProviderError("the id_token was made for another client")
        return dict(claims)

    def _described(self) -> dict[str, Any]:
        with self._lock:
            if time.monotonic() >= self._until:
                known = _json("GET", self.settings.discovery)
                if known.get("issuer") != self.settings.issuer:
                    raise ProviderError(f"the provider calls itself {known.get('issuer')!r}")
                if missing := [one for one in _NEEDED if not isinstance(known.get(one), str)]:
                    raise ProviderError(f"the provider does not tell its {missing[0]}")
                self._keys = _json("GET", known["jwks_uri"])
                self._known, self._until = known, time.monotonic() + KNOWN_FOR_S
            return self._known


def _json(method: str, url: str, form: dict[str, str] | None = None) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False) as client:
            answer = client.request(method, url, data=form, headers={"Accept": "application/json"})
            answer.raise_for_status()
            told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ProviderError(f"{method} {url}: {error}") from error
    if not isinstance(told, dict):
        raise ProviderError(f"{method} {url}: not an object")
    return told
