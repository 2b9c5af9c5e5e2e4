from annotations.studies.models import Author, Membership, Role, Study


def make_study(slug="gates", **fields):
    return Study.objects.create(slug=slug, **{"name": slug.capitalize(), **fields})


def make_membership(study, user, role=Role.ANNOTATOR, **fields):
    return Membership.objects.create(study=study, user=user, role=role, **fields)


def make_author(study, user=None, pseudonym="c01", **fields):
    return Author.objects.create(study=study, user=user, pseudonym=pseudonym, **fields)


def author_for(study, user):
    """The pseudonym of `user` in `study`; the next free one if there is none."""
    known = Author.objects.filter(study=study, user=user).first()
    return known or make_author(study, user, f"c{Author.objects.filter(study=study).count() + 1:02d}")
