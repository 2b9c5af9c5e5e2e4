"""The log has words for whatever happens in a study."""

import re

from annotations.history.phrases import IN_WORDS
from tests.architecture.sources import ROOT

VERB = re.compile(r'verb="([a-z_]+\.[a-z_]+)"')


def test_every_verb_has_words():
    used = {
        verb for path in (ROOT / "annotations").rglob("actions.py") for verb in VERB.findall(path.read_text())
    }
    assert len(used) > 30
    missing = {verb for verb in used if not verb.startswith("user.")} - IN_WORDS.keys()
    assert not missing, f"Say in words what these do, in PHRASES or IN_WORDS of history/phrases.py: {missing}"
