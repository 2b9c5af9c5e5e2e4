"""Fields that every object has, and those that many share."""

from annotations.api.shapes import MOMENT, UID, Field, Null, Text, Whole

ID = {"id": Field(UID, "Public id.")}
EXTERNAL_ID = Null(Text(longest=200, blank=False))
EXTERNAL = {"external_id": Field(EXTERNAL_ID, "The client's own name of the object.")}
WEB_URL = {"web_url": Field(Text(), "Path of the object's page.")}
DATES = {
    "created_at": Field(MOMENT, "UTC."),
    "updated_at": Field(MOMENT, "UTC."),
    "version": Field(Whole(1), 'Counts the changes; the ETag is `"v<version>"`.'),
}
FIXED = frozenset({"id", "web_url", "created_at", "updated_at", "version"})
"""Set by the server."""
