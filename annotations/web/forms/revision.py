"""A corrected text, with what is known of it."""

from typing import Any

from django import forms

from annotations.corpus.models import Article
from annotations.web.forms.article import ArticleForm


class RevisionForm(ArticleForm):
    """The corrected text; a file goes before what was pasted. What is known of the article stands in it already."""

    text = forms.Field(
        label="Corrected text",
        required=False,
        widget=forms.Textarea(attrs={"rows": 18, "class": "words", "spellcheck": "false", "dir": "auto"}),
    )
    file = forms.FileField(required=False, label="Or a file with it")
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, article: Article) -> dict[str, Any]:
        values = {name: getattr(article, name) for name in ArticleForm.base_fields}
        outlet = article.outlet.name if article.outlet else ""
        return {**values, "outlet": outlet, "text": article.text, "version": article.version}

    @property
    def metadata(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ArticleForm.base_fields}
