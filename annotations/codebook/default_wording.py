"""Default codebook 1.0.0: whether a statement is attributed, and how its words are given."""

from annotations.codebook.scheme import Label, Variable

VOICE = Variable(
    slug="voice",
    name="Voice",
    question="Does the text make somebody say this, or does the outlet say it itself?",
    scope="statement_voice",
    definition=(
        "Code what someone is made to say, think, want, demand, order, see or show. An action or a state "
        "is no statement; an attitude to a fact is one. The outlet is a speaker like any other."
    ),
    order=1,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "attributed",
            "attributed",
            "A source is made to say, think, want, demand, order, see or show the content. The source stands "
            "in the sentence or is carried over from an earlier one.",
            yes=(
                "The miller denies it.",
                "The board wants the gate shut.",
                "The report shows a crack.",
                "The minister was furious that the gate stood open. (attitude to a fact)",
                "The mayor plans to raise the dam.",
                "The mayor vowed to raise the dam.",
                (
                    "Asked who opened the gate, the miller sang “the river opens what it will”. "
                    "(song lyrics given as an answer: attributed to the miller)"
                ),
            ),
            no=(
                "The minister left the room. → action, no statement",
                "The minister was furious. → state, no statement",
                "The mayor will raise the dam. → “will” alone is no attribution",
                "the so-called “gate” → scare quotes, no statement",
                "The choir sang “The Miller’s Farewell”. → title of a work, no statement",
                (
                    "“The river keeps what the river takes,” the choir sang in the square. → song lyrics that are "
                    "only performed: nobody is made to claim them, no statement"
                ),
            ),
            key="1",
        ),
        Label(
            "author",
            "author voice",
            "The outlet asserts the content itself, as in headlines, labels and background. Code it where it "
            "names something or gives a figure, or bears on a claim of the study; leave other background out. "
            "A headline is the outlet’s own wording even where it names a speaker: the speaker is coded in "
            "the body.",
            yes=(
                "The gate was shut.",
                "Headline: Open gate drowned the mill",
                "The reckless keeper was not at the gate on Monday. (the outlet’s own label)",
            ),
            no=(
                "The gate was shut, the miller said. → attributed",
                "The town lies an hour below the dam. → background, leave it out",
            ),
            key="2",
        ),
    ),
)

QUOTE_TYPE = Variable(
    slug="quote_type",
    name="Quote type",
    question="How are the words given?",
    scope="statement",
    definition=(
        "Judged by the quotation marks alone, over the whole content: all of it in marks, none, or some. "
        "A quotation that runs on over paragraphs, or over an advertisement, is still one quotation."
    ),
    order=2,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "direct",
            "direct",
            "All content stands in quotation marks, or in a block continuing them.",
            yes=(
                "“The gate was shut,” Orla Venn said.",
                (
                    "A placard on the bridge read “Shut the gate”. (written words count; the speaker is whoever "
                    "carries the placard)"
                ),
                "“I told the board, ‘Shut the gate,’” Venn said. (self-quote: the whole is direct)",
                "“Now it goes,” the miller thought. (a thought in marks: direct, report form attitude)",
            ),
            no=("Venn called it “shut”. → mixed",),
            key="1",
        ),
        Label(
            "indirect",
            "indirect",
            "No part stands in quotation marks.",
            yes=(
                "Venn said the gate was shut.",
                "The miller thought the wall would go. (a thought: indirect, report form attitude)",
                "The marchers’ placards called for new gates.",
            ),
            no=("Venn said the gate was “shut”. → mixed",),
            key="2",
        ),
        Label(
            "mixed",
            "mixed",
            "A report with at least one quoted piece of one word or more.",
            yes=(
                "Venn said the gate was “firmly shut”.",
                "Venn called the gate “shut”.",
                (
                    "The choir’s song, the mayor said, is right that “the river keeps what it takes”. (song lyrics "
                    "taken over by a speaker: mixed, attributed to the mayor)"
                ),
            ),
            no=("the so-called “gate” → scare quotes, no quotation",),
            key="3",
        ),
        Label(
            "none",
            "none",
            "Author voice: nobody’s words are given.",
            yes=("The gate was shut.",),
            no=("The gate was shut, Venn said. → indirect",),
            key="4",
        ),
    ),
)

REPORT_FORM = Variable(
    slug="report_form",
    name="Report form",
    question="In what form is it reported?",
    scope="statement",
    definition="What the cue takes as its content: a proposition, an act with its object, a state of mind or a pro-form.",
    order=3,
    required=False,
    multiple=False,
    folded=True,
    labels=(
        Label(
            "clause",
            "clause",
            "A proposition is given: said that, according to, or the words themselves in quotation marks.",
            yes=("Venn said that the gate was shut.", "“The gate was shut,” Venn said."),
            no=("Venn accused the keeper of sleeping. → speech act",),
            key="1",
        ),
        Label(
            "speech_act",
            "speech act",
            "An act with its object is reported, and no full proposition: accused of, called on someone to, vowed to.",
            yes=(
                "Venn accused the keeper of sleeping.",
                "The board called on the town to leave.",
                "The mayor vowed to pay for the mill.",
            ),
            no=("The mayor said that she would pay for the mill. → clause",),
            key="2",
        ),
        Label(
            "attitude",
            "attitude",
            "A belief, a wish or an evaluation is reported: sees as, fears, stands by. Thoughts are coded here.",
            yes=(
                "The miller fears for the wall.",
                "The board sees the gate as a danger.",
                "The miller thought the wall would go.",
                "“Now it goes,” the miller thought.",
            ),
            no=("The minister was furious. → state without content, no statement",),
            key="3",
        ),
        Label(
            "anaphoric",
            "anaphoric",
            "The content is a pro-form that points back. Find what it stands for and link the claims that bears on.",
            yes=("The keeper denied it.", "The board rejected the charge."),
            no=("The board rejected a second inquiry. → speech act: the object is named, not pointed at",),
            key="4",
        ),
        Label(
            "narration",
            "narration",
            "Author voice only: the outlet narrates.",
            yes=("The gate was shut.",),
            no=("The gate was shut, the miller said. → clause",),
            key="5",
        ),
    ),
)
