"""Two speakers who are one, and two claims that say the same, named wherever a study can name them."""

from datetime import date

from django.apps import apps

from annotations.speakers.models import Speaker
from annotations.statements.models import Statement
from tests.factories.claims import make_claim, make_relation, make_stance
from tests.factories.conflicts import make_verdict
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_affiliation, make_alias, make_side, make_speaker
from tests.factories.statements import (
    make_chain_link,
    make_mention,
    make_statement,
    make_utterance,
    span_of,
)
from tests.factories.studies import author_for
from tests.factories.workload import make_set

PASSING = {"version", "updated_at"}


def rows_of_all_tables():
    """Every row of every table but the log, with its keys; without what counts versions."""
    models = apps.get_app_config("annotations").get_models(include_auto_created=True)
    return {
        model.__name__: sorted(
            (
                {
                    f.attname: getattr(row, f.attname)
                    for f in model._meta.concrete_fields
                    if f.name not in PASSING
                }
                for row in model._default_manager.all()
            ),
            key=lambda row: str(row["id"]),
        )
        for model in models
        if model.__name__ not in {"Event", "User"}
    }


def addressing(into, speaker, *others):
    """Spans of a statement to whose addressees these speakers belong."""
    spans = [{"role": "content", **span_of("They opened the gates", TEXT).to_json()}]
    for words, each in zip(("miller", "gates", "noon"), (speaker, *others), strict=False):
        spans.append({"role": "addressee", **span_of(words, TEXT).to_json(), "speaker": str(each.uid)})
    return spans


class Speakers:
    """`keep` is Anna Venn, `away` is A. Venn; they stand in one another's way as often as they can."""

    def __init__(self, study, user):
        self.study = study
        self.keep = make_speaker(study, "Anna Venn", role="minister", type="media")
        self.away = make_speaker(
            study, "A. Venn", role="deputy", type="media", external_id="venn-2", private=True
        )
        keep, away = self.keep, self.away
        self.other = make_speaker(study, "Jon Abel", affiliation=away, speaks_for=keep)
        self.third = make_speaker(study, "Ministry", type="organisation", affiliation=keep, speaks_for=away)
        Speaker.objects.filter(pk=keep.pk).update(affiliation=away, speaks_for=self.third)
        Speaker.objects.filter(pk=away.pk).update(affiliation=keep, speaks_for=self.other)
        keep.refresh_from_db()
        away.refresh_from_db()
        make_alias(keep, "the minister")
        make_alias(away, "The  Minister")
        make_alias(away, "Venn")
        for group, members in ((keep, [self.other, away]), (away, [self.other, self.third, keep])):
            group.members.set(members)
        self.group, self.pair = make_speaker(study, "Cabinet", type="group"), make_speaker(study, "Pair")
        self.group.members.set([keep, away])
        self.pair.members.set([away])
        then = {"since": date(2015, 1, 1), "until": date(2018, 3, 14)}
        for speaker, body in ((keep, away), (away, self.third), (keep, self.third), (self.other, away)):
            make_affiliation(speaker, body, **then)
        make_affiliation(self.other, keep, **then)
        make_affiliation(away, self.other, kind="speaks_for")
        make_affiliation(self.third, away, role="owner")
        make_side(keep, self.third)
        make_side(away, self.other)
        make_side(self.third, away)
        make_side(self.other, keep)
        self.article = make_article(study, outlet=away)
        self.set = make_set(self.article)
        make_mention(self.set, away)
        make_utterance(self.set, speaker=away)
        self.said = make_statement(self.set, user, speaker=away)
        make_chain_link(self.said, away)
        make_chain_link(self.said, keep, 1, "relay")
        make_chain_link(self.said, self.third, 2, "publisher")
        self.told = make_statement(self.set, user, speaker=keep)
        make_chain_link(self.told, keep)
        make_chain_link(self.told, self.other, 1, "relay")
        make_chain_link(self.told, away, 2, "publisher")
        self.plain = make_statement(self.set, user, speaker=self.other, deleted_at=self.article.created_at)
        make_chain_link(self.plain, self.other)
        make_chain_link(self.plain, away, 1, "relay")
        Statement.objects.filter(pk=self.told.pk).update(spans=addressing(self.set, away, keep, self.other))


class Claims:
    """`keep` and `away` are two wordings of one claim; `both` bears on the two of them."""

    def __init__(self, study, user):
        self.study = study
        self.keep = make_claim(study, "The gates were opened at noon.")
        self.away = make_claim(study, "At noon the gates stood open.", external_id="c-2", note="see below")
        self.third = make_claim(study, "Nobody was warned.")
        keep, away, third = self.keep, self.away, self.third
        make_relation(keep, away)
        make_relation(away, keep, "entails")
        make_relation(keep, third)
        make_relation(away, third)
        make_relation(third, away, "tension")
        self.set = make_set(make_article(study))
        self.both, self.one, self.binned = (make_statement(self.set, user) for _ in range(3))
        make_stance(self.both, away, "oppose", note="angrily")
        make_stance(self.both, keep, order=1)
        make_stance(self.one, away)
        make_stance(self.binned, away, order=2)
        Statement.objects.filter(pk=self.binned.pk).update(deleted_at=self.set.created_at)
        judge = author_for(study, user)
        basis = {"relation": "numeric", "claims": [str(away.uid), str(keep.uid)]}
        self.verdict = make_verdict(self.both, self.one, judge, basis=basis)
