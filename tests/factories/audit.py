from annotations.audit.models import Event, IdempotencyKey


def make_event(target, **fields):
    fields.setdefault("verb", "test.happened")
    return Event.objects.create(target_type=target._meta.model_name, target_id=str(target.pk), **fields)


def make_idempotency_key(user, key="once", **fields):
    return IdempotencyKey.objects.create(
        user=user, key=key, **{"body_hash": "0" * 64, "status": 201, "answer": {}, **fields}
    )
