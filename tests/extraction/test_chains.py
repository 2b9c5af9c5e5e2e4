"""Who passed on what somebody said: chains in one sentence, and statements in one another."""

import pytest

from annotations.extraction.extractor import extract
from tests.extraction.reading import chain, chains


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        (
            "Reuters quoted the minister as saying that the bridge was safe.",
            "that the bridge was safe",
            "minister < Reuters",
        ),
        (
            "The newspaper quoted Mayor Ann Lee as saying the bridge was safe.",
            "the bridge was safe",
            "Ann Lee < newspaper",
        ),
        (
            "Ann Lee was quoted by the Daily Herald as saying that the bridge was safe.",
            "that the bridge was safe",
            "Ann Lee < Daily Herald",
        ),
        (
            "The agency, citing two unnamed officials, reported that the talks had failed.",
            "that the talks had failed",
            "two unnamed officials < agency",
        ),
        (
            "Citing a police report, the Herald said three men had fled.",
            "three men had fled",
            "police report < Herald",
        ),
        (
            "The talks had failed, Reuters reported, citing diplomats.",
            "The talks had failed",
            "diplomats < Reuters",
        ),
        (
            "According to Reuters, the minister said the bridge was safe.",
            "the bridge was safe",
            "minister < Reuters",
        ),
        (
            "According to a report seen by the Guardian, the gates were left open.",
            "the gates were left open",
            "report < Guardian",
        ),
        (
            "A letter obtained by Reuters says the firm knew of the leak.",
            "the firm knew of the leak",
            "letter < Reuters",
        ),
        (
            "The minister told the state agency Menopress that the gates were shut.",
            "that the gates were shut",
            "minister < Menopress?",
        ),
        (
            "Ann Lee told reporters that her brother had told her the house was empty.",
            "the house was empty",
            "Ann Lee's brother < Ann Lee",
        ),
        (
            "Ann Lee, who, according to the Herald, told neighbours that the well was dry, has left town.",
            "that the well was dry",
            "Ann Lee < Herald",
        ),
        (
            "The minister, according to the agency, said that the gates were shut.",
            "that the gates were shut",
            "minister < agency",
        ),
        (
            "Bram Oskery said his wife told him that the siren had failed.",
            "that the siren had failed",
            "Bram Oskery's wife < Bram Oskery",
        ),
        (
            "Venn, quoted by the Courier, called the plan “a folly”.",
            "the plan “a folly”",
            "Venn < Courier",
        ),
        (
            "The plan was “a folly”, Venn said, as quoted by the Courier.",
            "The plan was “a folly”",
            "Venn < Courier",
        ),
        (
            "The police said a witness had claimed that the driver was asleep.",
            "that the driver was asleep",
            "witness < police",
        ),
        (
            "The lawyer said the report states that the dam was cracked.",
            "that the dam was cracked",
            "report < lawyer",
        ),
        (
            "The council said the engineer had warned that the wall would fall.",
            "that the wall would fall",
            "engineer < council",
        ),
        (
            "“The minister told me that the dam was safe,” the mayor said.",
            "that the dam was safe",
            "minister < mayor",
        ),
        (
            "The spokesman said the army denied that shells had been fired.",
            "that shells had been fired",
            "army < spokesman",
        ),
        (
            "State television, quoting a ministry spokesman, said the raid had failed.",
            "the raid had failed",
            "ministry spokesman < State television",
        ),
        (
            "The raid failed, state television said, quoting a ministry spokesman.",
            "The raid failed",
            "ministry spokesman < state television",
        ),
        (
            "The ministry said, according to Tass, that the raid had failed.",
            "that the raid had failed",
            "ministry < Tass",
        ),
        (
            "The raid had failed, according to Tass, citing the ministry.",
            "The raid had failed",
            "ministry < Tass",
        ),
        (
            "The broadcaster cited the minister as saying the tax would rise.",
            "the tax would rise",
            "minister < broadcaster",
        ),
        (
            "The Courier reported that Dremmond had told the assembly that 31 people had died.",
            "that 31 people had died",
            "Dremmond < Courier",
        ),
        (
            "The report says that villagers said they heard a siren.",
            "they heard a siren",
            "villagers < report",
        ),
        (
            "Lee said that Venn had denied the charge.",
            "the charge",
            "Venn < Lee",
        ),
        (
            "A diplomat said the president had called the deal “dead”.",
            "the deal “dead”",
            "president < diplomat",
        ),
        (
            "Two sources told Reuters the minister would resign.",
            "the minister would resign",
            "Two sources < Reuters?",
        ),
        (
            "Menopress said the ministry rejected the accusation.",
            "the accusation",
            "ministry < Menopress",
        ),
        (
            "The mayor said her deputy had warned her that the bridge would close.",
            "her that the bridge would close",
            "mayor's deputy < mayor",
        ),
        (
            "Officials said the suspect told police he had acted alone.",
            "he had acted alone",
            "suspect < Officials",
        ),
        (
            "According to the Evening Mail, the bishop denied that he had met the banker.",
            "that he had met the banker",
            "bishop < Evening Mail",
        ),
        (
            "The bishop denied that he had met the banker, the Evening Mail reported.",
            "that he had met the banker",
            "bishop < Evening Mail",
        ),
        (
            "The Evening Mail reported that the bishop denied he had met the banker.",
            "he had met the banker",
            "bishop < Evening Mail",
        ),
        (
            "The Evening Mail quoted a neighbour as saying that the lights had gone out at ten.",
            "that the lights had gone out at ten",
            "neighbour < Evening Mail",
        ),
        (
            "A neighbour was quoted by the Evening Mail as saying that the lights had gone out at ten.",
            "that the lights had gone out at ten",
            "neighbour < Evening Mail",
        ),
        (
            "The lights had gone out at ten, a neighbour told the Evening Mail.",
            "The lights had gone out at ten",
            "neighbour < Evening Mail?",
        ),
        (
            "“The lights went out at ten,” a neighbour told the Evening Mail.",
            "“The lights went out at ten,”",
            "neighbour < Evening Mail?",
        ),
        (
            "Citing two nurses, the Evening Mail reported that the ward was full.",
            "that the ward was full",
            "two nurses < Evening Mail",
        ),
        (
            "The ward was full, the Evening Mail reported, citing two nurses.",
            "The ward was full",
            "two nurses < Evening Mail",
        ),
        (
            "The Evening Mail, citing an internal memo, said the ward was full.",
            "the ward was full",
            "internal memo < Evening Mail",
        ),
        (
            "An internal memo seen by the Evening Mail says the ward was full.",
            "the ward was full",
            "internal memo < Evening Mail",
        ),
        (
            "According to an internal memo obtained by Reuters, the ward was full.",
            "the ward was full",
            "internal memo < Reuters",
        ),
        (
            "Karl Dunne, quoted by the Evening Mail, described the ward as “a zoo”.",
            "the ward as “a zoo”",
            "Karl Dunne < Evening Mail",
        ),
        (
            "The ward is “a zoo”, Karl Dunne said, as reported by the Evening Mail.",
            "The ward is “a zoo”",
            "Karl Dunne < Evening Mail",
        ),
        (
            "The doctor, according to Interfax, said that the ward was full.",
            "that the ward was full",
            "doctor < Interfax",
        ),
        (
            "The doctor, who, according to Interfax, warned that the ward was full, resigned.",
            "that the ward was full",
            "doctor < Interfax",
        ),
        (
            "The doctor said, according to Interfax, that the ward was full.",
            "that the ward was full",
            "doctor < Interfax",
        ),
        (
            "The ward was full, according to Interfax, quoting a doctor.",
            "The ward was full",
            "doctor < Interfax",
        ),
        (
            "State radio, quoting the general, said the rebels had fled.",
            "the rebels had fled",
            "general < State radio",
        ),
        (
            "The rebels had fled, state radio said, quoting the general.",
            "The rebels had fled",
            "general < state radio",
        ),
        (
            "The general told state radio that the rebels had fled.",
            "that the rebels had fled",
            "general < state radio?",
        ),
        (
            "In his letter the general wrote that his scouts had reported that the village was empty.",
            "that the village was empty",
            "general's scouts < general",
        ),
        (
            "A farmer said soldiers had told him that the village was empty.",
            "that the village was empty",
            "soldiers < farmer",
        ),
        (
            "“A soldier told us that the village was empty,” the farmer said.",
            "that the village was empty",
            "soldier < farmer",
        ),
        (
            "The inquiry heard that Brandt had said the valve was faulty.",
            "the valve was faulty",
            "Brandt < inquiry",
        ),
        (
            "The report says that two workers said they smelled gas.",
            "they smelled gas",
            "two workers < report",
        ),
        (
            "Brandt said the report stated that two workers had smelled gas.",
            "that two workers had smelled gas",
            "report < Brandt",
        ),
        (
            "The company said its engineer insisted that the valve was sound.",
            "that the valve was sound",
            "company's engineer < company",
        ),
        (
            "The union claimed that the company had promised to replace the valve.",
            "to replace the valve",
            "company < union",
        ),
        (
            "The lawyer said that his client had denied the charge.",
            "the charge",
            "lawyer's client < lawyer",
        ),
        (
            "Moody's said that the ministry had told it the figures were final.",
            "the figures were final",
            "ministry < Moody",
        ),
        (
            "The ministry announced that the inspectors had recommended closing the plant.",
            "closing the plant",
            "inspectors < ministry",
        ),
        (
            "Two diplomats told Reuters that the envoy had threatened to resign.",
            "to resign",
            "envoy < Two diplomats < Reuters?",
        ),
        (
            "Reuters reported, citing two diplomats, that the envoy had threatened to resign.",
            "to resign",
            "envoy < two diplomats < Reuters",
        ),
        (
            "The spokeswoman added that the minister had rejected the demand.",
            "the demand",
            "minister < spokeswoman",
        ),
    ],
)
def test_chain_of_the_innermost_statement(text, content, expected):
    assert chains(text)[content] == expected


