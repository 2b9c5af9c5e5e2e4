"""The things whose changes can be taken back, each through the actions of its own package."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from annotations.history.targets.article import ArticleTarget
from annotations.history.targets.statement import StatementTarget
from annotations.history.targets.target import Target
from annotations.history.targets.vocabulary import ClaimTarget, IssueTarget, RelationTarget, SpeakerTarget

TARGETS: Mapping[str, type[Target[Any]]] = MappingProxyType(
    {
        target.target_type: target
        for target in (
            StatementTarget,
            ArticleTarget,
            SpeakerTarget,
            ClaimTarget,
            IssueTarget,
            RelationTarget,
        )
    }
)
"""By the event's `target_type`."""

__all__ = ["TARGETS", "Target"]
