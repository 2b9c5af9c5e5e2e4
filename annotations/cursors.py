"""Cursors: where a page of a list begins, sealed so that readers can neither read nor make one.

A cursor holds the values of the last row that a page showed. Integer keys are among them and never leave,
so it is encrypted and authenticated with the secret key; the same place gives the same cursor.
"""

import base64
import binascii
import hashlib
import hmac
import json

from django.utils.crypto import salted_hmac

from annotations.errors import AnnotationError

TAG = 12
"""Bytes of the authentication tag."""

Values = tuple[int | str, ...]


class BadCursor(AnnotationError):
    code = "bad_cursor"
    status = 400


def seal(order: str, values: Values, *, backwards: bool) -> str:
    """Return the cursor after (or, backwards, before) the row with these values in a list of this order."""
    plain = json.dumps([backwards, *values], separators=(",", ":")).encode()
    tag = _tag(order, plain)
    return base64.urlsafe_b64encode(tag + _masked(plain, tag)).decode().rstrip("=")


def unseal(order: str, cursor: str) -> tuple[bool, Values]:
    """Return direction and values; refuse what `seal` has not made for this order."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise _bad() from None
    plain = _masked(raw[TAG:], raw[:TAG])
    if not hmac.compare_digest(_tag(order, plain), raw[:TAG]):
        raise _bad()
    backwards, *values = json.loads(plain)
    return bool(backwards), tuple(values)


def _bad() -> BadCursor:
    return BadCursor("This cursor is none of this list; take `next` or `previous` of a page as they are.")


def _tag(order: str, plain: bytes) -> bytes:
    keyed = salted_hmac("annotations.cursors.tag", order.encode() + b"\n" + plain, algorithm="sha256")
    return keyed.digest()[:TAG]


def _masked(data: bytes, tag: bytes) -> bytes:
    seed = salted_hmac("annotations.cursors.mask", tag, algorithm="sha256").digest()
    stream = hashlib.shake_256(seed).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))
