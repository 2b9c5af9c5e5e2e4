"""The codebook as a page."""

import re

import pytest

from annotations.codebook.default import DEFAULT

pytestmark = pytest.mark.django_db
PAGE = "/studies/gates/codebook/"


def test_the_whole_codebook_stands_on_the_page(client_of, vic, study):
    page = client_of(vic).get(PAGE).content.decode()
    anchors = set(re.findall(r'id="([\w-]+)"', page))
    for variable in DEFAULT.variables:
        assert variable.slug in anchors
        assert {f"{variable.slug}-{label.slug}" for label in variable.labels} <= anchors
    assert "stance-support" in anchors
    assert "The content asserts, presupposes or entails the claim." in page
    assert all(note.title in page for note in DEFAULT.notes)


def test_it_takes_few_queries(client_of, vic, study, django_assert_max_num_queries):
    client = client_of(vic)
    with django_assert_max_num_queries(6):
        client.get(PAGE)


def test_members_only_and_reading_only(client_of, otto, vic, study):
    assert client_of(otto).get(PAGE).status_code == 404
    assert client_of(vic).post(PAGE).status_code == 405
