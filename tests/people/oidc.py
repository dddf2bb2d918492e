"""An identity provider: a small server on this machine that does what OpenID Connect asks of one, with signed tokens."""

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "the-site", "a secret between two"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Whoever comes is `person`. `signs_with` may be another key than the one it shows to the world."""

    person: dict[str, Any] = field(default_factory=dict)
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    signs_with: rsa.RSAPrivateKey | None = None
    audience: str = CLIENT
    cancels: bool = False
    asked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, path: str, query: dict[str, list[str]]) -> dict[str, Any]:
        """What it says at one of its addresses."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            names = {"authorization": "authorize", "token": "token", "userinfo": "person"}
            ends = {f"{name}_endpoint": f"{self.address}/{end}" for name, end in names.items()}
            methods = ["client_secret_post"]
            return {
                "issuer": self.address,
                "jwks_uri": f"{self.address}/keys",
                **ends,
                "token_endpoint_auth_methods_supported": methods,
            }
        if path == "/keys":
            shown = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            return {"keys": [{**shown, "kid": "one", "alg": "RS256", "use": "sig"}]}
        if path == "/token" and query.get("client_secret") == [SECRET] and query.get("code") == ["a-code"]:
            return {"access_token": "let me in", "token_type": "Bearer", "id_token": self._token()}
        return dict(self.person) if path == "/person" else {"error": "no"}

    def _token(self) -> str:
        now = int(time.time())
        said = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60, **self.person}
        return jwt.encode(said, self.signs_with or self.key, algorithm="RS256", headers={"kid": "one"})

    def send_back(self, query: dict[str, list[str]]) -> str:
        """Where it sends a browser that came to sign in."""
        said = {"error": "access_denied"} if self.cancels else {"code": "a-code"}
        return f"{query['redirect_uri'][0]}?{urlencode({**said, 'state': query['state'][0]})}"


class Running:
    """`with Running(provider): …`: it answers on a port of its own, and has stopped afterwards."""

    def __init__(self, provider: Provider) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        provider.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.provider = provider

    def __enter__(self) -> Provider:
        self.thread.start()
        return self.provider

    def __exit__(self, *args: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(timeout=5)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.send_back(parse_qs(asked.query)))
                self.end_headers()
            else:
                self._say(provider.answer(asked.path, parse_qs(asked.query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._say(provider.answer(urlsplit(self.path).path, parse_qs(body)))

        def _say(self, what: dict[str, Any]) -> None:
            content = json.dumps(what).encode()
            self.send_response(400 if "error" in what else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    return Handler
