"""Statements: marked, revised, binned, brought back; one test for each way out."""

import uuid
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from annotations.audit.models import Event
from annotations.errors import Invalid, StaleEdit
from annotations.spans import RoleSpan, Span, SpanList, SpanRefused, SpanRole
from annotations.statements.actions import (
    FurnitureInUse,
    discard_statement,
    mark_statement,
    restore_statement,
    revise_statement,
    set_furniture,
)
from annotations.statements.changes import Link, SaidOn, StatementChanges
from annotations.statements.models import ChainLink, Code, Statement
from annotations.workload.actions import SetClosed, submit_set
from tests.factories.corpus import TEXT, make_article
from tests.factories.speakers import make_speaker
from tests.factories.statements import (
    make_chain_link,
    make_code,
    make_statement,
    make_utterance,
    span_of,
    spans_of,
)
from tests.factories.workload import make_own_set, make_set
from tests.nasty import texts_with_span
from tests.refusals import refused

SPANS = spans_of(
    TEXT,
    content=["“They opened the gates at noon,”", "“Nobody warned us,”"],
    source="the miller Jon Abel",
    cue="told",
    addressee="reporters",
)


def mark(into, by, spans=SPANS, **fields):
    return mark_statement(into=into, changes=StatementChanges(spans=spans, **fields), by=by)


def revise(statement, by, expected=1, **fields):
    return revise_statement(statement=statement, expected=expected, changes=StatementChanges(**fields), by=by)


def kept(statement):
    return Statement.objects.get(pk=statement.pk)


def last_event():
    return Event.objects.latest("pk")


# Marking -------------------------------------------------------------------------------------------


def test_a_mark_is_kept_with_its_words(shared_set, ana):
    statement = kept(mark(shared_set, ana))
    assert statement.span_list == SPANS
    assert TEXT[statement.start : statement.end].startswith("“They opened")
    assert TEXT[statement.start : statement.end].endswith("warned us,”")
    assert statement.quotation == "“They opened the gates at noon,” [...] “Nobody warned us,”"
    assert (statement.created_by.user, statement.created_by.pseudonym) == (ana, "c01")
    assert (statement.version, statement.voice, statement.speaker) == (1, "attributed", None)
    event = last_event()
    assert (event.verb, event.study_id, event.target_id) == (
        "statement.mark",
        shared_set.article.study_id,
        str(statement.uid),
    )
    assert event.after["spans"] == SPANS.to_json()


def test_everything_may_be_told_at_once(shared_set, statement, speaker, ana):
    utterance = make_utterance(shared_set)
    clerk = make_speaker(shared_set.article.study, "the clerk")
    cue = span_of("told", TEXT)
    made = mark(
        shared_set,
        ana,
        external_id="s1",
        voice="author",
        speaker=speaker,
        metonym=True,
        collective=True,
        utterance=utterance,
        codes={"quote_type": "direct", "source_type": "official", "medium": None},
        said_on=SaidOn(first=date(2018, 3, 12), last=date(2018, 3, 12), span=span_of("on Monday", TEXT)),
        chain=[
            Link(speaker=speaker, role="original"),
            Link(speaker=clerk, role="relay", uncertain=True, cue=Span(cue.start, cue.end)),
        ],
        parent=statement,
        restates=[statement],
        replies_to=[statement],
        flags=["irony"] if "irony" in flags() else flags()[:1],
        note="as told",
    )
    row = kept(made)
    assert row.parent == statement
    assert row.utterance == utterance
    assert row.restates == row.replies_to == [str(statement.uid)]
    assert row.said_on == {
        "from": "2018-03-12",
        "to": "2018-03-12",
        "precision": "day",
        "anchored": True,
        "span": span_of("on Monday", TEXT).to_json(),
    }
    assert {code.variable.slug: code.label.slug for code in row.codes.all()} == {
        "quote_type": "direct",
        "source_type": "official",
    }
    assert [link.to_json() for link in row.chain.all()] == [
        {"speaker": str(speaker.uid), "role": "original", "uncertain": False, "source": None, "cue": None},
        {"speaker": str(clerk.uid), "role": "relay", "uncertain": True, "source": None, "cue": cue.to_json()},
    ]
    after = last_event().after
    assert after["speaker"] == str(speaker.uid)
    assert after["codes"] == {"quote_type": "direct", "source_type": "official", "medium": None}
    assert after["chain"][1]["cue"]["text"] == "told"


