from django.utils import timezone

from annotations.workload.models import AnnotationSet
from tests.factories.codebook import default_codebook
from tests.factories.studies import author_for


def make_set(article, **fields):
    """The open shared set of the article."""
    return AnnotationSet.objects.create(article=article, **{"codebook": default_codebook(), **fields})


def make_own_set(article, user, **fields):
    """The open set of one annotator."""
    author = author_for(article.study, user)
    return make_set(article, kind=AnnotationSet.Kind.ANNOTATOR, author=author, **fields)


def submitted():
    """The fields of a set that has been submitted."""
    return {"state": AnnotationSet.State.SUBMITTED, "submitted_at": timezone.now()}
