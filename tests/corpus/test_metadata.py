"""Guesses from an article's own lines: right or empty, never a coin's toss."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotations.corpus
from annotations.corpus.datelines import cut_moment, dates_in, is_moment
from annotations.corpus.metadata import MAX_TITLE, Guess, clean, direction, guess

DEMO = Path(annotations.corpus.__file__).parent.parent / "demo"
GOLD = json.loads((DEMO / "demo_gold.json").read_bytes())

MINISTER_SAID = {
    "en": "The minister said that the dam was safe and that nobody had opened the gates on Monday.",
    "de": "Der Minister sagte, dass der Damm sicher sei und niemand am Montag die Tore geöffnet habe.",
    "fr": "Le ministre a déclaré que le barrage était sûr et que personne n’avait ouvert les vannes lundi.",
    "es": "El ministro dijo que la presa era segura y que nadie había abierto las compuertas el lunes.",
    "it": "Il ministro ha detto che la diga era sicura e che nessuno aveva aperto le paratoie lunedì.",
    "nl": "De minister zei dat de dam veilig was en dat niemand maandag de sluizen had geopend.",
    "pt": "O ministro disse que a barragem era segura e que ninguém tinha aberto as comportas na segunda-feira.",
    "ru": "Министр сказал, что плотина была надёжной и что никто не открывал ворота в понедельник, мы это знаем.",
    "uk": "Міністр сказав, що дамба була надійною і що ніхто не відчиняв її ворота в понеділок, каже він.",
    "ar": "قال الوزير إن السد كان آمنا وإن أحدا لم يفتح البوابات يوم الاثنين",
    "fa": "وزیر گفت که سد امن بود و هیچ کس دریچه‌ها را در روز دوشنبه باز نکرد",
    "he": "השר אמר שהסכר היה בטוח ושאיש לא פתח את השערים ביום שני",
    "el": "Ο υπουργός είπε ότι το φράγμα ήταν ασφαλές",
    "zh": "部长表示，大坝是安全的，星期一没有人打开闸门。",
    "ja": "大臣は、ダムは安全であり、月曜日に誰も門を開けなかったと述べた。",
    "ko": "장관은 댐이 안전했으며 월요일에 아무도 수문을 열지 않았다고 말했다.",
}
NOT_NAMED = {
    "swedish": "Ministern sade att dammen var säker och att ingen hade öppnat luckorna på måndagen.",
    "polish": "Minister powiedział, że tama jest bezpieczna i że nikt nie otworzył śluz w poniedziałek.",
    "turkish": "Bakan, barajın güvenli olduğunu ve pazartesi günü kimsenin kapakları açmadığını söyledi.",
    "bulgarian": "Министърът каза, че язовирът е бил сигурен и че никой не е отварял шлюзовете в понеделник.",
    "serbian": "Министар је рекао да је брана безбедна и да нико није отворио капије у понедељак, љут.",
    "names": "Dremmond Hallane Voss Marrin Quill Oskery",
    "figures": "12 31 4,000 — 2.6",
    "two scripts": "The minister said " + "قال الوزير إن السد",
    "nothing": "",
}
RIGHT_TO_LEFT = ("ar", "fa", "he")


@pytest.mark.parametrize("article", GOLD["articles"], ids=lambda article: article["id"])
def test_the_demo_articles_describe_themselves(article):
    text = (DEMO / article["file"]).read_bytes().decode()
    expected = {
        "demo-a": Guess(title=article["title"], author="our Lower Besk correspondent", language="en"),
        "demo-b": Guess(title=article["title"], outlet="The Menovar Voice", language="en"),
    }
    assert guess(text) == expected[article["id"]]


@pytest.mark.parametrize(("tag", "text"), MINISTER_SAID.items())
def test_languages_are_told_by_words_and_script(tag, text):
    assert guess(text).language == tag


@pytest.mark.parametrize("text", NOT_NAMED.values(), ids=NOT_NAMED.keys())
def test_an_unsure_language_stays_empty(text):
    assert guess(text).language == ""


@pytest.mark.parametrize(("tag", "text"), MINISTER_SAID.items())
def test_direction_follows_the_text_or_the_language(tag, text):
    way = "rtl" if tag in RIGHT_TO_LEFT else "ltr"
    assert direction(tag, "") == way
    assert direction("", text) == way


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("ar-EG", "Latin words", "rtl"),
        ("az-Arab", "", "rtl"),
        ("en", MINISTER_SAID["ar"], "rtl"),
        ("", "12 — 31", "ltr"),
        ("arn", "Mapudungun", "ltr"),
        ("", MINISTER_SAID["he"] + " Korrin Dam", "rtl"),
    ],
)
def test_direction_of_mixed_cases(language, text, way):
    assert direction(language, text) == way


@pytest.mark.parametrize(
    ("lines", "published_on"),
    [
        (["Dam breaks", "By Jane Roe, 14 March 2018"], date(2018, 3, 14)),
        (["Dam breaks", "The Sun, Wednesday 14 March 2018"], date(2018, 3, 14)),
        (["Dam breaks", "By Jane Roe, Wednesday 14 March"], None),
        (["Dam breaks", "Published 3 May 2021", "Updated 4 May 2021"], date(2021, 5, 3)),
        (["Dam breaks", "Updated 4 May 2021"], None),
        (["Dam breaks", "14 March 2018", "15 March 2018"], None),
        (["Dam breaks", "Published 3 May 2021", "14 March 2018"], date(2021, 5, 3)),
        (["Dam breaks", "Jane Roe | 24/03/2021"], date(2021, 3, 24)),
        (["Dam breaks", "Jane Roe | 03/24/2021"], date(2021, 3, 24)),
        (["Dam breaks", "Jane Roe | 04/03/2021"], None),
        (["Dam breaks", "Jane Roe | 04/04/2021"], date(2021, 4, 4)),
        (
            ["Dam breaks", "BESK, March 14, 2018 (Menopress) — The dam broke on 15 March 2019."],
            date(2018, 3, 14),
        ),
        (["Dam breaks", "In Besk on 14 March 2018 — a Wednesday — the dam broke."], None),
        (["Dam breaks on 14 March 2018", "The dam broke."], None),
    ],
)
def test_a_date_is_taken_only_from_lines_about_the_article(lines, published_on):
    assert guess("\n".join(lines)).published_on == published_on


@pytest.mark.parametrize(
    ("line", "author", "outlet"),
    [
        ("By Jane Roe, Correspondent", "Jane Roe", ""),
        ("By Jane Roe and John Doe in Besk", "Jane Roe and John Doe", ""),
        ("By Jane Roe, John Doe and Ann Poe", "Jane Roe, John Doe and Ann Poe", ""),
        ("By Jane Roe, The Yarle Valley Courier", "Jane Roe", "The Yarle Valley Courier"),
        ("JANE ROE | 3 May 2021", "JANE ROE", ""),
        ("The Yarle Valley Courier | 3 May 2021", "", "The Yarle Valley Courier"),
        ("BESK, 14 March 2018", "", ""),
        ("By noon the river had risen.", "", ""),
    ],
)
def test_author_and_outlet_come_from_byline_and_masthead(line, author, outlet):
    found = guess(f"Dam breaks\n{line}\nThe dam broke.")
    assert (found.title, found.author, found.outlet) == ("Dam breaks", author, outlet)


@pytest.mark.parametrize(
    ("text", "file_name", "title"),
    [
        ("\r\n  Dam breaks \r\nBody.", "", "Dam breaks"),
        ("Advertisement\n\nDam\u2028breaks\x0bnow", "", "Dam breaks now"),
        ("Share this story", "../..\\2018-03-14_flood-in_besk.txt", "2018 03 14 flood in besk"),
        ("Share this story", "", ""),
    ],
)
def test_the_title_is_the_first_line_that_is_no_furniture(text, file_name, title):
    assert guess(text, file_name).title == title


def test_a_date_in_the_file_name_serves_where_the_text_has_none():
    assert guess("Dam breaks", "courier_2018-03-14.txt").published_on == date(2018, 3, 14)
    assert guess("Dam breaks\nPublished 3 May 2021", "courier_2018-03-14.txt").published_on == date(
        2021, 5, 3
    )


@given(st.text())
def test_a_cleaned_line_is_one_short_line(words):
    line = clean(words * 40)
    assert len(line) <= MAX_TITLE
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


def test_a_long_title_is_cut_at_a_word():
    assert clean("word " * 100) == "word " * 58 + "word…"
    assert clean("w" * 301) == "w" * 299 + "…"
    assert clean("w" * 300) == "w" * 300


@pytest.mark.parametrize(
    "written",
    ["14 March 2018", "March 14, 2018", "14th March 2018", "2018-03-14", "14.03.2018", "14. März 2018", "14 mars 2018",
     "14 de marzo de 2018", "Wed, 14 Mar 2018 12:03 GMT", "2018-03-14T10:00:00Z"],
)  # fmt: skip
def test_full_dates_are_read_in_every_usual_form(written):
    assert dates_in(written) == {date(2018, 3, 14)}
    assert is_moment(written)
    assert cut_moment(f"Jane Roe | {written}") == ("Jane Roe", written)


@pytest.mark.parametrize(
    "written", ["31 February 2018", "2018-13-01", "March 2018", "14 March", "1/2/2018", "99.99.2018"]
)
def test_what_is_no_full_date_is_none(written):
    assert dates_in(written) == set()


@pytest.mark.parametrize(
    "words", ["", "March", "May", "at", "2018", "14", "14 March was wet", "monday", "“2018”"]
)
def test_words_that_are_no_moment(words):
    assert not is_moment(words)


@pytest.mark.parametrize(
    "unit", ["<!--", "By A B, ", "ab\n", "BESK, March 14, ", "the ", "— ", "3 May 2021 "]
)
def test_a_megabyte_of_one_thing_names_nobody(unit):
    found = guess(unit * (1_000_000 // len(unit)))
    assert (found.author, found.outlet) == ("", "")
