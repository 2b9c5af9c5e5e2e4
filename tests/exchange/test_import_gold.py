"""A gold file is loaded whole or not at all."""

import copy
import hashlib
import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from annotations.audit.models import Event
from annotations.claims.models import Claim, ClaimRelation, Issue, StanceLink, stances_of_statements
from annotations.conflicts.models import Verdict
from annotations.corpus.models import Article
from annotations.errors import AnnotationError
from annotations.exchange.models import GoldFile
from annotations.exchange.numerous import statement_record
from annotations.speakers.models import Side, Speaker
from annotations.statements.models import Mention, Statement, Utterance
from annotations.studies.models import Membership, Role, Study
from annotations.workload.models import AnnotationSet
from tests.exchange.conftest import DEMO
from tests.factories.studies import make_author

pytestmark = pytest.mark.django_db
CODES = ("quote_type", "report_form", "source_type", "on_record", "evidence", "speech_act", "medium")


def changed(document, path, value):
    """A copy of the document with one value set: `("statements", 3, "voice")`; `...` removes it."""
    out = copy.deepcopy(document)
    holder = out
    for step in path[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return out


def test_the_demo_holds_what_its_file_holds(demo, demo_gold):
    assert Article.objects.in_study(demo).count() == 2
    assert Mention.objects.count() == 84
    assert Statement.objects.count() == 49
    assert Claim.objects.in_study(demo).count() == 23
    assert ClaimRelation.objects.in_study(demo).count() == 10
    assert Issue.objects.in_study(demo).count() == 7
    assert Utterance.objects.count() == 3
    assert Side.objects.in_study(demo).count() == sum(bool(s["side"]) for s in demo_gold["speakers"])
    ids = {s["id"] for s in demo_gold["statements"]}
    rejected = sum({pair["a"], pair["b"]} <= ids for pair in demo_gold["non_conflicts"])
    found = Counter(Verdict.objects.in_study(demo).values_list("verdict", flat=True))
    assert found == {"confirmed": 25, "repeat": 24, "rejected": rejected}
    assert GoldFile.objects.get(study=demo).document == demo_gold


def test_articles_are_the_files(demo, demo_gold):
    for gold in demo_gold["articles"]:
        row = Article.objects.get(study=demo, external_id=gold["id"])
        assert row.text == (DEMO / gold["file"]).read_bytes().decode()
        assert (row.sha256, row.length, row.title) == (gold["sha256"], gold["length"], gold["title"])
        assert (row.language, row.dateline) == (gold["language"], gold["dateline"])
        assert (row.published_on.isoformat(), row.outlet.external_id) == (gold["published"], gold["outlet"])
        assert [row.text[f["start"] : f["end"]] for f in row.furniture] == [
            f["text"] for f in gold["furniture"]
        ]
        assert [f["kind"] for f in row.furniture] == [f["kind"] for f in gold["furniture"]]
        assert row.text_may_leave
        assert [(s.kind, s.state) for s in row.sets.all()] == [("shared", "open")]


def test_speakers_are_the_files(demo, demo_gold):
    rows = {row.external_id: row for row in Speaker.objects.in_study(demo).select_related("side__side")}
    for gold in demo_gold["speakers"]:
        row = rows[gold["id"]]
        assert (row.name, row.type, row.role, row.named) == (
            gold["name"],
            gold["type"],
            gold["role"] or "",
            gold["named"],
        )
        for link in ("affiliation", "speaks_for"):
            other = getattr(row, link)
            assert (other.external_id if other else None) == gold[link]
        assert row.side.side.external_id == gold["side"]


def test_statements_are_the_files(demo, demo_gold):
    rows = Statement.objects.in_study(demo).with_details().prefetch_related(stances_of_statements())
    records = {row.external_id: statement_record(row) for row in rows}
    names = {
        str(row.uid): row.external_id for model in (Speaker, Claim) for row in model.objects.in_study(demo)
    }
    names |= {record["id"]: external for external, record in records.items()}
    names[None] = None
    for gold in demo_gold["statements"]:
        record = records[gold["id"]]
        assert record["codes"] == {variable: gold[variable] for variable in CODES}
        for role in ("content", "quoted", "source", "cue"):
            assert [bare(s) for s in record["spans"] if s["role"] == role] == [bare(s) for s in gold[role]]
        for role in ("addressee", "target"):
            spans = [s for s in record["spans"] if s["role"] == role]
            assert [bare(s) for s in spans] == ([bare(gold[role])] if gold[role] else [])
            assert [names[s["speaker"]] for s in spans] == ([gold[role]["speaker"]] if gold[role] else [])
        assert [
            (names[h["speaker"]], h["role"], h["uncertain"], h["source"], h["cue"]) for h in record["chain"]
        ] == [
            (h["speaker"], h["role"], h.get("uncertain", False), h.get("source"), h.get("cue"))
            for h in gold["chain"]
        ]
        assert [
            (
                names[s["claim"]],
                s["stance"],
                s["commitment"],
                s["explicit"],
                s["presupposed"],
                s["label"],
                s["value"],
            )
            for s in record["stances"]
        ] == [
            (
                s["claim"],
                s["stance"],
                s["commitment"],
                s["explicit"],
                s["presupposed"],
                s.get("label"),
                s.get("value"),
            )
            for s in gold["claims"]
        ]
        assert names[record["parent"]] == gold["parent"]
        for name in ("restates", "replies_to"):
            assert [names[other] for other in record[name]] == gold[name]
        for name in ("voice", "metonym", "collective", "flags"):
            assert record[name] == gold[name]
        assert record["note"] == gold.get("note", "")
        assert names[record["speaker"]] == gold["speaker"]
        assert record["created_by"] == "gold-1"


def bare(span):
    return {name: span[name] for name in ("start", "end", "text")}


@pytest.mark.parametrize(
    ("external_id", "first", "last", "precision"),
    [("a01", "2018-03-12", "2018-03-12", "day"), ("b17", "2018-02-01", "2018-02-28", "month")],
)
def test_dates_become_ranges(demo, external_id, first, last, precision):
    said = Statement.objects.get(external_id=external_id).said_on
    assert (said["from"], said["to"], said["precision"], said["anchored"]) == (first, last, precision, True)
    assert said["span"]["text"]


def test_verdicts_keep_their_reason(demo):
    first = Verdict.objects.get(external_id="k01")
    claim = Claim.objects.get(external_id="c06")
    assert (first.a.external_id, first.b.external_id) == ("a02", "a03")
    assert (first.kind, first.strength, first.cluster, first.explicit) == (
        "factual",
        "strong",
        "death-toll",
        False,
    )
    assert first.note == "31 dead against 12 dead, same place and day."
    assert first.basis == {"relation": "numeric", "claims": [str(claim.uid)]}
    assert first.judge.pseudonym == "gold-1"
    assert first.judge.user is None


def test_who_loads_becomes_manager_of_the_new_study(demo, admin):
    assert Membership.objects.get(study=demo, user=admin).role == Role.MANAGER


def test_the_load_is_one_event(demo):
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "study.create",
        "gold.import",
    ]
    assert Event.objects.get(verb="gold.import").after["statements"] == 49


