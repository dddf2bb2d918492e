// Selecting words in a text of the story puts them, and the text they stand in, into the form of a question about a passage.
const form = document.getElementById("comment-new");
const about = document.getElementById("id_comment-about");
const quote = document.getElementById("id_comment-quote");

function textAround(node) {
  const element = node && (node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  const side = element && element.closest(".compared .pair-text[lang]:not(.sent)");
  return side && `${side.closest(".compared").id.replace("compared-", "")}_${side.lang}`;
}

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const words = selection.toString().trim();
  const column = textAround(selection.anchorNode);
  if (!words || !column || column !== textAround(selection.focusNode)) return;
  if (![...about.options].some((option) => option.value === column)) return;
  about.value = column;
  quote.value = words;
  form.open = true;
});
