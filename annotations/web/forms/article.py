"""What is known of an article, typed or guessed."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from annotations.corpus.actions import LONGEST
from annotations.corpus.language import NO_TAG, TAG
from annotations.corpus.models import Article

_LANGUAGE = RegexValidator(re.compile(rf"(?:{TAG.pattern})\Z"), NO_TAG)
LANGUAGES = (
    ("en", "English"),
    ("ar", "Arabic"),
    ("de", "German"),
    ("es", "Spanish"),
    ("fa", "Persian"),
    ("fr", "French"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("ru", "Russian"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("zh", "Chinese"),
)


def _words(name: str, **options: Any) -> forms.CharField:
    return forms.CharField(required=False, max_length=LONGEST[name], **options)


class LicenceForm(forms.Form):
    """Whether the text may be passed on; the same for one article or for many files."""

    licence_name = _words("licence_name", label="Licence", help_text="Such as CC BY 4.0; empty when unknown.")
    text_may_leave = forms.BooleanField(
        required=False,
        label="Exports may hold the whole text",
        help_text="Else they hold the quotations and a digest of the text.",
    )


class ArticleForm(LicenceForm):
    """All of an article's metadata; what stays empty is guessed when it is added."""

    title = _words("title")
    outlet = forms.CharField(
        required=False,
        max_length=300,
        help_text="Who published it.",
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )
    author = _words("author")
    url = _words(
        "url", label="Address", widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"})
    )
    published_on = forms.DateField(
        required=False, label="Published", widget=forms.DateInput(attrs={"type": "date"})
    )
    dateline = _words("dateline", help_text="Place and date as the article gives them.")
    language = _words(
        "language",
        validators=[_LANGUAGE],
        widget=forms.TextInput(attrs={"list": "languages", "autocomplete": "off"}),
    )


class ArticleAddForm(ArticleForm):
    """A text to paste, with what is known of it. The text itself is checked where it is stored, by position."""

    text = forms.Field(
        label="Text",
        widget=forms.Textarea(attrs={"rows": 16, "class": "words", "spellcheck": "false", "dir": "auto"}),
        error_messages={"required": "Paste the article's text here."},
    )
    allow_duplicate = forms.BooleanField(required=False, label="Add it all the same, as a second article")
    same_address = forms.BooleanField(required=False, label="It is another article; add it all the same")

    @property
    def metadata(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ArticleForm.base_fields}


class ArticleFilesForm(LicenceForm):
    """What all uploaded files have in common."""

    outlet = forms.CharField(
        required=False,
        max_length=300,
        help_text="For all of them; left empty, it is guessed file by file.",
        widget=forms.TextInput(attrs={"list": "outlets", "autocomplete": "off"}),
    )


class ArticleEditForm(ArticleForm):
    external_id = _words(
        "external_id", label="External id", help_text="A name of your own for programs; unique in the study."
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def initial_of(cls, article: Article) -> dict[str, Any]:
        values = {name: getattr(article, name) for name in cls.base_fields}
        return {**values, "outlet": article.outlet.name if article.outlet else ""}

    @property
    def metadata(self) -> dict[str, Any]:
        """Return what was typed; an empty external id and outlet mean none."""
        given = {name: self.cleaned_data[name] for name in self.fields if name != "version"}
        return {**given, "external_id": given["external_id"] or None}