def test_the_same_file_again_changes_nothing(demo, load_gold, demo_gold):
    before = [model.objects.count() for model in (Statement, Speaker, Event, StanceLink, Verdict, GoldFile)]
    assert load_gold(demo_gold).was_there
    assert [
        model.objects.count() for model in (Statement, Speaker, Event, StanceLink, Verdict, GoldFile)
    ] == before


def test_another_file_with_the_same_ids_is_refused(demo, load_gold, demo_gold):
    with pytest.raises(AnnotationError, match=r"^articles\[0\]\.id: 'demo-a' is the external id"):
        load_gold({**demo_gold, "title": "Another"})
    assert GoldFile.objects.count() == 1


def test_a_text_that_the_study_has_is_refused(demo, load_gold, demo_gold):
    other = copy.deepcopy(demo_gold)
    for article in other["articles"]:
        article["id"] = f"x-{article['id']}"
    for name in ("speakers", "issues", "claims", "conflicts"):
        for one in other[name]:
            one["id"] = f"x-{one['id']}"
    with pytest.raises(AnnotationError, match=r"^articles\[0\]\.sha256: the study holds this text already"):
        load_gold(other)


def test_it_is_loaded_into_a_study_that_is_there(load_gold, demo_gold, independent_study):
    done = load_gold(demo_gold, slug=independent_study.slug)
    assert done.study == independent_study
    assert AnnotationSet.objects.filter(article__study=independent_study, kind="shared").count() == 2


