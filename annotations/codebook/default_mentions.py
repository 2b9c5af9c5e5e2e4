"""Default codebook 1.0.0: the part a voice plays in a chain, and how a speaker is mentioned."""

from annotations.codebook.scheme import Label, Variable

CHAIN_ROLE = Variable(
    slug="chain_role",
    name="Chain role",
    question="What part does this voice play in passing the words on?",
    scope="chain",
    definition=(
        "A chain runs from the original speaker to the publisher. Mark a link uncertain where the text only suggests it."
    ),
    order=10,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "original",
            "original speaker",
            "The innermost source: the one whose words, wish or view it is.",
            yes=("The agency quoted Venn as saying the gate was shut. (Venn)",),
            no=("The agency, in the same sentence → relay",),
            key="1",
        ),
        Label(
            "relay",
            "relay",
            "A voice that passes the words on to the publisher.",
            yes=(
                "Venn said the gate was shut, according to the agency. (the agency)",
                "“The keeper told me it was open,” the mayor said. (the mayor, for the keeper’s words)",
            ),
            no=("the agency reported, with no further source → original",),
            key="2",
        ),
        Label(
            "publisher",
            "publisher",
            "The outlet whose article this is; the last link of every chain.",
            yes=("The Gazette prints what Venn told it. (the Gazette)",),
            no=("another paper that the Gazette quotes → relay",),
            key="3",
        ),
    ),
)

MENTION_FORM = Variable(
    slug="mention_form",
    name="Mention form",
    question="How is the speaker named here?",
    scope="mention",
    definition="The wording of one mention; which speaker it means is coded apart.",
    order=11,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "name",
            "name",
            "The full name, or the whole name of a body.",
            yes=("Orla Venn", "the Water Board"),
            no=("Venn → partial name",),
            key="1",
        ),
        Label(
            "partial_name",
            "partial name",
            "A part of the name, such as a surname, a given name or a short form.",
            yes=("Venn", "the Board, for the Water Board"),
            no=("the chair → description",),
            key="2",
        ),
        Label(
            "description",
            "description",
            "A role or a description in place of the name.",
            yes=("the miller", "a worker at the dam", "the same deputy"),
            no=("Orla Venn, the chair of the board → the name, and an appositive",),
            key="3",
        ),
        Label(
            "appositive",
            "appositive",
            "A description that stands beside the name and says who it is.",
            yes=("Orla Venn, the chair of the board, → “the chair of the board”",),
            no=("The chair of the board said → description",),
            key="4",
        ),
        Label(
            "pronoun",
            "pronoun",
            "A personal, possessive, relative or impersonal pronoun.",
            yes=("she", "who", "its, in “its authors”"),
            no=("the former, for one of two ministries → description",),
            key="5",
        ),
    ),
)
