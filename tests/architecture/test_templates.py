"""Templates hold no code, escape everything, and work without JavaScript where they say they do."""

import re
from html.parser import HTMLParser

import pytest

from tests.architecture.sources import python_files, templates

TAG = re.compile(r"{%.*?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
VARIABLE = re.compile(r"{{.*?}}", re.DOTALL)
VOID = {"input", "img", "br", "hr", "meta", "link", "col", "source", "wbr", "area", "base", "embed", "track"}
CONTROLS = {"input", "form", "select", "textarea"}
UNSAFE = {"hx-post", "hx-put", "hx-patch", "hx-delete"}
CODE = {"hx-vars", "hx-script", "script", "_", "hx-ext", "hx-eval"}


class Faults(HTMLParser):
    """What is wrong with one template's markup."""

    def __init__(self, source):
        super().__init__()
        self.found, self.open, self.forms = [], [], []
        text = COMMENT.sub("", source).replace("{% csrf_token %}", "<csrf-token></csrf-token>")
        self.feed(VARIABLE.sub("x", TAG.sub(" ", text)))
        self.close()

    def fault(self, what):
        self.found.append(f"line {self.getpos()[0]}: {what}")

    def handle_starttag(self, tag, attrs):
        values = {
            name.removeprefix("data-"): value or "" for name, value in attrs if name.startswith("data-hx-")
        }
        values |= {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({"line": self.getpos()[0], "post": values.get("method", "get") == "post"})
        if tag == "csrf-token" and self.forms:
            self.forms[-1]["token"] = True
        self._inline(tag, values)
        self._htmx(tag, values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "form" and self.forms:
            form = self.forms.pop()
            if form["post"] and not form.get("token"):
                self.found.append(f"line {form['line']}: a form posts without {{% csrf_token %}}")

    def _inline(self, tag, values):
        if tag == "style" or "style" in values:
            self.fault("inline style; the Content-Security-Policy drops it")
        if tag == "script" and "src" not in values:
            self.fault("inline script; the Content-Security-Policy drops it")
        for name, value in values.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.fault(f"{name} runs code")

    def _htmx(self, tag, values):
        for name, value in values.items():
            if name.startswith("hx-on") or name in CODE:
                self.fault(f"{name} runs code")
            if name in {"hx-vals", "hx-headers", "hx-request"} and re.match(r"\s*(js|javascript):", value):
                self.fault(f"{name} runs code")
            if name == "hx-trigger" and "[" in value:
                self.fault("a filter of hx-trigger runs code")
        if "hx-get" in values and "href" not in values and tag not in CONTROLS:
            self.fault(f"<{tag} hx-get> does nothing without JavaScript; make it a link with href, or a form")
        if UNSAFE & values.keys() and tag != "form" and "form" not in self.open:
            self.fault(f"<{tag}> writes from outside a form; put it into one with {{% csrf_token %}}")


@pytest.mark.parametrize("name", sorted(templates()))
def test_markup(name):
    assert not Faults(templates()[name]).found


@pytest.mark.parametrize("name", sorted(templates()))
def test_everything_is_escaped(name):
    source = COMMENT.sub("", templates()[name])
    assert not re.search(r"\|\s*(safe|safeseq)\b", source), "Show it escaped; no text of a user is markup."
    assert not re.search(r"{%\s*autoescape\s+off", source)


@pytest.mark.parametrize(
    "source",
    [
        "<p style='color: red'>",
        "<script>alert(1)</script>",
        "<p onclick='x()'>",
        "<a href='javascript:x()'>",
        "<a href='/' hx-on:click='x()'>",
        "<a href='/' data-hx-on:click='x()'>",
        "<a href='/' hx-get='/' hx-vals='js:{a: 1}'>",
        "<a href='/' hx-get='/' hx-trigger='click[ctrlKey]'>",
        "<form method='post'><button></button></form>",
        "<form method='post'>{# {% csrf_token %} #}<button></button></form>",
        "<button hx-get='{% url 'x' %}'>",
        "<button hx-post='/'>",
        "<form method='post'>{% csrf_token %}</form><button hx-delete='/'></button>",
    ],
)
def test_the_guard_sees_what_is_wrong(source):
    assert Faults(source).found


def test_the_guard_lets_the_ordinary_pass():
    source = (
        "<form method='post' hx-post='{% url 'x' %}' {% if y %}class='a'{% endif %}>{% csrf_token %}"
        "<input hx-get='/s' hx-trigger='input changed delay:100ms'><button hx-post='/'></button></form>"
        "<a href='/' hx-get='/'>{{ words }}</a>"
    )
    assert not Faults(source).found


def test_a_fragment_has_no_twin_of_its_page():
    """A fragment stands in its page as `partialdef`, or for two pages in `_name.html`."""
    assert not [name for name in templates() if ".htmx." in name or name.endswith("_htmx.html")]


def test_partials_are_named_and_used():
    """A partial's name is in kebab case, and somebody renders it: a template by `partial`, a view by `#name`."""
    python = "\n".join(path.read_text(encoding="utf-8") for path in python_files())
    for name, source in templates().items():
        for partial in re.findall(r"{%\s*partialdef\s+([^\s%]+)", source):
            assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", partial), f"{name}: {partial} is not in kebab case"
            inline = re.search(rf"partialdef\s+{partial}\s+inline", source)
            rendered = re.search(rf"{{%\s*partial\s+{partial}\b", "\n".join(templates().values()))
            named = re.search(rf"#{partial}\b|\"{partial}\"", python)
            assert rendered or named or inline, f"{name}: nobody renders the partial {partial}"


@pytest.mark.parametrize(
    "name", [name for name in sorted(templates()) if name.split("/")[-1].startswith("_")]
)
def test_a_shared_fragment_says_what_it_needs(name):
    assert templates()[name].startswith("{#"), "Begin with a comment that names the context it needs."
