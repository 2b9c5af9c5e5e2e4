"""Registry: Django finds every table here. Nobody imports this module; import from the packages."""

from annotations.access.models import ApiToken
from annotations.accounts.models import SignInFailure, User
from annotations.audit.models import Event, IdempotencyKey
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink
from annotations.codebook.models import CodebookVersion, Label, Variable
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.exchange.models import GoldFile
from annotations.speakers.models import Affiliation, Alias, Side, Speaker
from annotations.statements.models import ChainLink, Code, Mention, Statement, Utterance
from annotations.studies.models import Author, Membership, Study
from annotations.workload.models import AnnotationSet

__all__ = [
    "Affiliation",
    "Alias",
    "AnnotationSet",
    "ApiToken",
    "Article",
    "Author",
    "ChainLink",
    "Claim",
    "ClaimRelation",
    "Code",
    "CodebookVersion",
    "Event",
    "GoldFile",
    "IdempotencyKey",
    "Issue",
    "Label",
    "Membership",
    "Mention",
    "Side",
    "SignInFailure",
    "Speaker",
    "StanceLink",
    "Statement",
    "Study",
    "User",
    "Utterance",
    "Variable",
    "Verdict",
]
