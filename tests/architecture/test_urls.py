"""The authorisation matrix, generated: every URL x method x role x (own, somebody else's, binned) object.

Whoever may do an act succeeds with the body of the row; whoever may not is sent to the sign-in page (pages),
told 401 (API) or 403, and 404 with the very bytes of an unknown id where the object is not theirs to know.
Nothing that is refused changes a row, and `CANARY`, which stands in every field of otto's study, is in no
answer to anybody else.
"""

import re

import pytest

from tests.architecture.asking import (
    HOLDS,
    SAFE,
    address,
    all_urls,
    content_of,
    fingerprint,
    is_api,
    send,
    told,
    undone,
)
from tests.architecture.desk import ROLES, browser, clients_of, program, unknown_ids
from tests.architecture.matrix import ANYONE, NOTHING, ROWS, STREAMS, USERS, Ask
from tests.cast import CANARY
from tests.factories.studies import make_membership, make_study
from tests.headers import faults_of_headers

NAMES = [
    pytest.param(name, marks=pytest.mark.django_db(transaction=name in STREAMS)) for name in sorted(ROWS)
]
every_url = pytest.mark.parametrize("name", NAMES)


@every_url
def test_the_matrix(name, desk, rival, faults):
    """All checks of one URL in one world, which none of them changes; each wrong cell is told."""
    for check in CHECKS:
        found = Faults()
        before = fingerprint()
        check(name, desk, rival, found)
        found.check(
            fingerprint() == before, "something that was refused, read or taken back has changed a row"
        )
        faults += [f"{check.__name__}: {fault}" for fault in found]


def test_every_url_has_a_row():
    found = list(all_urls())
    missing = {name: route for name, route, _ in found if name not in ROWS and name not in NOTHING}
    assert not missing, (
        "These URLs have no row in tests/architecture/matrix.py. Write one for each: which methods it answers, "
        f"who may use them, and a body with which they succeed: {missing}"
    )
    gone = (ROWS.keys() | NOTHING.keys()) - {name for name, _, _ in found}
    assert not gone, f"These rows of tests/architecture/matrix.py have no URL any more: {gone}"
    names = [name for name, _, _ in found]
    assert len(names) == len(set(names)), "Two URLs have one name."


class Faults(list):
    """What went wrong, cell by cell, told at once."""

    def check(self, ok, *cell):
        if not ok:
            self.append(" ".join(str(part) for part in cell))

    def raise_if_any(self, name):
        assert not self, f"{name}: {len(self)} cells of the matrix are wrong:\n" + "\n".join(self)


@pytest.fixture
def faults(request):
    found = Faults()
    yield found
    found.raise_if_any(request.node.name)


def ids_for(desk, ask: Ask):
    return {**desk.ids(), **(desk.in_bin() if ask.binned else {}), **ask.ids(desk)}


# Own objects ---------------------------------------------------------------------------------------


def is_refusal_of(role, ask, name, response):
    """Tell whether this is how somebody of `role`, who may not, is answered on an object of the study."""
    if role in {"anonymous", "deactivated"}:
        if is_api(name):
            return response.status_code == 401
        return response.status_code == 302 and response["Location"].startswith("/sign-in/")
    if ask.hidden or role not in USERS - {"loner", "outsider", "administrator"}:
        return response.status_code == 404
    return response.status_code == 403


def each_role_on_objects_of_the_study(name, desk, rival, faults):
    for method, ask in ROWS[name].items():
        ids = ids_for(desk, ask)
        for role in ROLES:
            for way, client in clients_of(role, desk.users, api=is_api(name)).items():
                cell = (name, method, way)

                def act(client=client, method=method, ask=ask, ids=ids, allowed=role in ask.who):
                    if allowed:
                        ask.given(desk)
                    response = send(client, name, method, ids, ask.body(desk), query=ask.query(desk))
                    return response, content_of(response)

                if role in ask.who:
                    response, content = act() if method in SAFE else undone(act)
                    faults.check(
                        response.status_code < 400, *cell, "allowed, but", response.status_code, content[:300]
                    )
                    location = response.get("Location", "")
                    faults.check(
                        role not in USERS or not location.startswith("/sign-in/?"), *cell, "sent to sign in"
                    )
                else:
                    response, content = act()
                    faults.check(
                        is_refusal_of(role, ask, name, response), *cell, "refused, but", response.status_code
                    )
                for fault in faults_of_headers(response, cached=name == "codebook-variable"):  # never changes
                    faults.check(False, *cell, fault)
                own = role == "outsider" and role in ask.who  # whose lists show his own study
                faults.check(own or CANARY.encode() not in content, *cell, "leaks the other study")


