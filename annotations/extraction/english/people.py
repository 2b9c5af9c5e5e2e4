"""What English says about who somebody is: titles, roles, given names, bodies, media, pronouns."""

from annotations.extraction.english.lists import word_set

TITLES = word_set(
    """
    mr mrs ms miss mx dr prof sir dame lord lady rev fr sen rep gov gen lt col capt maj sgt cmdr adm pres hon judge
    justice president vice-president vice prime minister premier chancellor king queen prince princess pope cardinal
    bishop archbishop imam rabbi sheikh senator representative congressman congresswoman governor mayor secretary
    ambassador commissioner chairman chairwoman chair chief director professor doctor captain colonel general major
    lieutenant sergeant admiral commander officer detective inspector sheriff attorney deputy former ex-president
    speaker leader minority majority house senate foreign interior defence defense finance state treasury press
    spokesman spokeswoman spokesperson councillor councilman councilwoman delegate rep lt. executive manager coach
    then-president then-secretary first assistant acting
    """
)
MALE_TITLES = word_set("mr sir lord king prince fr congressman chairman spokesman councilman pope bishop")
FEMALE_TITLES = word_set(
    "mrs ms miss dame lady queen princess congresswoman chairwoman spokeswoman councilwoman"
)
MALE_NOUNS = word_set(
    "man boy father son brother husband uncle grandfather nephew businessman fisherman policeman king"
)
FEMALE_NOUNS = word_set(
    "woman girl mother daughter sister wife aunt grandmother niece businesswoman actress queen widow"
)

MALE_NAMES = word_set(
    """
    enver helmut hans jens lars klaus pierre alain ludwig stefan pavel dmitri yuri hassan omar ibrahim abdul
    aaron adam ahmed alan albert alex alexander ali andrew anthony antonio arthur barack ben benjamin bernard bernie bill
    bob brad brian bruce carl carlos charles chris christopher colin craig daniel dave david dennis derek donald doug
    douglas ed edward emmanuel eric francis frank fred gary geoffrey george gerald giovanni graham greg gregory guy
    harold harry henry howard hugh ian ibrahim ivan jack jacob james jason jean jeff jeffrey jeremy jerry jim joe john
    jonathan jorge jose joseph josh juan justin karl keith ken kenneth kevin kyle larry lee luis luke marco mario mark
    martin matt matthew michael miguel mike mitch mohamed mohammed muhammad nathan neil nicholas nick oliver oscar owen
    pablo patrick paul pedro peter phil philip ralph raymond ricardo richard rick rob robert roger ron ronald ross roy
    russell ryan sam samuel scott sean sergei simon stephen steve steven stuart ted terry thomas tim timothy todd tom
    tony vladimir walter will william yusuf
    """
)
FEMALE_NAMES = word_set(
    """
    kristin kristen kathryn hilary madeleine marta ingrid astrid birgit carmen lucia ana beatriz ines colette greta
    abigail agnes aisha alice alison amanda amy andrea angela ann anna anne annie barbara beth betty carla carly carol
    caroline catherine charlotte cheryl christina christine claire clara cynthia dana deborah debra diana diane donna
    dorothy elaine elena eleanor elizabeth ellen emily emma eva evelyn fatima fiona florence frances gloria grace hannah
    heather helen hillary huma irene isabel ivanka jane janet janice jean jennifer jessica jill joan joanna joyce judith
    judy julia julie karen kate katherine kathleen katie kelly kim kimberly laura lauren leila linda lisa lois louise
    lucy lynn maggie margaret maria marie marilyn marine martha mary maya megan melania melissa michelle miriam monica
    nadia nancy naomi natalie nicole nina nora olga olivia pamela patricia paula rachel rebecca rosa rose ruth sally
    samantha sandra sara sarah sharon sheila sofia sonia sophie stephanie sue susan suzanne sylvia tanya teresa theresa
    tina valerie vanessa veronica victoria virginia wendy yasmin zoe
    """
)

