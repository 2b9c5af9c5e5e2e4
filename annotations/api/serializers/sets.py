"""Sets, and the codebook that their statements follow."""

from annotations.api.serializers.kept import DATES, ID
from annotations.api.shapes import (
    MOMENT,
    UID,
    Choice,
    Field,
    Many,
    Null,
    Number,
    Text,
    Truth,
    Whole,
    answer,
)
from annotations.codebook.models import CodebookVersion
from annotations.codebook.scheme import COMPARISONS, SCOPES
from annotations.workload.models import AnnotationSet

SET = answer(
    "Set",
    {
        **ID,
        "article": Field(UID),
        "kind": Field(Choice(tuple(AnnotationSet.Kind.values))),
        "author": Field(Null(Text()), "Pseudonym; null for a shared set."),
        "codebook": Field(UID, "Id of the codebook version that its codes belong to."),
        "state": Field(Choice(tuple(AnnotationSet.State.values))),
        "submitted_at": Field(Null(MOMENT)),
        **DATES,
    },
)

LABEL = answer(
    "Label",
    {
        "slug": Field(Text(), "What codes hold."),
        "name": Field(Text()),
        "definition": Field(Text()),
        "yes": Field(Many(Text()), "Examples."),
        "no": Field(Many(Text()), "Near misses."),
        "key": Field(Text(), "Shortcut key."),
        "polarity": Field(Null(Whole(-1, 1)), "Of a stance."),
        "weight": Field(Null(Number()), "Of a commitment."),
        "comparison": Field(Choice(("", *COMPARISONS)), "How values on claims of this kind are compared."),
        "retired": Field(Truth(), "Takes no new use."),
    },
)
VARIABLE = answer(
    "Variable",
    {
        "slug": Field(Text()),
        "name": Field(Text()),
        "question": Field(Text()),
        "scope": Field(Choice(SCOPES), "Where it is asked."),
        "definition": Field(Text()),
        "order": Field(Whole()),
        "required": Field(Truth()),
        "multiple": Field(Truth()),
        "folded": Field(Truth()),
        "labels": Field(Many(LABEL)),
    },
)
CODEBOOK = answer(
    "Codebook",
    {
        **ID,
        "version": Field(Text(), "MAJOR.MINOR.PATCH; published versions never change."),
        "name": Field(Text()),
        "language": Field(Text()),
        "notes": Field(Many(answer("Note", {"title": Field(Text()), "text": Field(Text())}))),
        "variables": Field(Many(VARIABLE)),
        "state": Field(Choice(tuple(CodebookVersion.State.values))),
        "derived_from": Field(Null(UID)),
        "published_at": Field(Null(MOMENT)),
        "created_at": Field(Null(MOMENT)),
        "updated_at": Field(Null(MOMENT)),
    },
)