def flags():
    from annotations.codebook.default import DEFAULT

    return [label.slug for v in DEFAULT.variables if v.slug == "flags" for label in v.labels]


def test_a_statement_needs_spans(shared_set, ana):
    with refused(Invalid, field="spans"):
        mark_statement(into=shared_set, changes=StatementChanges(note="x"), by=ana)
    with refused(SpanRefused, field="spans", says="at least one content span"):
        mark(shared_set, ana, spans_of(TEXT, source="Jon Abel"))


def one(role, start, end, text="", speaker=None):
    return SpanList.of([RoleSpan(SpanRole(role), Span(start, end, text), speaker)])


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"spans": one("content", 0, len(TEXT) + 1)}, SpanRefused, "spans[0]"),
        ({"spans": one("content", 0, 5, "Locks")}, SpanRefused, "spans[0]"),
        ({"spans": spans_of(TEXT, content="Gates", cue="Tomas")}, SpanRefused, "spans[1]"),
        ({"voice": "passive"}, Invalid, "voice"),
        ({"flags": [*flags()[:1], "loud"]}, Invalid, "flags[1]"),
        ({"codes": {"tone": "calm"}}, Invalid, "codes.tone"),
        ({"codes": {"stance": "support"}}, Invalid, "codes.stance"),
        ({"codes": {"quote_type": "shouted"}}, Invalid, "codes.quote_type"),
        ({"external_id": "a" * 201}, Invalid, "external_id"),
        ({"said_on": SaidOn(first=None, last=None, precision="hour")}, Invalid, "said_on.precision"),
        ({"said_on": SaidOn(first=date(2018, 3, 2), last=date(2018, 3, 1))}, Invalid, "said_on"),
        ({"said_on": SaidOn(first=None, last=None, span=Span(0, 999))}, SpanRefused, "said_on.span"),
    ],
)
def test_what_does_not_fit_leaves_nothing(shared_set, ana, fields, error, field):
    with refused(error, field=field):
        mark(shared_set, ana, **fields)
    assert not Statement.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.parametrize("named", ["nobody", str(uuid.uuid4()), ""])
def test_an_addressee_names_a_speaker_of_the_study(shared_set, speaker, ana, named):
    content = RoleSpan(SpanRole.CONTENT, span_of("Nobody", TEXT))
    at = span_of("reporters", TEXT)

    def spans(name):
        return SpanList.of([content, RoleSpan(SpanRole.ADDRESSEE, at, name)])

    made = mark(shared_set, ana, spans(str(speaker.uid)))
    assert made.spans[1]["speaker"] == str(speaker.uid)
    if named:
        with refused(Invalid, field="spans[1].speaker"):
            mark(shared_set, ana, spans(named))


def test_rows_of_other_studies_are_unknown(shared_set, foreign, ana):
    cases = [
        ("speaker", {"speaker": foreign.speaker}),
        ("utterance", {"utterance": foreign.statement.utterance}),
        ("parent", {"parent": foreign.statement}),
        ("restates", {"restates": [foreign.statement]}),
        ("replies_to", {"replies_to": [foreign.statement]}),
        ("chain[0].speaker", {"chain": [Link(speaker=foreign.speaker, role="original")]}),
    ]
    for field, fields in cases:
        with refused(Invalid, field=field, says="There is no such"):
            mark(shared_set, ana, **fields)


def test_a_chain_is_checked_link_by_link(shared_set, speaker, ana):
    good = Link(speaker=speaker, role="original")
    with refused(Invalid, field="chain[1].role"):
        mark(shared_set, ana, chain=[good, Link(speaker=speaker, role="gossip")])
    with refused(SpanRefused, field="chain[0].source"):
        mark(shared_set, ana, chain=[Link(speaker=speaker, role="original", source=Span(0, 4, "Lock"))])
    with refused(SpanRefused, field="chain[0].cue"):
        mark(shared_set, ana, chain=[Link(speaker=speaker, role="original", cue=Span(4, 4))])


