from annotations.conflicts.models import Verdict


def make_verdict(a, b, judge, **fields):
    study = a.annotation_set.article.study
    return Verdict.objects.create(study=study, a=a, b=b, judge=judge, **{"verdict": "confirmed", **fields})
