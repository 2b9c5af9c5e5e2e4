"""Write the log. Every action calls `record` inside its own transaction."""

import uuid
from collections.abc import Mapping

from annotations.accounts.models import User
from annotations.audit.models import Event, IdempotencyKey
from annotations.rows import Row


def record(
    *,
    study_id: int | None,
    by: User | None,
    verb: str,
    target: Row | User,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    batch: uuid.UUID | None = None,
) -> Event:
    """Append one event; `before` and `after` hold the changed fields as JSON values."""
    return Event.objects.create(
        study_id=study_id,
        by=by,
        verb=verb,
        target_type=target._meta.model_name or "",
        target_id=str(target.uid if isinstance(target, Row) else target.pk),
        label=str(target)[:300],
        before=before,
        after=after,
        batch=batch or uuid.uuid4(),
    )


def keep_answer(*, user: User, key: str, body_hash: str, status: int, answer: object) -> IdempotencyKey:
    """Store the answer of a create under the client's Idempotency-Key, in the create's transaction."""
    return IdempotencyKey.objects.create(
        user=user, key=key, body_hash=body_hash, status=status, answer=answer
    )
