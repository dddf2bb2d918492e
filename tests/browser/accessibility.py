"""What a machine can say about a page's accessibility: axe-core with the rules of WCAG 2.2 A and AA, and what axe cannot see."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
_axe = Axe()
NARROW = 400  # pixels
PARTS = 150  # more than any one thing on a page has for the Tab key to stop at

#: WCAG 1.4.12: the distances that a reader may set without losing anything.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
NORMAL = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1) }"

#: Language of the page and of what is written in one; what a reader presses is 24 px, or stands that far from its neighbours
#: (which axe measures on the desk); each error stands at its field, in the summary and in the title; what the site says of
#: itself is told to those who do not see it; where help is found.
BY_HAND = """(language) => {
  const found = [];
  const name = (element) => element.outerHTML.slice(0, 140);
  const desk = document.body.matches("[data-admin-utc-offset]");
  if (document.documentElement.lang !== language) found.push(`language of the page: ${document.documentElement.lang}`);
  for (const box of document.querySelectorAll("main :is(input[type=text], textarea, [contenteditable=true])")) {
    const kept = box.matches("input, textarea") ? box : box.parentElement.closest(":has(textarea[name])")?.querySelector("textarea[name]");
    const written = /_(cy|en)(-\\d+)?$/.exec(kept?.name)?.[1];
    if (written && box.closest("[lang]").lang !== written) found.push(`the language of what is written: ${name(box)}`);
  }
  for (const said of document.querySelectorAll(".messagelist:not([id]), .saving")) {
    if (!said.closest("[role=status], [role=alert]")) found.push(`is not told: ${name(said)}`);
  }
  const help = [...document.querySelectorAll("footer a")].at(-1);
  if (!desk && !help?.href.startsWith("mailto:")) found.push("help is not the last thing at the foot of the page");
  for (const control of desk ? [] : document.querySelectorAll("main :is(button, input, select, textarea, summary)")) {
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
  element.scrollIntoView({ behavior: "instant", block: "nearest" });  // where the browser is going, slowly
  const style = getComputedStyle(element);
  // Not hidden as a whole behind what stands still (WCAG 2.4.11): a point of it, or of its label, can be touched.
  const isFrame = element.matches("iframe");  // the focus is on something in it
  const seen = isFrame || [element, ...(element.labels || [])].some((one) => [...one.getClientRects()].some((box) =>
    [[.5, .5], [.02, .1], [.98, .1], [.02, .9], [.98, .9]].some(([across, down]) => {
      const top = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
      return top && (one.contains(top) || top.contains(one));
    })));
  const drawn = element.ownerSVGElement ? parseFloat(getComputedStyle(element.querySelector("path")).strokeWidth) : 0;
  return {
    seen,
    name: element.outerHTML.slice(0, 140),
    place: [...document.querySelectorAll("*")].indexOf(element),
    shows: isFrame || drawn >= 4 || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none",
  };
}"""


def faults(page: Page) -> list[str]:
    """What axe finds on the page, a line a rule: the rule, how often, and the first place."""
    page.wait_for_load_state()
    found = _axe.run(page, options=RULES).response["violations"]
    return [f"{page.url}: {rule['id']} × {len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]}" for rule in found]


def scrolls_sideways(page: Page) -> bool:
    """Whether a reader has to scroll sideways to read the page."""
    page.wait_for_load_state()
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def oversights(page: Page, language: str = "") -> list[str]:
    """What axe does not look for, on a page in `language` (as its address says, if nothing is said).

    Languages, targets, errors, what is told, help; and whether the page fits, also with text set apart and, of a narrow
    page, on the narrowest screen.
    """
    page.wait_for_load_state()
    for summary in page.locator(".error-summary").all():
        expect(summary, f"{page.url}: the error summary has no focus").to_be_focused()  # when the page has been drawn
    found = list(page.evaluate(BY_HAND, language or urlsplit(page.url).path.split("/")[1]))
    size = page.viewport_size
    assert size is not None
    if size["width"] < NARROW:
        page.set_viewport_size({**size, "width": 320})
    for state in ("as it is", "with text set apart"):
        if scrolls_sideways(page):
            found.append(f"scrolls sideways {state}")
        page.evaluate(SPACED if state == "as it is" else NORMAL)
    page.set_viewport_size(size)
    return [f"{page.url}: {one}" for one in found]


def lost_on_the_way(page: Page, most: int = 60) -> tuple[int, list[str]]:
    """Go through the page with the Tab key: how many stops there are, and where the focus is not seen, goes back or stays."""
    found, first, last, stops, stayed = [], -1, -1, 0, 0
    page.wait_for_load_state()
    page.evaluate("document.activeElement?.blur()")
    while stops < most and stayed < PARTS:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["place"] <= first:  # round the page, from a box that had the focus when it opened
            break
        stayed = stayed + 1 if at["place"] == last else 0
        if 0 < stayed < PARTS:  # the next part of a date, or of the page in a frame
            continue
        first = at["place"] if first < 0 else first
        if not at["shows"] or not at["seen"] or at["place"] <= last:
            found.append(
                f"{page.url}: shows {at['shows']}, seen {at['seen']}, {at['place']} after {last}: {at['name']}"
            )
        last, stops = at["place"], stops + 1
    return stops, found
