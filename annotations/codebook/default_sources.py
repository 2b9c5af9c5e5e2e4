"""Default codebook 1.0.0: who speaks, whether a reader can find them, and on what grounds they speak."""

from annotations.codebook.scheme import Label, Variable

SOURCE_TYPE = Variable(
    slug="source_type",
    name="Source type",
    question="What kind of source is this?",
    scope="statement",
    definition=(
        "The part in which the speaker speaks here, not all that is known about them. Anonymous overrides the others."
    ),
    order=4,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "official",
            "official",
            "Speaks for a state or public body by office.",
            yes=("a minister", "a police spokesman", "The river ministry said the gate was shut."),
            no=("a former minister → expert or citizen",),
            key="1",
        ),
        Label(
            "party",
            "party",
            "Speaks for a party to the dispute that is no state body.",
            yes=("the strike committee", "the firm that built the dam and is sued for it"),
            no=("the ministry that is sued → official",),
            key="2",
        ),
        Label(
            "organisation",
            "organisation",
            "Any other organisation.",
            yes=("a relief society",),
            no=("the strike committee, in a story about the strike → party",),
            key="3",
        ),
        Label(
            "expert",
            "expert",
            "Asked for knowledge, and not a party.",
            yes=("a hydrologist", "a former keeper of the dam who explains how its gates work"),
            no=("a hydrologist employed by the sued firm → party",),
            key="4",
        ),
        Label(
            "eyewitness",
            "eyewitness",
            "Reports what they saw, heard or felt.",
            yes=("the miller on the roof",),
            no=("the mayor who was told → official",),
            key="5",
        ),
        Label(
            "citizen",
            "citizen",
            "Gives the opinion of a private person.",
            yes=(
                "a shopkeeper on the tax",
                "Two marchers carried a placard that read “Shut the gate”. (the placard’s words are theirs)",
            ),
            no=("a shopkeeper who saw the water come → eyewitness",),
            key="6",
        ),
        Label(
            "document",
            "document",
            "A report, letter, ruling or data set whose maker is not the speaker of the story.",
            yes=(
                "the survey says",
                "A placard nailed to the mill reads “Shut the gate”. (nobody is shown carrying it)",
            ),
            no=("“in a letter, Venn wrote” → Venn, in her own part",),
            key="7",
        ),
        Label(
            "media",
            "media",
            "Another outlet or agency is the source of the content, or the outlet speaks itself.",
            yes=(
                "the agency reported (no further source)",
                "“Open gate drowned the mill,” the Gazette wrote on Monday. (the Gazette quoting itself)",
            ),
            no=("the agency quoted Venn → Venn; the agency is a relay in her chain",),
            key="8",
        ),
        Label(
            "anonymous",
            "anonymous",
            "A person whose name is withheld. Overrides the other labels; never guess who it is.",
            yes=("an official who asked not to be named",),
            no=("“officials said” → official, on record collective",),
            key="9",
        ),
    ),
)

ON_RECORD = Variable(
    slug="on_record",
    name="On record",
    question="Can a reader find the person?",
    scope="statement",
    definition="Whether the text lets a reader trace the words to whoever answers for them.",
    order=5,
    required=False,
    multiple=False,
    folded=True,
    labels=(
        Label(
            "named",
            "named",
            "The text names the source, or names an office, body or document that a reader can find.",
            yes=("Orla Venn said …", "The river ministry said …", "The board’s report says …"),
            no=("a ministry employee said → unnamed",),
            key="1",
        ),
        Label(
            "unnamed",
            "unnamed",
            "One person, or a few counted ones, without a name.",
            yes=("a worker at the dam said", "two neighbours said"),
            no=("the keeper of the dam said, where there is one keeper → named",),
            key="2",
        ),
        Label(
            "collective",
            "collective",
            "Several speakers without names or number, who are made to say the same thing.",
            yes=("officials said", "in the town, people say", "the marchers’ placards read “Shut the gate”"),
            no=("the board said → named: a body that can be found",),
            key="3",
        ),
    ),
)

EVIDENCE = Variable(
    slug="evidence",
    name="Evidence",
    question="What ground does the speaker claim?",
    scope="statement",
    definition=(
        "The ground that the speaker claims for the content, as far as the text gives it. "
        "Do not infer grounds from the office."
    ),
    order=6,
    required=False,
    multiple=False,
    folded=True,
    labels=(
        Label(
            "direct_experience",
            "direct experience",
            "The speaker saw, heard or felt it.",
            yes=("“I saw the gate open,” the miller said.",),
            no=("“They saw the gate open,” the mayor said. → reported",),
            key="1",
        ),
        Label(
            "measurement",
            "measurement",
            "It was measured or counted.",
            yes=(
                "The gauge rose two metres in an hour, the board said.",
                "The relief society counted 300 people in its tents.",
            ),
            no=("“It must have been thousands,” the mayor said. → inference",),
            key="2",
        ),
        Label(
            "document",
            "document",
            "It stands in a record, letter, ruling or recording that the speaker points to.",
            yes=("“The log has no entry for that night,” Venn said.",),
            no=("the log shows no entry, with no one pointing to it → the log is the speaker",),
            key="3",
        ),
        Label(
            "inference",
            "inference",
            "It is concluded from signs or from general knowledge.",
            yes=("“Rain alone does not rise so fast,” the hydrologist said.",),
            no=("“It rose two metres in an hour,” the hydrologist said, reading her gauge. → measurement",),
            key="4",
        ),
        Label(
            "reported",
            "reported",
            "Somebody else told the speaker.",
            yes=("“The keeper told me that it was open,” the mayor said.",),
            no=("“I told the keeper to open it,” the mayor said. → own",),
            key="5",
        ),
        Label(
            "own",
            "own",
            "The speaker speaks of own acts, wishes or judgements, or those of the body they speak for.",
            yes=("“We opened it,” the keeper said.", "The board wants the gate shut."),
            no=("“They opened it,” the miller said. → direct experience or none given",),
            key="6",
        ),
        Label(
            "none_given",
            "none given",
            "No ground is given, and the content is nothing of the speaker’s own.",
            yes=("The siren sounded twice, the shopkeeper said.",),
            no=("“I heard the siren twice,” the shopkeeper said. → direct experience",),
            key="7",
        ),
    ),
)
