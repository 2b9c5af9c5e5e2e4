"""Codebook 1.0.0, which every study starts from. Published, therefore never changed: a change is a new version."""

from typing import Final
from uuid import UUID

from annotations.codebook.default_acts import MEDIUM, SPEECH_ACT
from annotations.codebook.default_claims import CLAIM_KIND, CLAIM_RELATION
from annotations.codebook.default_conflicts import (
    CONFLICT_BASIS,
    CONFLICT_KIND,
    CONFLICT_STRENGTH,
    POSITION_CHANGE,
)
from annotations.codebook.default_flags import FLAGS
from annotations.codebook.default_mentions import CHAIN_ROLE, MENTION_FORM
from annotations.codebook.default_notes import NOTES
from annotations.codebook.default_sources import EVIDENCE, ON_RECORD, SOURCE_TYPE
from annotations.codebook.default_stance import COMMITMENT, EXPLICIT, STANCE
from annotations.codebook.default_wording import QUOTE_TYPE, REPORT_FORM, VOICE
from annotations.codebook.scheme import Scheme

DEFAULT_ID: Final = UUID("6bc133c2-797e-5675-b484-282a1363d90e")
"""The same in every installation: uuid5(NAMESPACE_URL, "atodds:codebook:1.0.0")."""

DEFAULT: Final = Scheme(
    id=DEFAULT_ID,
    version="1.0.0",
    name="Conflicting claims in news",
    language="en",
    notes=NOTES,
    variables=(
        VOICE,
        QUOTE_TYPE,
        REPORT_FORM,
        SOURCE_TYPE,
        ON_RECORD,
        EVIDENCE,
        SPEECH_ACT,
        MEDIUM,
        FLAGS,
        CHAIN_ROLE,
        MENTION_FORM,
        STANCE,
        EXPLICIT,
        COMMITMENT,
        CLAIM_KIND,
        CLAIM_RELATION,
        CONFLICT_KIND,
        CONFLICT_STRENGTH,
        CONFLICT_BASIS,
        POSITION_CHANGE,
    ),
)