def test_one_voice_is_a_chain_of_one():
    (quote,) = extract("Ann Lee was quoted as saying the bridge was safe.")
    assert [(link.name, link.role, link.uncertain) for link in quote.chain] == [
        ("Ann Lee", "original", False)
    ]


def test_three_voices_nest():
    quotes = extract("Ada Brandt said her lawyer believed the judge had called the claim absurd.")
    assert [quote.parent for quote in quotes] == [None, 0, 1]
    assert chain(quotes[2]) == "judge < Ada Brandt's lawyer < Ada Brandt"
    assert [link.role for link in quotes[2].chain] == ["original", "relay", "relay"]


@pytest.mark.parametrize(
    "text",
    [
        "“They call us liars,” Ann Lee said.",
        "“He said, ‘Leave now,’” Oskery recalled.",
        "“The soldiers say the village is empty,” said Ada Brandt.",
        "Police said the witness had told them: “He ran.”",
    ],
)
def test_a_statement_inside_another_points_to_it(text):
    assert [quote.parent for quote in extract(text)] == [None, 0]


def test_what_a_quoted_person_thinks_is_no_statement_of_its_own():
    assert len(extract("“I think they are right,” Ann Lee said.")) == 1


def test_the_paper_that_was_told_is_no_relay_in_its_own_pages():
    told = "Ann Lee told the Courier that the gates were shut."
    assert chain(extract(told)[0]) == "Ann Lee < Courier?"
    page = f"Gates shut\nThe Besk Courier, Wednesday 14 March\n{told}"
    assert chain(extract(page)[0]) == "Ann Lee"
