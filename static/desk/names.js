// Names what scripts of others make without a name: the boxes of the prose editor, and those that offer works to choose from.
// Each gets the name of the field that it stands for.
{
  const nameOf = (field) => field?.getAttribute("aria-label") ?? field?.labels?.[0]?.textContent.trim();

  const nameProse = (box) => {
    const name = nameOf(box.closest(".prose-editor")?.querySelector("textarea"));
    if (name) box.setAttribute("aria-label", name);
  };

  // Its box would be named by its value alone, which calls itself a text box without a name.
  const nameChoice = (box) => {
    const field = box.closest(".select2-container").previousElementSibling;
    const value = box.querySelector(".select2-selection__rendered");
    if (!field?.id || !value?.id || !nameOf(field)) return;
    value.removeAttribute("role");
    value.removeAttribute("aria-readonly");
    box.id = `${field.id}-box`;
    box.setAttribute("aria-label", nameOf(field));
    box.setAttribute("aria-labelledby", `${box.id} ${value.id}`);
  };

  const nameAll = () => {
    document.querySelectorAll(".ProseMirror[contenteditable=true]:not([aria-label])").forEach(nameProse);
    document.querySelectorAll(".select2-selection--single:not([aria-label])").forEach(nameChoice);
  };

  new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
  nameAll();
}
