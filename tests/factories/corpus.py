from annotations.corpus import furniture, text
from annotations.corpus.models import Article

# An astral character before the quotations: offsets counted in UTF-16 units are off by one from there on.
TEXT = """Gates stood open, miller says
By Tomas Reed
The river rose overnight 🌊 and took the lower mill.
“They opened the gates at noon,” the miller Jon Abel told reporters. “Nobody warned us,” he added.
Advertisement
The keeper, Ida Venn, said on Monday that no gate was opened before two.
"""


def make_article(study, words=TEXT, **fields):
    found = [{"start": f.start, "end": f.end, "kind": f.kind} for f in furniture.recognise(words)]
    return Article.objects.create(
        study=study,
        text=words,
        **{
            "title": words.split("\n", 1)[0][:300] or "Untitled",
            "sha256": text.sha256_of(words),
            "length": len(words),
            "n_words": text.n_words(words),
            "furniture": found,
            **fields,
        },
    )