ROLES = word_set(
    """
    minister president senator governor mayor secretary ambassador spokesman spokeswoman spokesperson official judge
    lawyer attorney prosecutor director chairman chairwoman chair chief leader candidate professor researcher scientist
    analyst expert economist doctor officer general commander colonel captain executive manager coach player author
    writer journalist reporter editor activist organizer organiser coordinator worker farmer teacher student resident
    witness victim neighbour neighbor nurse driver pilot king queen prince pope bishop priest imam deputy premier
    chancellor congressman congresswoman representative lawmaker legislator commissioner adviser advisor aide strategist
    pollster donor businessman businesswoman billionaire mogul hydrologist engineer historian founder owner head
    investigator detective sheriff policeman diplomat envoy negotiator negotiators treasurer clerk miller shopkeeper
    fisherman mother father son daughter brother sister husband wife widow man woman boy girl insider source person
    voter supporter critic opponent rival spokespeople officer geologist biologist physicist meteorologist veteran
    """
)
BODIES = word_set(
    """
    ministry department agency office government administration party campaign company firm bank court committee council
    commission board university college school hospital union association society federation league group team police
    army navy force bureau institute foundation organisation organization club church parliament senate congress cabinet
    embassy authority service network station channel newspaper magazine daily tribunal assembly panel coalition alliance
    movement corporation museum theatre laboratory center centre guard patrol fund observatory registry brigade
    cooperative co-operative charity airline operator regulator watchdog inc corp ltd llc nations house pentagon kremlin
    """
)
DOCUMENTS = word_set(
    """
    report study survey poll letter statement memo email document article book review ruling filing complaint lawsuit
    indictment audit bulletin dispatch transcript story tweet editorial census affidavit paper note dossier analysis
    documents records papers figures data petition charter communique communiqué pamphlet leaflet diary minutes reports
    """
)
MEDIA = word_set(
    """
    times post news tv radio press herald tribune journal guardian courier voice gazette chronicle mail telegraph observer
    standard star mirror sun record express globe bbc cnn nbc abc cbs npr msnbc reuters ap afp tass xinhua dpa ansa efe
    bloomberg politico breitbart axios television broadcaster newspaper agency newswire daily weekly magazine channel
    network wire ria interfax anadolu kyodo yonhap pti upi fox newsroom
    """
)
COLLECTIVES = word_set(
    """
    officials police authorities critics experts analysts supporters residents people sources witnesses investigators
    prosecutors lawyers aides advisers advisors democrats republicans lawmakers scientists researchers economists
    doctors leaders activists protesters workers farmers voters villagers locals observers families neighbours neighbors
    diplomats negotiators reporters organizers organisers teachers students soldiers commanders rebels militants many
    some others several both most all governments ministers insiders shopkeepers colleagues friends relatives rescuers
    """
)
SPEAKING_NOUNS = (
    ROLES
    | BODIES
    | DOCUMENTS
    | COLLECTIVES
    | word_set("sources authority ally allies colleague friend neighbours")
)
FINDERS = DOCUMENTS | word_set(
    """
    results findings studies surveys polls tests researchers scientists investigators auditors inspectors experts
    economists inquiry investigation audit jury court judge panel commission estimates statistics study reviews
    """
)
PARTICLES = word_set(
    "de da di del della der den van von bin al el la le ter ten zu af dos do ibn abu ben du st"
)
FIRST_PERSONS = word_set("i we you my our your")
FEMALE_PRONOUNS = word_set("she her hers herself")
MALE_PRONOUNS = word_set("he his him himself")
PLURAL_PRONOUNS = word_set("they their them themselves both others many some")
THING_PRONOUNS = word_set("it its itself")
PRONOUNS = FEMALE_PRONOUNS | MALE_PRONOUNS | PLURAL_PRONOUNS | THING_PRONOUNS | FIRST_PERSONS
RELATIVES = word_set("who which that whom whose")
