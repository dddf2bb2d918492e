"""What a machine can say about a page's accessibility: axe-core with the rules of WCAG 2.2 A and AA, and what axe cannot see."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_axe = Axe()

#: WCAG 1.4.12: the distances that a reader may set without losing anything.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
NORMAL = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) }"

#: Language of the page; what a reader presses is 24 px; each error stands at its field, in the summary and in the title.
BY_HAND = """() => {
  const found = [];
  const name = (element) => element.outerHTML.slice(0, 140);
  const language = location.pathname.split("/")[1];
  if (document.documentElement.lang !== language) found.push(`language of the page: ${document.documentElement.lang}`);
  for (const control of document.querySelectorAll("main :is(button, input, select, textarea, summary)")) {
    const box = control.getBoundingClientRect();
    const shown = control.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (!shown || box.right <= 1 || box.bottom <= 1 || control.tabIndex < 0 || control.type === "hidden") continue;
    if (box.width < 24 || box.height < 24) found.push(`${box.width} × ${box.height} px: ${name(control)}`);
  }
  const words = (ids) => (ids || "").split(" ").map((id) => document.getElementById(id)?.textContent.trim() || "");
  for (const wrong of document.querySelectorAll("[aria-invalid=true]")) {
    const told = [wrong, wrong.closest("fieldset")].flatMap((one) => words(one?.getAttribute("aria-describedby")));
    if (!told.some(Boolean)) found.push(`an error that is not told at its field: ${name(wrong)}`);
  }
  const summary = document.querySelector(".error-summary");
  if (summary) {
    if (!/^(Error|Gwall)/.test(document.title)) found.push(`the title names no error: ${document.title}`);
    if (document.activeElement !== summary) found.push("the error summary has no focus");
    for (const link of summary.querySelectorAll("a")) {
      const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      link.focus();
      field?.focus();
      if (!field || document.activeElement !== field) found.push(`leads to nothing that can be filled: ${link.textContent}`);
    }
  }
  return found;
}"""

#: Of the element that has the focus: whether its focus shows, and its place on the page.
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  return {
    name: element.outerHTML.slice(0, 140),
    place: [...document.querySelectorAll("*")].indexOf(element),
    shows: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
  };
}"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page, a line a rule: the rule, how often, and the first place."""
    found = _axe.run(page, options=RULES).response["violations"]
    return [f"{page.url}: {rule['id']} × {len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether a reader has to scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def oversights(page: Page) -> list[str]:
    """What axe does not look for: targets, errors, and whether the page fits, also with text set apart."""
    found = list(page.evaluate(BY_HAND))
    for state in ("as it is", "with text set apart"):
        if scrolls_sideways(page):
            found.append(f"scrolls sideways {state}")
        page.evaluate(SPACED if state == "as it is" else NORMAL)
    return [f"{page.url}: {one}" for one in found]


def lost_on_the_way(page: Page, most: int = 60) -> tuple[int, list[str]]:
    """Go through the page with the Tab key: how many stops there are, and where the focus does not show or goes back."""
    found, first, last, stops = [], -1, -1, 0
    page.evaluate("document.activeElement?.blur()")
    while stops < most:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["place"] == first:  # round the page
            break
        first = at["place"] if first < 0 else first
        if not at["shows"] or at["place"] < last:
            found.append(f"{page.url}: shows {at['shows']}, {at['place']} after {last}: {at['name']}")
        last, stops = at["place"], stops + 1
    return stops, found