def an_empty_body_is_no_way_in(name, desk, rival, faults):
    """Permission is judged first: who may not gets the same refusal without a body; who may, no 5xx."""
    for method, ask in ROWS[name].items():
        if method in SAFE:
            continue
        for role in ROLES:
            for way, client in clients_of(role, desk.users, api=is_api(name)).items():
                response = undone(lambda c=client, m=method, a=ask: send(c, name, m, ids_for(desk, a)))
                cell = (name, method, way, "without a body:", response.status_code)
                if role in ask.who:
                    faults.check(response.status_code not in {401, 403} and response.status_code < 500, *cell)
                else:
                    refused = is_refusal_of(role, ask, name, response) or response.status_code == 404
                    faults.check(refused, *cell)


# Somebody else's and binned objects ----------------------------------------------------------------


def strange_ids(name, desk, rival, ask):
    """Addresses that are not for the members of the study, each with one that leads nowhere."""
    holds, own, theirs = HOLDS[name], ids_for(desk, ask), rival.ids()
    nowhere = unknown_ids(holds)
    if not set(holds) - {"uidb64", "token", "user"}:
        return
    yield "foreign", {n: theirs[n] for n in holds}, nowhere
    if "slug" in holds and len(holds) > 1:
        mixed = {**{n: theirs[n] for n in holds}, "slug": own["slug"]}
        if "codebook" not in holds:  # the default codebook is everybody's
            yield "foreign under the own slug", mixed, {**nowhere, "slug": own["slug"]}
        yield "own under the foreign slug", {**own, "slug": theirs["slug"]}, {**own, "slug": "nowhere"}
    for kind in {"article", "statement"} & set(holds):
        gone = {**own, **({kind: desk.in_bin()[kind]} if not ask.binned else {kind: desk.ids()[kind]})}
        yield f"{kind} {'not in' if ask.binned else 'in'} the bin", gone, {**own, kind: nowhere[kind]}


def strange_objects_read_like_unknown_ones(name, desk, rival, faults):
    for method, ask in ROWS[name].items():
        for what, ids, nowhere in strange_ids(name, desk, rival, ask):
            for role in sorted(ask.who & USERS | {"viewer", "loner"}):
                if role == "outsider":
                    continue
                for way, client in clients_of(role, desk.users, api=is_api(name)).items():
                    strange, unknown = (
                        send(client, name, method, asked, ask.body(desk), query=ask.query(desk))
                        for asked in (ids, nowhere)
                    )
                    cell = (name, method, way, what)
                    one, other = told(strange, ids), told(unknown, nowhere)
                    refused = {404} if role in ask.who else {404, 403}
                    faults.check(one[0] in refused, *cell, "answered", one[0])
                    faults.check(one == other, *cell, "differs from an unknown id:", one, other)
                    faults.check(CANARY.encode() not in one[1], *cell, "leaks")