def test_a_reply_may_stand_in_another_article(shared_set, ana):
    there = make_statement(
        make_set(make_article(shared_set.article.study, "“No gate was opened.”")), ana, "“No"
    )
    assert kept(mark(shared_set, ana, replies_to=[there])).replies_to == [str(there.uid)]


def test_a_submitted_set_takes_no_marks(shared_set, statement, ana):
    submit_set(annotation_set=shared_set, expected=1, by=ana)
    for act in (
        lambda: mark(shared_set, ana),
        lambda: revise(statement, ana, note="x"),
        lambda: discard_statement(statement=statement, expected=1, by=ana),
        lambda: restore_statement(statement=statement, expected=1, by=ana),
    ):
        with refused(SetClosed, says="reopen it"):
            act()
    assert kept(statement).version == 1


def test_a_refused_mark_takes_no_pseudonym(shared_set, ben):
    with refused(Invalid):
        mark(shared_set, ben, voice="passive")
    assert not shared_set.article.study.authors.exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts_with_span().filter(lambda case: "\x00" not in case[0]))  # no article may hold NUL
def test_words_survive_store_and_load_for_any_text(study, codebook, ana, case):
    text, start, end = case
    into = make_set(make_article(study, text, furniture=[], duplicate_allowed=True))
    row = kept(mark(into, ana, one("content", start, end, text[start:end])))
    span = row.span_list.content[0]
    assert (span.start, span.end, span.text) == (start, end, text[start:end])
    assert row.quotation == text[start:end] == row.annotation_set.article.text[row.start : row.end]


# Revising ------------------------------------------------------------------------------------------


def test_a_revision_touches_only_what_it_names(statement, speaker, ben):
    revise(statement, ben, note="second thoughts", metonym=True)
    row = kept(statement)
    assert (row.note, row.metonym, row.speaker, row.version) == ("second thoughts", True, speaker, 2)
    assert row.created_by.user.username == "ana"
    event = last_event()
    assert (event.verb, event.by) == ("statement.revise", ben)
    assert (event.before, event.after) == (
        {"note": "", "metonym": False},
        {"note": "second thoughts", "metonym": True},
    )


def test_new_spans_move_the_envelope(statement, ana):
    revise(statement, ana, spans=spans_of(TEXT, content="“Nobody warned us,”"))
    row = kept(statement)
    assert row.quotation == "“Nobody warned us,”" == TEXT[row.start : row.end]
    assert last_event().before["quotation"] == "“They opened the gates at noon,”"


def test_a_stale_revision_changes_nothing_and_shows_what_stands(statement, ana, ben):
    revise(kept(statement), ben, note="first")
    with pytest.raises(StaleEdit) as stale:
        revise(statement, ana, note="second", codes={"quote_type": "direct"}, chain=[])
    assert stale.value.status == 412
    assert stale.value.current.note == "first"
    assert kept(statement).note == "first"
    assert not Code.objects.exists()
    assert Event.objects.count() == 1


def test_a_version_of_the_future_is_stale_too(statement, ana):
    with pytest.raises(StaleEdit):
        revise(statement, ana, expected=2, note="x")


def test_codes_are_merged_by_variable(statement, ana):
    revise(statement, ana, codes={"quote_type": "direct", "source_type": "official"})
    revise(statement, ana, expected=2, codes={"quote_type": "indirect", "source_type": None, "medium": None})
    assert [(code.variable.slug, code.label.slug) for code in Code.objects.all()] == [
        ("quote_type", "indirect")
    ]
    event = last_event()
    assert event.before["codes"] == {"quote_type": "direct", "source_type": "official", "medium": None}
    assert event.after["codes"] == {"quote_type": "indirect", "source_type": None, "medium": None}


def test_no_codes_are_no_change(statement, ana):
    make_code(statement)
    revise(statement, ana, codes={})
    assert Code.objects.count() == 1


