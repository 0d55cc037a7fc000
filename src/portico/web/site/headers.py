"""The headers of every answer, errors and files among them: what a browser may do with a page of the desk."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    # HTML that a script puts into a page goes through the one policy of portico.js; code never does.
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",
}
_ALWAYS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def allow_styles(response: HttpResponse, hashes: Iterable[str]) -> HttpResponse:
    """Lets one page carry stylesheets of its own, by their hashes ("sha256-…"): for pages made to be saved."""
    response.style_hashes = tuple(hashes)
    return response


class HeadersMiddleware:
    """Outermost, so that nothing leaves without them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        hashes = getattr(response, "style_hashes", ())
        response.headers["Content-Security-Policy"] = content_policy(hashes)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        # Nothing of the record stays in a browser's cache; files with their hash in the name say otherwise themselves.
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def content_policy(style_hashes: Iterable[str] = ()) -> str:
    """The Content-Security-Policy of a page."""
    styles = "".join(f" '{digest}'" for digest in style_hashes)
    policy = _POLICY | {"style-src": _POLICY["style-src"] + styles}
    return "; ".join(f"{name} {value}" for name, value in policy.items())
