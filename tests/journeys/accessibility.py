"""axe over the page as it stands.

axe is handed over by the debugging protocol (`page.evaluate`), which the page's content policy does not
govern; so the policy stays whole in these tests, and what the page itself loads is still refused by it.
"""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
RUN = "options => axe.run(options).then(({ violations }) => violations)"


def barriers(page):
    """Return what WCAG 2.2 A and AA forbid on the page: a line for each element, empty when there is none."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, OPTIONS)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary'].splitlines()[-1].strip()}"
        for violation in found
        for node in violation["nodes"]
    ]
