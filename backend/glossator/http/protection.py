"""Middleware in front of every request: known host, same origin, headers of protection."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from glossator.http.errors import problem
from glossator.settings import Settings

SAFE = {"GET", "HEAD", "OPTIONS"}

HEADERS = {
    # Radix measures and locks scrolling with style elements, so styles may stand inline; scripts may not
    "Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class Protection:
    """Answers 421 for a host that is not ours, 403 for an unsafe request of another origin."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        public = urlsplit(settings.public_url)
        self.hosts = {each.strip().lower() for each in settings.allowed_hosts.split(",") if each.strip()}
        self.hosts.add(public.hostname or "127.0.0.1")
        self.public_origin = f"{public.scheme}://{public.netloc}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        request = Request(scope)
        headers = request.headers
        if urlsplit(f"//{headers.get('host', '')}").hostname not in self.hosts:
            answer = problem(
                request,
                status=421,
                code="unknown_host",
                detail=f"This server does not answer for the host '{headers.get('host', '')[:100]}'; "
                "ALLOWED_HOSTS names the hosts it answers for.",
            )
            await answer(scope, receive, send_protected)
        elif scope["method"] not in SAFE and not self._same_origin(headers):
            answer = problem(
                request,
                status=403,
                code="other_origin",
                detail="This request came from another site's page and was refused; use the page here.",
            )
            await answer(scope, receive, send_protected)
        else:
            await self.app(scope, receive, send_protected)

    def _same_origin(self, headers: Headers) -> bool:
        """Browsers send Origin with every unsafe request; programs that send none hold no one's cookies."""
        origin = headers.get("origin")
        if origin is None:
            return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
        return origin == self.public_origin or urlsplit(origin).netloc == headers.get("host")