def test_a_chain_is_replaced_whole(statement, speaker, ana):
    clerk = make_speaker(speaker.study, "the clerk")
    make_chain_link(statement, speaker)
    links = [Link(speaker=clerk, role="original"), Link(speaker=speaker, role="relay")]
    revise(statement, ana, chain=links)
    assert [(row.order, row.speaker, row.role) for row in ChainLink.objects.all()] == [
        (0, clerk, "original"),
        (1, speaker, "relay"),
    ]
    assert [Link.from_row(row) for row in kept(statement).chain.all()] == links
    assert [link["role"] for link in last_event().before["chain"]] == ["original"]
    revise(statement, ana, expected=2, chain=[])
    assert not ChainLink.objects.exists()


def test_the_first_link_follows_the_speaker(statement, speaker, ana):
    clerk = make_speaker(speaker.study, "the clerk")
    make_chain_link(statement, speaker, 0, role="original")
    make_chain_link(statement, speaker, 1, role="relay")
    revise(statement, ana, speaker=clerk)
    assert [row.speaker for row in ChainLink.objects.all()] == [clerk, speaker]
    revise(statement, ana, expected=2, speaker=None)
    assert [row.speaker for row in ChainLink.objects.all()] == [clerk, speaker]
    assert kept(statement).speaker is None
    assert last_event().before["speaker"] == str(clerk.uid)


def test_a_given_chain_is_taken_as_it_is(statement, speaker, ana):
    clerk = make_speaker(speaker.study, "the clerk")
    revise(statement, ana, speaker=clerk, chain=[Link(speaker=speaker, role="original")])
    assert [row.speaker for row in ChainLink.objects.all()] == [speaker]


def test_values_are_cleared(statement, speaker, shared_set, ana):
    said = SaidOn(first=date(2018, 3, 1), last=None, precision="month")
    revise(
        statement,
        ana,
        said_on=said,
        external_id="s1",
        parent=make_statement(shared_set, ana),
        flags=flags()[:1],
    )
    assert kept(statement).said_on["to"] is None
    revise(statement, ana, expected=2, said_on=None, external_id=None, parent=None, flags=[])
    row = kept(statement)
    assert (row.said_on, row.external_id, row.parent, row.flags) == (None, None, None, [])


def test_no_statement_is_its_own_parent_or_nested_in_what_is_nested_in_it(shared_set, statement, ana):
    child = make_statement(shared_set, ana, parent=statement)
    grandchild = make_statement(shared_set, ana, parent=child)
    for parent in (statement, child, grandchild):
        with refused(Invalid, field="parent", says="nested in itself"):
            revise(statement, ana, parent=parent)
    revise(grandchild, ana, parent=statement)


def test_a_circle_that_closed_meanwhile_is_seen(shared_set, statement, ana, ben):
    """What two annotators meet who nest two statements in each other: the second has loaded the old state."""
    other = make_statement(shared_set, ana)
    loaded_by_ben = kept(statement)
    revise(kept(statement), ana, parent=other)
    with refused(Invalid, field="parent"):
        revise(other, ben, parent=loaded_by_ben)


def test_a_circle_from_elsewhere_stops_nobody(shared_set, statement, ana):
    other = make_statement(shared_set, ana, parent=statement)
    Statement.objects.filter(pk=statement.pk).update(parent=other)
    third = make_statement(shared_set, ana)
    revise(third, ana, parent=kept(statement))


def test_a_parent_stands_in_the_same_set(shared_set, statement, ana):
    elsewhere = make_statement(make_own_set(shared_set.article, ana), ana)
    with refused(Invalid, field="parent"):
        revise(statement, ana, parent=elsewhere)


@pytest.mark.parametrize("relation", ["restates", "replies_to"])
def test_no_statement_restates_or_answers_itself(statement, ana, relation):
    with refused(Invalid, field=relation, says="itself"):
        revise(statement, ana, **{relation: [statement]})


def test_an_external_id_names_one_present_statement(shared_set, statement, ana):
    revise(statement, ana, external_id="s1")
    revise(statement, ana, expected=2, external_id="s1", note="kept")
    with refused(Invalid, field="external_id", says="'s1'"):
        mark(shared_set, ana, external_id="s1")