FAULTS = [
    (("schema",), "news-claims-gold/2", "schema: must be 'news-claims-gold/1'"),
    (("statements",), ..., "statements: is missing"),
    (("statements",), {}, "statements: must be a list"),
    (("articles", 0, "sha256"), "0" * 64, "articles[0].sha256: article_a_yarle_valley_courier.txt has the SHA-256"),
    (("articles", 1, "length"), 3, "articles[1].length: article_b_menovar_voice.txt has 2384"),
    (("articles", 0, "file"), "nowhere.txt", "articles[0].file: there is no file 'nowhere.txt'"),
    (("articles", 0, "file"), "../demo_gold.json", "articles[0].file: there is no file"),
    (("articles", 0, "furniture", 0, "start"), 70, "articles[0].furniture[0]: [70, 124) is no whole line"),
    (("articles", 0, "furniture", 1, "text"), "Ad", "articles[0].furniture[1].text: differs"),
    (("articles", 0, "published"), "14 March", "articles[0].published: '14 March' is no date"),
    (("articles", 0, "outlet"), "quorrane", "articles[0].outlet: Quorrane is of type state"),
    (("articles", 1, "id"), "demo-a", "articles[1].id: 'demo-a' names two objects"),
    (("speakers", 2, "type"), "robot", "speakers[2].type: must be one of person"),
    (("speakers", 2, "affiliation"), "nobody", "speakers[2].affiliation: there is no speaker 'nobody'"),
    (("speakers", 0, "name"), "a\0b", "speakers[0].name: holds a NUL character"),
    (("mentions", 0, "span", "text"), "Menovar", "mentions[0].span.text: differs from the article at [0, 8)"),
    (("mentions", 5, "form"), "shout", "mentions[5].form: 'shout' is no label of mention_form"),
    (("claims", 3, "kind"), "rumour", "claims[3].kind: 'rumour' is no label of claim_kind"),
    (("claims", 3, "issue"), "i99", "claims[3].issue: there is no issue 'i99'"),
    (("claim_relations", 0, "b"), "c11", "claim_relations[0].b: a claim cannot stand"),
    (("claim_relations", 1, "relation"), "enemy", "claim_relations[1].relation: 'enemy' is no label"),
    (("utterances", 0, "segments", 1, "end"), 10**7, "utterances[0].segments[1].end: [870, 10000000) is no span"),
    (("statements", 3, "content", 0, "text"), "x", "statements[3].content[0].text: differs from the article"),
    (("statements", 3, "content", 0, "start"), "530", "statements[3].content[0].start: must be a whole number"),
    (("statements", 3, "content"), [], "statements[3].content: a statement needs"),
    (("statements", 3, "speaker"), "nobody", "statements[3].speaker: there is no speaker 'nobody'"),
    (("statements", 3, "quote_type"), "shouted", "statements[3].quote_type: 'shouted' is no label"),
    (("statements", 3, "flags"), ["denial", "odd"], "statements[3].flags[1]: 'odd' is no label"),
    (("statements", 3, "chain", 1, "role"), "boss", "statements[3].chain[1].role: 'boss' is no label"),
    (("statements", 3, "claims", 0, "stance"), "yes", "statements[3].claims[0].stance: 'yes' is no label"),
    (("statements", 3, "claims", 0, "claim"), "c99", "statements[3].claims[0].claim: there is no claim 'c99'"),
    (("statements", 3, "claims", 0, "value"), {"op": "=", "number": 1}, "statements[3].claims[0].value: only a"),
    (("statements", 1, "claims", 0, "value", "op"), "!", "statements[1].claims[0].value.op: '!' is no operator"),
    (("statements", 3, "parent"), "a04", "statements[3].parent: a statement cannot be nested in itself"),
    (("statements", 3, "parent"), "b01", "statements[3].parent: stands in another article"),
    (("statements", 3, "restates"), ["a99"], "statements[3].restates[0]: there is no statement 'a99'"),
    (("statements", 0, "date", "refers_to"), "2018-13", "statements[0].date.refers_to: '2018-13' is no day"),
    (("statements", 0, "date", "type"), "era", "statements[0].date.type: must be one of day"),
    (("statements", 0, "metonym"), "no", "statements[0].metonym: must be true or false"),
    (("conflicts", 2, "a"), "a99", "conflicts[2].a: there is no statement 'a99'"),
    (("conflicts", 2, "basis", "relation"), "envy", "conflicts[2].basis.relation: 'envy' is no label"),
    (("non_conflicts", 0, "b"), "nobody", "non_conflicts[0].b: there is no statement"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "sentence"), FAULTS)
