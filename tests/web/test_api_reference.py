"""The API reference as a page: all of the OpenAPI document, each thing in one place."""

import re
from collections import Counter
from html import unescape

import pytest

from annotations.api.views.schema import document
from annotations.templatetags.reference_line import line
from annotations.web.reference.reading import read
from annotations.web.reference.wording import Piece, told, type_of

PAGE = "/api-reference/"
SPAN = {"$ref": "#/components/schemas/Span"}


@pytest.fixture
def shown(client_of, vic):
    return client_of(vic).get(PAGE).content.decode()


def anchors(page):
    return re.findall(r'\bid="([^"]+)"', page)


def words_of(page):
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


@pytest.mark.django_db
class TestThePage:
    def test_every_operation_stands_on_it_once(self, shown):
        ids = Counter(anchors(shown))
        calls = Counter(re.findall(r"<b>([A-Z]+)</b> <code>([^<]+)</code>", shown))
        operations = [
            (operation["operationId"], method.upper(), path)
            for path, methods in document()["paths"].items()
            for method, operation in methods.items()
        ]
        assert {ids[name] for name, *_ in operations} == {1}
        assert calls == Counter((method, path) for _, method, path in operations)

    def test_every_shape_stands_on_it_once_with_its_fields(self, shown):
        ids = Counter(anchors(shown))
        for name, schema in document()["components"]["schemas"].items():
            assert ids[f"shape-{name}"] == 1, name
            place = shown.partition(f'id="shape-{name}"')[2].partition("</dl>")[0]
            names = set(re.findall(r"<dt>\s*<code>([^<]+)</code>", place))
            fields = set(schema["properties"])
            if 'href="#shape-Problem">Problem</a>, and beside' in place:
                fields -= set(document()["components"]["schemas"]["Problem"]["properties"])
            assert names == fields, name

    def test_every_parameter_stands_at_its_operation(self, shown):
        for path, methods in document()["paths"].items():
            for operation in methods.values():
                place = shown.partition(f'id="{operation["operationId"]}"')[2].partition("</section>")[0]
                names = re.findall(r'<dt>\s*<code>([^<]+)</code>\s*<span class="count">(\w+)</span>', place)
                given = [(one["name"], one["in"]) for one in operation.get("parameters", ())]
                assert sorted(names[: len(given)]) == sorted(given), path
                in_path = [name for name, where in names if where == "path"]
                assert in_path == re.findall(r"{(\w+)}", path)

    def test_no_link_leads_nowhere(self, shown):
        ids = anchors(shown)
        assert len(ids) == len(set(ids))
        targets = set(re.findall(r'href="#([^"]+)"', shown))
        assert {target for target in targets if target.startswith("shape-")}
        assert targets - set(ids) == set()

    def test_every_note_is_told(self, shown):
        words = words_of(shown)
        for methods in document()["paths"].values():
            for operation in methods.values():
                for note in (operation["summary"], operation["description"]):
                    assert words_of(line(told(note))) in words

    def test_it_takes_few_queries(self, client_of, vic, django_assert_max_num_queries):
        client = client_of(vic)
        with django_assert_max_num_queries(3):
            client.get(PAGE)

    def test_only_for_users_and_for_reading(self, client, client_of, vic):
        assert client.get(PAGE)["Location"].startswith("/sign-in/")
        assert client_of(vic).post(PAGE).status_code == 405

    def test_it_is_linked_from_every_page_and_the_tokens(self, client_of, vic):
        page = client_of(vic).get("/tokens/").content.decode()
        assert page.count(f'href="{PAGE}"') == 2


def test_words_are_escaped():
    told_of = line((*told("a < b, `<b>`"), Piece('"><script>', "shape")))
    assert told_of == (
        "a &lt; b, <code>&lt;b&gt;</code>"
        '<a href="#shape-&quot;&gt;&lt;script&gt;">&quot;&gt;&lt;script&gt;</a>'
    )


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "any value"),
        ({"type": "string"}, "string"),
        ({"type": "string", "format": "uuid"}, "id"),
        ({"type": ["string", "null"], "format": "date"}, "day or null"),
        ({"type": "string", "pattern": r"\S", "minLength": 1, "maxLength": 1200}, "string, not blank, up to 1,200 characters"),
        ({"type": "string", "minLength": 1}, "string, at least 1 character"),
        ({"type": "string", "minLength": 2, "maxLength": 60}, "string, 2 to 60 characters"),
        ({"type": "string", "enum": ["", "day"]}, '"" | day'),
        ({"type": "integer", "minimum": 0, "maximum": 2**31 - 1}, "whole number"),
        ({"type": "integer", "minimum": 1, "maximum": 500, "default": 100}, "whole number, 1 to 500, if left out 100"),
        ({"type": "boolean"}, "true or false"),
        ({"type": "array", "items": SPAN, "minItems": 1, "maxItems": 1000}, "list of Span, at least 1 item"),
        ({"type": "array", "items": SPAN, "maxItems": 3}, "list of Span, up to 3 items"),
        ({"oneOf": [SPAN, {"type": "null"}]}, "Span or null"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "object, by free keys: number"),
    ],
)  # fmt: skip
def test_types_in_words(schema, words):
    assert "".join(piece.words for piece in type_of(schema)) == words


def test_shapes_of_one_operation_stand_at_it_and_no_other():
    reference = read(document())
    operations = [operation for part in reference.parts for operation in part.operations]
    contents = [content for one in operations for content in (one.body, *one.answers) if content]
    at_operations = [content.shape.name for content in contents if content.shape]
    apart = [shape.name for shape in reference.shapes]
    assert "StudyPage" in at_operations
    assert "Statement" in apart
    assert sorted(at_operations + apart) == sorted(document()["components"]["schemas"])


def test_bodies_say_what_is_needed_and_answers_what_may_be_missing():
    marks = {
        shape.name: {entry.name: entry.mark for entry in shape.entries} for shape in read(document()).shapes
    }
    assert marks["Problem"]["detail"] == ""
    assert marks["Problem"]["article"] == "may be missing"
    assert set(marks["Statement"].values()) == {""}
    assert marks["SpanGiven"]["role"] == "needed"
    assert marks["SpanGiven"]["text"] == ""
