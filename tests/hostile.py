"""Words and pages that attack whoever shows them, and what of them must never be active in a page."""

from html.parser import HTMLParser

RUN = "window.PWN=1"

PAYLOADS = (
    f"<script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><img src=x onerror={RUN}>",
    f'<img src=x onerror="{RUN}">',
    f"<svg onload={RUN}>PWN</svg>",
    f"</textarea><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"--><script>{RUN}</script><!--",
    f"</script><script>{RUN}</script>",
    f"javascript:{RUN}",
    f'" onfocus="{RUN}" autofocus x="',
    f"' onmouseover='{RUN}' x='",
    "{{ 7|add:7 }}{% debug %}PWN",
    '<div hx-get="/steal" hx-trigger="load">PWN</div>',
    '<div data-hx-get="/steal" data-hx-trigger="load">PWN</div>',
    '" hx-get="/steal" hx-trigger="load" PWN="',
    f'<div hx-on:load="{RUN}" hx-on--after-request="{RUN}">PWN</div>',
    '<div hx-swap-oob="true" id="toast">PWN</div>',
    f'<div _="on load set {RUN}">PWN</div>',
    '<div hx-ext="PWN"></div></div></main></body>',
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f'<a href="javascript:{RUN}">PWN</a>',
)

PAGES = (
    *(f"<!doctype html><title>PWN</title><article><p>{words}</p></article>" for words in PAYLOADS),
    "<meta http-equiv=refresh content='0;url=/steal'><p>PWN</p>",
    "<base href='//evil.example/'><a href=x>PWN</a>",
    "<form action='/steal' method=post><button autofocus>PWN</button></form>",
    f"<object data='data:text/html,<script>{RUN}</script>'></object><embed src='/steal'>",
    "<style>@import '/steal'; * { background: url(/steal) }</style><p style='background:url(/steal)'>PWN</p>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={RUN}&gt;'>",
)

OWN_SCRIPTS = "/static/"
NEVER = {"iframe", "object", "embed", "base", "applet", "frame", "style", "math", "video", "audio"}


class Active(HTMLParser):
    """Collects what in a page would run, fetch or send something that a payload has brought."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.script = [], False

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        source = values.get("src") or values.get("data") or ""
        self.script = tag == "script"
        if tag in NEVER or ("src" in values and not source.startswith(OWN_SCRIPTS)):
            self.found.append(f"<{tag} {values}>")
        if tag == "meta" and "http-equiv" in values:
            self.found.append(f"<meta {values}>")
        self.found += [f"{tag} {name}={value}" for name, value in attributes if is_active(name, value or "")]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_data(self, data):
        if self.script and data.strip():
            self.found.append(f"inline script: {data[:80]}")

    def handle_endtag(self, tag):
        self.script = False


def is_active(name, value):
    """Tell whether an attribute runs or fetches something; an htmx attribute does if a payload has made it."""
    bare = value.strip().lower().replace("\t", "").replace("\n", "")
    if name.startswith("on") or name in {"_", "style", "srcdoc", "pwn"}:
        return True
    if name in {"href", "action", "formaction", "src"}:
        return bare.startswith(("javascript:", "data:", "/steal", "//"))
    htmx = name.removeprefix("data-").startswith("hx-")
    return htmx and (name.startswith(("data-", "hx-on", "hx-ext")) or "/steal" in value)


def active_in(page):
    """What is active in a page and must not be: a list."""
    parser = Active()
    parser.feed(page)
    return parser.found