def test_a_fault_is_named_by_its_path_and_nothing_is_loaded(path, value, sentence, load_gold, demo_gold):
    with pytest.raises(AnnotationError) as error:
        load_gold(changed(demo_gold, path, value))
    assert error.value.message.startswith(sentence)
    assert not Study.objects.exists()
    assert not Event.objects.exists()
    assert not Speaker.objects.exists()


def test_a_span_on_furniture_is_refused(load_gold, demo_gold):
    ad = demo_gold["articles"][0]["furniture"][1]
    span = {"start": ad["start"], "end": ad["end"], "text": ad["text"]}
    with pytest.raises(AnnotationError, match=r"^statements\[0\]\.cue\[0\]: .* touches page furniture"):
        load_gold(changed(demo_gold, ("statements", 0, "cue"), [span]))


def test_statements_nested_in_a_circle_are_refused(load_gold, demo_gold):
    at = {s["id"]: i for i, s in enumerate(demo_gold["statements"])}
    one = changed(demo_gold, ("statements", at["a04"], "parent"), "a05")
    two = changed(one, ("statements", at["a05"], "parent"), "a04")
    with pytest.raises(
        AnnotationError, match=r"^statements\[4\]\.parent: a statement cannot be nested in itself"
    ):
        load_gold(two)


def test_broken_json_is_named_by_line_and_column(admin, tmp_path):
    from annotations.exchange.actions import import_gold

    with pytest.raises(AnnotationError, match="The file is no JSON: line 2, column 3"):
        import_gold(raw=b'{"schema":\n  oops}', texts=tmp_path, slug="x", by=admin)


def test_what_is_not_known_is_kept(load_gold, demo_gold):
    document = {**demo_gold, "codebook": {"id": "another", "version": "9.9.9"}, "weather": ["rain"]}
    study = load_gold(document).study
    kept = GoldFile.objects.get(study=study).document
    assert kept["weather"] == ["rain"]
    assert kept["codebook"]["version"] == "9.9.9"
    assert kept["reversals"] == demo_gold["reversals"]


def test_near_misses_between_voices_stay_in_the_file(load_gold, demo_gold):
    document = copy.deepcopy(demo_gold)
    document["non_conflicts"].append({"a": "hallane", "b": "demo-b", "why": "voices"})
    study = load_gold(document).study
    assert Verdict.objects.in_study(study).filter(verdict="rejected").count() == 11
    assert GoldFile.objects.get(study=study).document["non_conflicts"][-1]["why"] == "voices"


