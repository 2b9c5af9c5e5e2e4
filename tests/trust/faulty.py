"""The application with one line broken, for servers that a check must find out. Nothing of it is in production."""

import time

from django.db import transaction


def served(fault):
    """Return the application with the named fault in it."""
    from project.wsgi import application  # sets Django up, which what the faults import needs

    globals()[fault](application)
    return application


def acknowledges_early(application):
    """Answers first and commits a little later, as a server would that trusts its cache."""
    answer = application.get_response

    def early(request):
        if request.method == "GET":
            return answer(request)
        open_transaction = transaction.atomic()
        open_transaction.__enter__()

        def commit():
            time.sleep(0.3)
            open_transaction.__exit__(None, None, None)

        response = answer(request)
        response._resource_closers.append(commit)  # run when the server has sent every byte
        return response

    application.get_response = early


def ignores_the_version(_application):
    """Writes over whatever stands there; the pause lets another writer read the same version meanwhile."""
    from annotations import rows

    rows.advance.__code__ = overwriting_advance.__code__


def overwriting_advance(row, *, expected, changes):
    """`rows.advance` without its comparison; runs with the names of that module."""
    import time

    model = type(row)
    time.sleep(0.03)
    model._default_manager.filter(pk=row.pk).update(
        version=F("version") + 1,  # noqa: F821
        updated_at=timezone.now(),  # noqa: F821
        **changes,
    )
    row.refresh_from_db()
    return row


def forgets_keys(_application):
    """Takes an Idempotency-Key for a wish: every repetition is carried out."""
    from annotations.audit import actions

    actions._kept.__code__ = (lambda user, key: None).__code__
    actions._create_and_keep.__wrapped__.__code__ = create_without_keeping.__code__


def create_without_keeping(user, key, body_hash, create):
    status, answer = create()
    return IdempotencyKey(user=user, key=key, body_hash=body_hash, status=status, answer=answer)  # noqa: F821
