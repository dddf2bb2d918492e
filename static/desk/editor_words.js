// The editor of prose names its buttons in English, whatever the language of the page. Gives each the name that the catalogue
// of the admin's scripts has for it, once the editor has made its buttons.
{
  const NAMES = ["title", "aria-label"];

  const rename = (button) => {
    for (const name of NAMES) {
      const said = button.getAttribute(name);
      const wanted = said && gettext(said);
      if (said !== wanted) button.setAttribute(name, wanted);
    }
  };

  const renameAll = () => document.querySelectorAll(".prose-menubar [title], .prose-menubar [aria-label]").forEach(rename);
  renameAll();
  new MutationObserver(renameAll).observe(document.body, { childList: true, subtree: true });
}