def swapped(value, own, theirs):
    """The bodies that differ in one id: each id of an own row replaced by the twin's."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from (
                (f"{key}.{path}".rstrip("."), {**value, key: other})
                for path, other in swapped(inner, own, theirs)
            )
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            for path, other in swapped(inner, own, theirs):
                yield f"[{i}].{path}".rstrip("."), [*value[:i], other, *value[i + 1 :]]
    elif isinstance(value, str) and value in own:
        yield "", theirs[own.index(value)]


TWINS = ("article", "statement", "set", "second", "utterance", "speaker", "outlet", "issue", "claim")


def twins(desk):
    return [
        *(str(getattr(desk, name).uid) for name in TWINS),
        str(desk.relation.a.uid),
        str(desk.relation.b.uid),
    ]


def ids_of_others_in_bodies_and_queries_are_unknown(name, desk, rival, faults):
    own, theirs = twins(desk), twins(rival)
    nowhere = ["00000000-0000-4000-8000-00000000000a"] * len(own)
    for method, ask in ROWS[name].items():
        for part, made in (("body", ask.body(desk)), ("query", ask.query(desk))):
            if isinstance(made, bytes) or not any(isinstance(value, (str, list)) for value in made.values()):
                continue  # ids in a file are given anew
            pairs = zip(swapped(made, own, theirs), swapped(made, own, nowhere), strict=True)
            for (path, foreign), (_, unknown) in pairs:
                ids = ids_for(desk, ask)
                other = {"body": ask.query(desk), "query": ask.body(desk)}[part]
                answers = []
                for sent in (foreign, unknown):
                    body, query = (sent, other) if part == "body" else (other, sent)

                    def act(method=method, ask=ask, body=body, query=query, ids=ids):
                        ask.given(desk)
                        response = send(browser(desk.users["manager"]), name, method, ids, body, query=query)
                        return response.status_code, content_of(response)

                    answers.append(undone(act))
                cell = (name, method, part, path)
                (status, content), (_, expected) = answers
                for theirs_, nowhere_ in zip(theirs, nowhere, strict=True):
                    content = content.replace(theirs_.encode(), nowhere_.encode())
                faults.check(
                    status in {404, 422} or (method in SAFE and status < 400), *cell, "answered", status
                )
                faults.check(content == expected, *cell, "differs from an unknown id:", content, expected)
                faults.check(CANARY.encode() not in content, *cell, "leaks")


# Other ways in -------------------------------------------------------------------------------------


def other_methods_are_refused(name, desk, rival, faults):
    answered = set(ROWS[name]) | ({"HEAD"} if "GET" in ROWS[name] else set())
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"):
        if method not in answered:
            client = browser(desk.users["manager"])
            response = client.generic(method, address(name, ids_for(desk, Ask(ANYONE))), b"", content_type="")
            faults.check(response.status_code == 405, name, method, "answered", response.status_code)


def sessions_write_with_a_csrf_token_only(name, desk, rival, faults):
    for method, ask in ROWS[name].items():
        if method not in SAFE:
            client = browser(desk.users["manager"], enforce_csrf_checks=True)
            response = send(client, name, method, ids_for(desk, ask), ask.body(desk))
            faults.check(
                response.status_code == 403, name, method, "without CSRF token:", response.status_code
            )


def strangers_of_a_page_that_asks_by_htmx_get_a_dialog(name, desk, rival, faults):
    if is_api(name):
        return
    for method, ask in ROWS[name].items():
        if "anonymous" not in ask.who:
            response = send(browser(), name, method, ids_for(desk, ask), **{"HX-Request": "true"})
            faults.check(response.status_code == 401, name, method, response.status_code)
            faults.check(response.get("HX-Trigger") == "sign-in-required", name, method, "no event")


def tokens_are_kept_to_scope_study_and_life(name, desk, rival, faults):
    """A reading token writes nothing, a token of another study finds nothing here, an unknown one gets 401."""
    if not is_api(name):
        return
    manager = desk.users["manager"]
    elsewhere = make_study("elsewhere")
    make_membership(elsewhere, manager, "manager")
    reader = program(manager, "read")
    bound = program(desk.users["adjudicator"], "write")
    desk.users["adjudicator"].api_tokens.filter(scope="write").update(study=elsewhere)
    for method, ask in ROWS[name].items():
        ids = ids_for(desk, ask)
        response = undone(
            lambda m=method, a=ask, i=ids: send(reader, name, m, i, a.body(desk), query=a.query(desk))
        )
        expected = response.status_code < 400 if method in SAFE else response.status_code == 403
        faults.check(expected, name, method, "by a reading token:", response.status_code)
        if "slug" in HOLDS[name] or HOLDS[name]:
            response = send(bound, name, method, ids, ask.body(desk), query=ask.query(desk))
            faults.check(
                response.status_code == 404,
                name,
                method,
                "by a token of another study:",
                response.status_code,
            )
        stranger = browser(headers={"authorization": "Token no-such-key"})
        response = send(stranger, name, method, ids, ask.body(desk), query=ask.query(desk))
        faults.check(response.status_code == 401, name, method, "by an unknown token:", response.status_code)
    desk.users["adjudicator"].api_tokens.filter(scope="write").update(study=None)
    desk.users["manager"].api_tokens.filter(scope="read").delete()
    elsewhere.delete()


HOSTILE = [
    {"a__b": "1"},
    {"owner__password__startswith": "p"},
    {"study__memberships__user__email__contains": "a"},
    {"password": "x"},
    {"_connector": "OR"},
    {"order_by": "study__memberships__user__password"},
    {"ordering": "-x.y"},
    {'x"y': "1"},
    {"x\x00\n": "1"},
    {"cursor": "x"},
]


def bare(response):
    """Status and bytes without the queries of links, which carry on what was asked."""
    return response.status_code, re.sub(rb'[?][^"<]*"', b'"', content_of(response))


def hostile_filters_change_nothing(name, desk, rival, faults):
    """Names of columns in the address are refused, or the answer is the same as without them."""
    if "GET" not in ROWS[name]:
        return
    ask = ROWS[name]["GET"]
    ids, client = ids_for(desk, ask), browser(desk.users["manager" if "manager" in ask.who else "annotator"])
    plain = bare(send(client, name, "GET", ids, query=ask.query(desk)))
    for hostile in HOSTILE:
        response = send(client, name, "GET", ids, query={**ask.query(desk), **hostile})
        if response.status_code == 400:
            faults.check(is_api(name), name, hostile, "a page is not refused for it")
        else:
            faults.check(bare(response) == plain, name, hostile, "changes the answer", response.status_code)


CHECKS = (
    each_role_on_objects_of_the_study,
    an_empty_body_is_no_way_in,
    strange_objects_read_like_unknown_ones,
    ids_of_others_in_bodies_and_queries_are_unknown,
    other_methods_are_refused,
    sessions_write_with_a_csrf_token_only,
    strangers_of_a_page_that_asks_by_htmx_get_a_dialog,
    tokens_are_kept_to_scope_study_and_life,
    hostile_filters_change_nothing,
)
