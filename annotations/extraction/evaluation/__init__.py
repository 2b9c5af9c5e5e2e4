"""How good the extractor is on texts that people have annotated. Plain Python; the texts are no part of the project."""
