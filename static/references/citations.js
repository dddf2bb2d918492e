// Shows the entry that a citation links to, beside it, while the citation has the focus or the pointer. Without it the link
// leads to the entry. The preview can be pointed at, stays until it is left, and goes with Escape.
{
  const preview = document.createElement("div");
  preview.id = "citation-preview";
  preview.className = "citation-preview";
  preview.setAttribute("role", "tooltip");
  preview.hidden = true;
  (document.querySelector("main") ?? document.body).append(preview);

  let shownFor = null;
  let waiting;

  const entryOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  // The words of the entry, its italics and their language, without its links and names.
  const copyOf = (entry) => {
    const copy = entry.cloneNode(true);
    for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
    return copy.childNodes;
  };

  const place = (link) => {
    const [first] = link.getClientRects();
    const page = document.documentElement;
    const left = Math.min(first.left, page.clientWidth - preview.offsetWidth - 8);
    const above = first.top - preview.offsetHeight - 4;
    const below = link.getBoundingClientRect().bottom + 4;
    const fitsBelow = below + preview.offsetHeight < page.clientHeight || above < 0;
    preview.style.left = `${Math.max(8, left) + window.scrollX}px`;
    preview.style.top = `${(fitsBelow ? below : above) + window.scrollY}px`;
  };

  const hide = () => {
    clearTimeout(waiting);
    shownFor?.removeAttribute("aria-describedby");
    shownFor = null;
    preview.hidden = true;
  };

  const show = (link) => {
    clearTimeout(waiting);
    const entry = entryOf(link);
    if (!entry || shownFor === link) return;
    hide();
    preview.replaceChildren(...copyOf(entry));
    preview.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", preview.id);
    shownFor = link;
  };

  const later = (act, milliseconds) => {
    clearTimeout(waiting);
    waiting = setTimeout(act, milliseconds);
  };

  // The pointer has gone: the preview goes too, unless it is the focus that keeps it.
  const leave = () => {
    clearTimeout(waiting);
    if (document.activeElement !== shownFor) later(hide, 300);
  };

  for (const link of document.querySelectorAll('a.citation[href^="#ref-"]')) {
    link.addEventListener("focus", () => show(link));
    link.addEventListener("blur", hide);
    link.addEventListener("click", hide);
    link.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && later(() => show(link), 150));
    link.addEventListener("pointerleave", leave);
  }
  preview.addEventListener("pointerenter", () => clearTimeout(waiting));
  preview.addEventListener("pointerleave", leave);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
}