def test_members_of_a_joint_speaker(load_gold, demo_gold):
    document = changed(demo_gold, ("speakers", 3, "members"), ["courier", "hallane"])
    load_gold(document)
    joint = Speaker.objects.get(external_id=demo_gold["speakers"][3]["id"])
    assert {member.external_id for member in joint.members.all()} == {"courier", "hallane"}


def test_the_pseudonym_of_a_member_is_not_taken(load_gold, demo_gold, study, ana):
    make_author(study, ana, "gold-1")
    with pytest.raises(AnnotationError, match=r"^annotator: 'gold-1' is the pseudonym of a member"):
        load_gold(demo_gold, slug=study.slug)


def document_of(text, folder, words, **more):
    """A gold document of one article, written to `folder`, and one statement that consists of `words`."""
    raw = text.encode()
    (folder / "a.txt").write_bytes(raw)
    start = text.index(words)
    span = {"start": start, "end": start + len(words), "text": words}
    article = {
        "id": "a",
        "file": "a.txt",
        "title": "A",
        "sha256": hashlib.sha256(raw).hexdigest(),
        "length": len(text),
    }
    statement = {"id": "s", "article": "a", "voice": "attributed", "content": [span]}
    return {
        "schema": "news-claims-gold/1", "articles": [{**article, **more}], "speakers": [], "issues": [],
        "claims": [], "statements": [statement],
    }  # fmt: skip


@pytest.mark.parametrize("words", ["Advertisement", "Advertisement\r"])
def test_furniture_of_a_text_with_crlf(load_gold, tmp_path, words):
    line = {"start": 16, "end": 16 + len(words), "text": words, "kind": "advertisement"}
    text = "“Yes,” he said.\nAdvertisement\r\nNo.\r\n"
    load_gold(document_of(text, tmp_path, "“Yes,”", furniture=[line]), texts=tmp_path)
    assert Article.objects.get().furniture == [{"start": 16, "end": 30, "kind": "advertisement"}]


def test_an_article_may_be_called_like_its_outlet(load_gold, demo_gold):
    as_file = json.dumps(demo_gold).replace('"demo-a"', '"courier"')
    study = load_gold(json.loads(as_file)).study
    assert Article.objects.in_study(study).get(external_id="courier").outlet.external_id == "courier"


def test_a_byte_order_mark_that_the_hash_counts_is_kept(load_gold, tmp_path):
    text = "\ufeff“Yes,” he said.\n"
    load_gold(document_of(text, tmp_path, "“Yes,”"), texts=tmp_path)
    assert Article.objects.get().text == text
    assert Statement.objects.get().quotation == "“Yes,”"


def test_the_command_loads_and_says_so(admin, capsys):
    arguments = ("import_gold", DEMO / "demo_gold.json", "--texts", DEMO, "--study", "demo", "--name", "Dam")
    call_command(*arguments)
    assert "Loaded demo_gold.json into the study “Dam”" in capsys.readouterr().out
    call_command(*arguments)
    assert "holds demo_gold.json already; nothing was changed" in capsys.readouterr().out


def test_the_command_ends_with_the_fault(admin, tmp_path, demo_gold):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(changed(demo_gold, ("statements", 3, "content", 0, "text"), "x")))
    with pytest.raises(CommandError, match=r"^statements\[3\]\.content\[0\]\.text: "):
        call_command("import_gold", path, "--texts", DEMO, "--study", "demo")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_gold", tmp_path / "none.json", "--texts", DEMO, "--study", "demo")
    with pytest.raises(CommandError, match="There is no active user 'nobody'"):
        call_command("import_gold", path, "--texts", DEMO, "--study", "demo", "--as", "nobody")
