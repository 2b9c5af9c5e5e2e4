"""Collects whatever a page complains of: script errors, refusals of the policy, foreign requests, failures."""

REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}`));
"""


class Watch:
    """The complaints of every context it is set over; a story fails on each that it did not allow."""

    def __init__(self, origin):
        self.origin = origin
        self.complaints = []
        self.allowed = []
        self.pages = []

    def over(self, context):
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("page", self._page)
        context.on("console", self._console)
        context.on("weberror", lambda raised: self.complaints.append(f"script error: {raised.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def allow(self, *pieces):
        """Expect complaints that hold one of these pieces; a number stands for an answer of that status."""
        for piece in pieces:
            spellings = [f"status of {piece}", f"Error Code {piece}"] if isinstance(piece, int) else [piece]
            self.allowed += spellings

    @property
    def unexpected(self):
        return [words for words in self.complaints if not any(piece in words for piece in self.allowed)]

    def _page(self, page):
        self.pages.append(page)

    def _console(self, message):
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _request(self, request):
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:")):
            self.complaints.append(f"foreign request: {request.url}")

    def _response(self, response):
        if response.status >= 500:
            self.complaints.append(f"server error: status of {response.status} from {response.url}")
