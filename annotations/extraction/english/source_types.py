"""Words that tell what kind of source somebody is; the labels are those of the default codebook."""

from annotations.extraction.english.lists import word_set

OFFICIAL = word_set(
    """
    minister ministry president vice-president premier chancellor senator representative governor mayor secretary
    ambassador official officials police prosecutor prosecutors sheriff judge court army navy general colonel government
    governments department congressman congresswoman lawmaker lawmakers councillor council commissioner parliament senate
    envoy diplomat diplomats authorities administration embassy regulator agency office king queen prince commission
    bureau pentagon kremlin attorney rep sen gov deputy detective investigators inspectors troops
    """
)
EXPERT = word_set(
    """
    professor hydrologist economist analyst analysts expert experts researcher researchers scientist scientists historian
    geologist biologist physicist meteorologist economists engineer doctor epidemiologist sociologist scholar lecturer
    """
)
EYEWITNESS = word_set("eyewitness eyewitnesses witness witnesses survivor survivors bystander bystanders")
CITIZEN = word_set(
    """
    resident residents shopkeeper farmer farmers voter voters neighbour neighbours neighbor neighbors villager villagers
    student students mother father driver pensioner local locals worker workers passer-by tourist tourists
    """
)
PARTY = word_set(
    "union campaign committee strikers rebels guard party militants spokesman spokeswoman coordinator lawyer"
)
UNNAMED = word_set("anonymity unnamed anonymous unidentified")
"""What says that a name is withheld."""