def test_an_empty_external_id_is_none(shared_set, ana):
    assert {kept(mark(shared_set, ana, external_id="")).external_id for _ in range(2)} == {None}


# The bin -------------------------------------------------------------------------------------------


def test_discard_and_restore_give_the_same_row(statement, shared_set, ana):
    nested = make_statement(shared_set, ana, parent=statement)
    make_code(statement)
    before = Statement.objects.values().get(pk=statement.pk)
    discard_statement(statement=statement, expected=1, by=ana)
    assert kept(statement).deleted_at
    assert kept(nested).parent == statement
    restore_statement(statement=kept(statement), expected=2, by=ana)
    after = Statement.objects.values().get(pk=statement.pk)
    assert {**after, "version": 1, "updated_at": before["updated_at"]} == before
    assert Code.objects.filter(statement=statement).count() == 1
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "statement.discard",
        "statement.restore",
    ]


def test_stale_bin_moves_are_refused(statement, ana, ben):
    revise(kept(statement), ben, note="x")
    for act in (discard_statement, restore_statement):
        with pytest.raises(StaleEdit):
            act(statement=statement, expected=1, by=ana)
    assert kept(statement).deleted_at is None


def test_nothing_returns_under_a_taken_external_id(shared_set, statement, ana):
    revise(statement, ana, external_id="s1")
    discard_statement(statement=statement, expected=2, by=ana)
    mark(shared_set, ana, external_id="s1")
    with refused(Invalid, field="external_id"):
        restore_statement(statement=statement, expected=3, by=ana)


# Furniture -----------------------------------------------------------------------------------------


def line_of(words):
    span = span_of(words, TEXT)
    return {"start": span.start, "end": span.end, "kind": "other"}


def test_lines_become_furniture_and_news_text_again(article, ana):
    set_furniture(article=article, expected=1, lines=[line_of("Advertisement")], by=ana)
    article.refresh_from_db()
    assert [TEXT[s.start : s.end] for s in article.furniture_spans] == ["Advertisement"]
    assert article.version == 2
    assert len(last_event().before["furniture"]) == 2
    set_furniture(article=article, expected=2, lines=[], by=ana)
    article.refresh_from_db()
    assert article.furniture == []


def test_a_line_in_a_statement_is_refused_with_the_statements(article, statement, shared_set, ana):
    line = TEXT.splitlines()[3]
    for _ in range(5):
        make_statement(shared_set, ana, "“Nobody warned us,”")
    with refused(FurnitureInUse, says="6 statement(s): ““They opened") as caught:
        set_furniture(article=article, expected=1, lines=[line_of(line)], by=ana)
    assert "and 1 more" in caught.value.message
    assert statement in caught.value.statements
    kept_article = type(article).objects.get(pk=article.pk)
    assert kept_article.version == article.version == 1
    assert kept_article.furniture == article.furniture
    assert len(article.furniture) == 2


def test_binned_statements_hold_no_line(article, statement, ana):
    discard_statement(statement=statement, expected=1, by=ana)
    set_furniture(article=article, expected=1, lines=[line_of(TEXT.splitlines()[3])], by=ana)


def test_a_source_in_the_line_counts_as_well(article, shared_set, ana):
    mark(shared_set, ana, spans_of(TEXT, content="no gate was opened", source="miller"))
    with refused(FurnitureInUse):
        set_furniture(article=article, expected=1, lines=[line_of(TEXT.splitlines()[0])], by=ana)


def test_stale_furniture_changes_nothing(article, ana):
    set_furniture(article=type(article).objects.get(), expected=1, lines=[], by=ana)
    with pytest.raises(StaleEdit):
        set_furniture(article=article, expected=1, lines=[line_of("Advertisement")], by=ana)
    assert type(article).objects.get().furniture == []


def test_a_statement_never_touches_furniture(shared_set, ana):
    with refused(SpanRefused, says="touches page furniture"):
        mark(shared_set, ana, spans_of(TEXT, content="Advertisement"))
