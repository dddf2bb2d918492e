"""What a page loads and runs, held against the strict policy: nothing from another host, nothing inline without the nonce."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
    "manifest-src": {"'self'"},
}
LOADED = {"script": "src", "img": "src", "link": "href", "source": "src", "form": "action", "button": "formaction"}
REFUSED = {"iframe", "object", "embed", "base", "applet", "frame"}
#: A text as readers will see it may stand in a frame of ours, and the page that shows it in both languages has such frames.
FRAMED, FRAMES = re.compile(r"^/admin/.+/preview/(cy|en)/$"), re.compile(r"^/admin/.+/preview/$")
TOLD = {"canonical", "alternate", "license"}  # links that tell where something is and load nothing


@dataclass
class _Inspector(HTMLParser):
    nonce: str
    path: str = ""
    found: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self.found += [
            f"<{tag}> leads to {value}" for value in given.values() if re.match(r"\s*javascript:", value, re.I)
        ]
        if tag in REFUSED and not self.may_stand(tag, given):
            self.found.append(f"<{tag}>")
        is_data = given.get("type", "").endswith("json")
        is_code = tag == "style" or (tag == "script" and "src" not in given and not is_data)
        if is_code and (not self.nonce or given.get("nonce") != self.nonce):
            self.found.append(f"<{tag}> without the nonce")
        address = given.get(LOADED.get(tag, ""), "")
        if given.get("rel") not in TOLD and re.match(r"(?!data:image/)(?:[a-z]+:|//)", address, re.I):
            self.found.append(f"<{tag}> from {address}")

    def may_stand(self, tag: str, given: dict[str, str]) -> bool:
        """What a preview has beyond other pages: frames with our own pages in them, and links that lead out of the frame."""
        if tag == "iframe":
            return bool(FRAMES.match(self.path) and FRAMED.match(given.get("src", "")))
        return tag == "base" and bool(FRAMED.match(self.path)) and given == {"target": "_top"}


def _policy_of(path: str) -> dict[str, set[str]]:
    if FRAMED.match(path):
        return POLICY | {"frame-ancestors": {"'self'"}}
    return POLICY | {"frame-src": {"'self'"}} if FRAMES.match(path) else POLICY


def breaches(answer: Any) -> list[str]:
    """What on this page goes against the policy, or in its policy against ours."""
    header = str(answer.headers.get("Content-Security-Policy", ""))
    said = {name: set(rest) for name, *rest in (part.split() for part in header.split(";") if part.strip())}
    nonces = {source for sources in said.values() for source in sources if source.startswith("'nonce-")}
    path = getattr(answer, "request", {}).get("PATH_INFO", "")
    wanted = _policy_of(path)
    found = [] if {name: sources - nonces for name, sources in said.items()} == wanted else [f"policy: {header}"]
    inspector = _Inspector("".join(nonces)[7:-1], path)
    inspector.feed(answer.content.decode())
    inspector.close()
    return found + inspector.found
