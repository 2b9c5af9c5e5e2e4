"""What kind of source a statement has, by the nouns of its speaker; and whether a reader can find who it is."""

from annotations.extraction.english import people
from annotations.extraction.english.source_types import CITIZEN, EXPERT, EYEWITNESS, OFFICIAL, PARTY, UNNAMED
from annotations.extraction.names import Entity, Kind, bare

_SEVERAL_NAMES = 4
_BY_NOUN = (
    ("eyewitness", EYEWITNESS),
    ("official", OFFICIAL),
    ("expert", EXPERT),
    ("citizen", CITIZEN),
    ("party", PARTY),
)


def source_type_of(entity: Entity | None, words: str) -> str | None:
    """Return the codebook's label; `words` are those of the source span. None where nothing tells."""
    if entity is None:
        return None
    if withholds_name(words):
        return "anonymous"
    named = {bare(word) for word in entity.name.split()}
    if entity.kind is Kind.DOCUMENT:
        return "document"
    if named & people.MEDIA:
        return "media"
    nouns = entity.nouns | named
    found = next((label for label, known in _BY_NOUN if nouns & known), None)
    return found or ("organisation" if entity.kind is Kind.BODY else None)


def on_record(entity: Entity | None, words: str) -> str | None:
    """Return named, unnamed or collective."""
    if entity is None:
        return None
    named = {bare(word) for word in entity.name.split()}
    if entity.kind is Kind.DOCUMENT:
        return "named"
    if named & people.COLLECTIVES and not entity.name[1:2].isupper() and len(named) < _SEVERAL_NAMES:
        return "collective"
    return "named" if entity.name[:1].isupper() and not withholds_name(words) else "unnamed"


def withholds_name(words: str) -> bool:
    """Tell whether a source span says that the name is withheld."""
    lower = {bare(word) for word in words.replace(",", " ").split()}
    kept_back = bool(lower & {"name", "named"}) and bool(lower & {"without", "not"})
    return kept_back or bool(lower & UNNAMED)
