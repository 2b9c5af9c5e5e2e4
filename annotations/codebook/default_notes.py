"""Default codebook 1.0.0: the instructions that belong to no single label."""

from annotations.codebook.scheme import Note

NOTES = (
    Note(
        "Order of decisions",
        "Furniture, then: is it attributed? Then content, source and cue, quote type, chain, speaker, source type, "
        "claims, stance, commitment. Each decision takes the earlier ones as given.",
    ),
    Note(
        "Is it a statement?",
        "Code what someone is made to say, think, want, demand, order, see or show. Yes: “The miller denies it”, “The "
        "board wants the gate shut”, “The report shows a crack”. No: “The minister left the room” (action), “The "
        "minister was furious” (state); but yes: “was furious that the gate stood open” (attitude to a fact). “Will” "
        "alone is no attribution; “plans to” and “vowed to” are. Scare quotes and titles of works are not statements.",
    ),
    Note(
        "Boundaries",
        "Quotation marks are inside the content. “That” belongs to the content, and so does “to” before an infinitive. "
        "The cue is the whole verb group with auxiliaries, negation, adverb and preposition. The source takes an "
        "identifying apposition and its commas, not incidental clauses. The addressee is not content. A final full stop "
        "outside the quotation is left out of indirect content. No span touches furniture; a quotation that runs over "
        "it has several segments. When in doubt whether a tail clause is attributed, leave it out.",
    ),
    Note(
        "One statement or several",
        "Split an act of speech into statements when the claims have different stances, targets or chains; otherwise "
        "do not. A statement that stands inside the content of another has that one as its parent.",
    ),
    Note(
        "Speakers",
        "Code the innermost source. A state, a ministry or an office that is made to speak stays a state or an "
        "organisation, marked as a metonym; do not resolve it to a person unless the text does. Never guess who an "
        "anonymous source is.",
    ),
    Note(
        "Claims",
        "Word a claim once for the whole study, without attribution and in the affirmative: “The gate was open”. Its "
        "denial is the stance oppose, never a second claim “was not open”. Keep measure, place and date in the wording; "
        "one quantity claim for each measure. Mark a link as presupposed where the content takes the claim for granted: "
        "“I regret that we opened it”.",
    ),
    Note(
        "Three rules that settle most disputes",
        "(1) Code the words, not what you know of the world. (2) A different name is not a denial: link to the label "
        "claim, with explicit = no. (3) If two coders would need a telephone call to the speaker, it is unclear.",
    ),
    Note(
        "Song lyrics",
        "Lyrics that are only performed are no statement, and titles of songs never are. Lyrics that a speaker gives as "
        "an answer, or takes over as true, are that speaker’s statement: direct or mixed, like any quotation.",
    ),
    Note(
        "Placards",
        "Written words count as spoken ones: quote type direct, medium written_statement, speaker whoever carries the "
        "placard, on_record collective with the flag unnamed_collective where those are a crowd. Where nobody is shown "
        "carrying it, the placard itself is the speaker, with source type document.",
    ),
    Note(
        "Thoughts",
        "A reported thought is a statement with report form attitude: indirect without quotation marks, direct with "
        "them, then with the flag no_verbatim where nobody can have heard it. “She said she had thought so” is what she "
        "said: clause.",
    ),
    Note(
        "Self-quotes",
        "A speaker who quotes themselves makes one statement, with the inner marks as part of its content. Make the "
        "inner words a second statement, with the outer one as parent and its own date, only where they bear on a claim "
        "from another time or with another stance. An outlet that quotes its own earlier article is a source of type "
        "media. Speakers who speak of themselves in the third person get the flag third_person_quote.",
    ),
)
