"""English words by the part they play in a sentence, each class a letter of the grammar (`word_classes.py`)."""

from annotations.extraction.english.lists import word_set

_CLOSED: dict[str, str] = {
    "D": """
        the a an this these those some any each every no another such both all many most several few
        my your his her its our their whose either neither more fewer less much half other
        """,
    "S": "i he she they we it you one everyone everybody someone somebody nobody anyone others",
    "O": """
        me him them us himself herself themselves itself myself yourself ourselves everything something
        anything nothing
        """,
    "W": "who which whom",
    "t": "that",
    "w": "what whether how why where if whatever whoever",
    "T": "to",
    "o": "of",
    "p": """
        in on at by for with from about against between into through during without under over among
        amid within toward towards upon across behind beyond near outside inside despite regarding
        concerning via per versus vs like beneath above below around along onto throughout off out up down
        """,
    "k": """
        because while when after before since until although though unless as whereas once than
        lest
        """,
    "c": "and or but nor yet &",
    "A": """
        is are was were be been being am has have had do does did isn't aren't wasn't weren't
        hasn't haven't hadn't don't doesn't didn't isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t
        don’t doesn’t didn’t
        """,
    "M": """
        will would can could may might must shall should cannot won't wouldn't can't couldn't shouldn't
        won’t wouldn’t can’t couldn’t shouldn’t ought
        """,
    "X": "not never n't n’t hardly barely scarcely",
    "R": """
        also again already just still only even ever once now then soon later earlier always often
        sometimes repeatedly recently previously simply perhaps maybe quite rather very too so instead
        however therefore thus meanwhile moreover furthermore nonetheless nevertheless otherwise yet
        further twice flatly publicly privately first there here ago today yesterday tomorrow tonight
        long well almost nearly away back ahead together apart aloud likewise anyway
        """,
    "m": """
        monday tuesday wednesday thursday friday saturday sunday january february march april june july
        august september october november december mon tue tues wed thu thur thurs fri sat sun jan feb
        aug sept oct nov dec
        """,
    "#": """
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
        million billion dozen dozens hundreds thousands millions
        """,
}

VERBS = tuple(
    sorted(
        word_set(
            """
abandon accept accompany account achieve acquire act address adopt advance affect aim allow alter amount
appeal appear apply appoint approach approve arrest arrive assume attack attempt attend attract avoid ban base
become begin behave belong benefit block boost borrow break bring build burn buy campaign cancel capture care
carry cast cause cease challenge change charge chase cheat check choose clash clean clear climb close collapse
collect combat come commit compare compete complete concern conduct confront connect consider consist contain
contribute control convict convince cook cost count cover create cross cut damage deal debate decide decline
decrease defeat defend defer define delay deliver depend deploy deserve destroy detain deteriorate develop die
differ disappear discover discuss disrupt divide dominate donate double drag draw drink drive drop earn eat
elect eliminate emerge employ enable encourage end endorse enforce engage enjoy ensure enter erupt escape
establish evacuate evolve examine exceed exclude execute exist expand experience exploit explode expose extend
face fail fall favor favour feature feed feel fight figure file fill finance find finish fire fit fix flee fly
focus follow force form found freeze fund gain gather generate get give go govern grant grow guarantee guide
handle happen harm hate head hear help hide hire hit hold host hurt identify ignore illustrate impose improve
include increase indict influence inform injure intend introduce invade invest investigate invite involve issue
join judge jump keep kick kill know lack land last launch lead leak lean learn leave lend let lie lift limit
link listen live loom look lose love lower maintain make manage march mark marry matter mean measure meet merge
mind miss mount move murder need negotiate notice nominate observe obtain occupy occur offer open operate oppose
order organize organise overcome owe own participate pass pay perform permit pick place plan play plunge pose
possess post postpone prefer prepare present preserve press prevail prevent proceed produce prompt propel
protect protest prove provide provoke publish pull pump punish push put qualify quit raise rank reach react read
realize realise receive reckon recover reduce reflect reform refuse regain regard register regulate relate
release rely remain remember remind remove replace represent require rescue resemble reserve resign resist
resolve rest restore restrict result resume retain retire retreat return reverse review revise ride ring rise
risk roll rule run sail save score search secure see seek seem sell send separate serve set settle shake shape share
shift shoot shop show shrink shut sign sink sit skip sleep slip slow solve sound spend split spread spring stand
start stay steal stem step stick stop strengthen stretch strike struggle study submit succeed suffer supply
support suppose surge surpass surrender surround survive suspect suspend sustain sweep swing switch tackle take
talk target teach tear tend test testify think thrive throw tie top total touch tour trace track trade trail
train transfer transform travel treat trigger trust try turn undergo understand undermine unveil use vary view
violate visit vote wait wake walk want warrant wash waste watch weaken weigh win withdraw witness work worry
nod shrug smile grin stare gesture
"""
        )
    )
)
"""Common verbs that report nothing: they tell a clause from a noun phrase."""

VERB_OR_NOUN = word_set("""
    account act address aim amount appeal approach attack attempt ban base benefit block boost break campaign care
    cast cause challenge change charge check clash collapse combat concern conduct contact control cost count cover
    cross cut damage deal debate decline decrease defeat delay die drag draw drink drive drop end engage experience
    exploit face fall favor favour feature fight figure file fill finance fire fit fix focus force form found fund
    gain grant guarantee guide hand handle harm hate head help hit hold host hurt increase influence issue
    joint judge jump kick kill lack land last launch lead leak lean lie lift limit link live look love lower
    march mark matter mean measure mind miss mount move murder need notice offer open order own pass pay pick
    place plan play post press present produce prompt protest pull pump push raise range rank reach read
    record reform regard register release reserve rest result return reverse review ride ring rise risk roll
    rule run sail save score search set shape share shift shop show sign sink slip slow sound split spread
    spring stand start stay stem step stick stop stretch strike struggle study supply support surge suspect
    sweep swing switch talk target tear test tie top total touch tour trace track trade trail train transfer
    travel trigger trust try turn use view visit vote wait wake walk want waste watch win witness work worry
    """)
"""Of these the plain form and the form in -s count as verbs only where a subject that agrees stands before."""


def closed_classes() -> dict[str, str]:
    """Return each closed-class word with the letter of its class."""
    return {word: letter for letter, words in _CLOSED.items() for word in words.split()}
