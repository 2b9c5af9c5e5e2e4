"""`create_token` prints the bare key, alone, and refuses with a sentence."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.access.models import ApiToken
from tests.api.conftest import Program


def key_of(capsys, *arguments):
    call_command("create_token", *arguments)
    out, err = capsys.readouterr()
    assert err == ""
    assert out == out.strip() + "\n"
    return out.strip()


def test_the_key_alone_is_printed_and_works(ana, study, capsys):
    program = Program({"authorization": f"Token {key_of(capsys, 'ana')}"})
    assert program.get("/studies/").json()["results"][0]["slug"] == study.slug
    assert program.post("/studies/", {"name": "New"}).status_code == 403


def test_scope_study_and_days_are_kept(ana, study, capsys):
    key = key_of(capsys, "ana", "--scope", "write", "--study", study.slug, "--days", "3")
    token = ApiToken.objects.get()
    assert (token.scope, token.study) == ("write", study)
    assert token.expires_at - timezone.now() < timedelta(days=3)
    assert key not in {token.digest, token.hint, token.name}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nobody"], "no user 'nobody'"),
        (["otto", "--study", "nowhere"], "no study 'nowhere'"),
        (["otto", "--study", "gates"], "otto is no member"),
        (["otto", "--days", "0"], "1 to 366 days"),
        (["otto", "--scope", "admin"], "invalid choice"),
    ],
)
def test_refusals_are_sentences(otto, study, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("create_token", *arguments)
    assert not ApiToken.objects.exists()
