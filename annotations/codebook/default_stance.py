"""Default codebook 1.0.0: how a statement bears on a claim, and how firmly."""

from annotations.codebook.scheme import Label, Variable

STANCE = Variable(
    slug="stance",
    name="Stance",
    question="How does the content bear on the claim?",
    scope="stance",
    definition=(
        "What the content says of this claim, whatever the speaker says elsewhere. On a quantity claim, support "
        "asserts the value and oppose rejects it. Silence is no link."
    ),
    order=12,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "support",
            "support",
            "The content asserts, presupposes or entails the claim.",
            yes=("Claim “The gate was open”: “We opened it,” the keeper said.",),
            no=("Claim “The gate was open”: “The gate is old,” the keeper said. → no link",),
            key="s",
            polarity=1,
        ),
        Label(
            "oppose",
            "oppose",
            "The content asserts, presupposes or entails the negation of the claim.",
            yes=("Claim “The gate was open”: “It stayed shut all night,” Venn said.",),
            no=("Claim “The gate was open”: “Nobody told me it was open,” Venn said. → unclear",),
            key="o",
            polarity=-1,
        ),
        Label(
            "neutral",
            "neutral",
            "The content raises the claim and withholds judgement: it reports, asks or leaves open.",
            yes=(
                "Claim “The gate was open”: “It is too early to say,” the hydrologist said.",
                "Claim “The gate was open”: “Was it open?” the miller asked.",
            ),
            no=("Claim “The gate was open”: Venn would not speak of it. → silence, no link",),
            key="n",
            polarity=0,
        ),
        Label(
            "mixed",
            "mixed",
            "The content supports one part of the claim, opposes another, and cannot be split.",
            yes=("Claim “Both gates were opened at dusk”: “One of them, and at midnight,” the keeper said.",),
            no=("“The gate was open and the siren silent,” the miller said. → two claims: one link each",),
            key="m",
        ),
        Label(
            "unclear",
            "unclear",
            "The content bears on the claim, and two readings do not decide in which direction.",
            yes=("Claim “The gate was open”: “Nobody told me it was open,” Venn said.",),
            no=(
                "Claim “The gate was open”: “It may have been open,” Venn said. → support, commitment possible",
            ),
            key="u",
        ),
    ),
)

EXPLICIT = Variable(
    slug="explicit",
    name="Explicit",
    question="Does the content say it, or does it only follow?",
    scope="stance",
    definition="Whether the words themselves assert or deny the claim.",
    order=13,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "yes",
            "yes",
            "The words assert or deny the claim, if in a wording of their own.",
            yes=("Claim “The gate was open”: “We opened it,” the keeper said.",),
            no=(
                "Claim “The gate was open”: “I am proud of the men who opened it,” the mayor said. → no: presupposed",
            ),
            key="1",
        ),
        Label(
            "no",
            "no",
            "The claim follows only by naming, entailment or presupposition. Tick presupposed, too, where the content "
            "takes the claim for granted.",
            yes=(
                "Claim “The marchers are vandals”: “Those friends of the valley harm nobody,” Venn said. (oppose, by naming)",
                "Claim “The gate was open”: “The water came through the gate,” the miller said. (support, by entailment)",
            ),
            no=("Claim “The gate was open”: “It was not,” Venn said. → yes",),
            key="2",
        ),
    ),
)

COMMITMENT = Variable(
    slug="commitment",
    name="Commitment",
    question="How firmly does the speaker stand by it?",
    scope="stance",
    definition="The strength of the speaker’s words, not of the evidence and not of the outlet’s cue.",
    order=14,
    required=True,
    multiple=False,
    folded=False,
    labels=(
        Label(
            "certain",
            "certain",
            "Said without any hedge.",
            yes=(
                "“The gate was shut,” Venn said.",
                "The firm claims that the gate was shut. (the hedge is the outlet’s)",
            ),
            no=("“It was shut, I should think,” Venn said. → probable",),
            key="1",
            weight=1.0,
        ),
        Label(
            "probable",
            "probable",
            "Held to be more likely than not.",
            yes=("“It was most likely shut,” Venn said.",),
            no=("“It may have been shut,” Venn said. → possible",),
            key="2",
            weight=0.8,
        ),
        Label(
            "possible",
            "possible",
            "Held to be possible, and no more; or given under a condition.",
            yes=("“It may have been shut,” Venn said.", "“We will pay if the court says so,” the firm said."),
            no=("“I am told it was shut,” Venn said. → reported",),
            key="3",
            weight=0.5,
        ),
        Label(
            "reported",
            "reported",
            "The speaker only passes it on.",
            yes=("“I am told it was shut,” Venn said.",),
            no=("“The keeper told me, and he is right,” Venn said. → certain",),
            key="4",
            weight=0.4,
        ),
        Label(
            "unclear",
            "unclear",
            "The strength cannot be decided from the words.",
            yes=("“Shut, open, who shuts a gate in such a night,” Venn said.",),
            no=("“It was shut, unless I am mistaken,” Venn said. → probable",),
            key="5",
            weight=0.3,
        ),
    ),
)
