"""What a machine can say about a page's accessibility: axe-core, with the rules of WCAG 2.2 A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_axe = Axe()


def faults(page: Page) -> list[str]:
    """What axe finds on the page, a line a rule: the rule, how often, and the first place."""
    found = _axe.run(page, options=RULES).response["violations"]
    return [f"{page.url}: {rule['id']} × {len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether a reader has to scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
