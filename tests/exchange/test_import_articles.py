"""Files become articles, one line of report a file."""

import pytest
from django.core.management import CommandError, call_command

from annotations.audit.models import Event
from annotations.corpus.models import Article

pytestmark = pytest.mark.django_db
PAGE = """<html lang="en"><head><title>River takes mill</title></head><body><article><h1>River takes mill</h1>
<p>The river rose overnight and took the lower mill, the keeper said on Monday in a long statement to the press.</p>
<p>“They opened the gates at noon,” the miller told reporters, and nobody in the valley had been warned of it.</p>
</article></body></html>"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("Gates stood open, miller says\nBy Tomas Reed\nThe river rose.\n")
    (tmp_path / "sub" / "b.html").write_text(PAGE)
    (tmp_path / "sub" / "c.txt").write_text("Gates stood open, miller says\nBy Tomas Reed\nThe river rose.\n")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_a_folder_is_read_through(folder, study, admin, capsys):
    call_command("import_articles", folder, "--study", "gates")
    report = capsys.readouterr().out.splitlines()
    first = Article.objects.get(title="Gates stood open, miller says")
    assert report[0] == f"{folder / 'a.txt'}: added “{first.title}” ({first.uid})"
    assert report[1].startswith(f"{folder / 'sub' / 'b.html'}: added “River takes mill”")
    assert report[2] == f"{folder / 'sub' / 'c.txt'}: duplicate of “{first.title}” ({first.uid})"
    assert len(report) == 3
    assert (first.author, first.furniture[0]["kind"]) == ("Tomas Reed", "byline")
    assert Article.objects.count() == 2
    assert len(set(Event.objects.filter(verb="article.add").values_list("batch", flat=True))) == 1


def test_a_file_that_is_refused_does_not_stop_the_others(folder, study, admin, capsys):
    (folder / "bad.txt").write_bytes(b"caf\xe9\n")
    paths = [folder / "bad.txt", folder / "picture.png", folder / "none.txt", folder / "a.txt"]
    with pytest.raises(CommandError, match="3 of 4 files were refused"):
        call_command("import_articles", *paths, "--study", "gates")
    report = capsys.readouterr().out.splitlines()
    assert "refused: The file is not UTF-8: byte 0xE9" in report[0]
    assert "refused: .png is neither .txt nor .html" in report[1]
    assert "refused: No such file" in report[2]
    assert "added" in report[3]


def test_an_empty_folder_and_an_unknown_study_are_errors(tmp_path, study, admin):
    with pytest.raises(CommandError, match="There is no such file"):
        call_command("import_articles", tmp_path, "--study", "gates")
    with pytest.raises(CommandError, match="There is no study 'nowhere'"):
        call_command("import_articles", tmp_path, "--study", "nowhere")


def test_another_text_at_the_same_address_is_told(tmp_path, study, admin, capsys):
    link = '<link rel="canonical" href="https://news.example/river">'
    page = PAGE.replace("</title>", f"</title>{link}")
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.html").write_text(page.replace("rose overnight", "rose by night"))
    call_command("import_articles", tmp_path, "--study", "gates")
    first, second = capsys.readouterr().out.splitlines()
    assert "same address" not in first
    assert "stands at the same address: if this is its corrected text" in second
