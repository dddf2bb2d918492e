// Puts the words of a ready-made reason into the boxes of its move at once, after what stands there; without this the button
// asks the server to do the same.
for (const button of document.querySelectorAll("button[data-into]")) {
  button.addEventListener("click", (event) => {
    const chosen = document.getElementById(`ready-${button.dataset.into}`)?.selectedOptions[0];
    if (!chosen?.value) return;
    event.preventDefault();
    const boxes = document.querySelectorAll(`#move-${button.dataset.into} textarea[name*="-reason_"]`);
    for (const box of boxes) {
      box.value = [box.value.trimEnd(), chosen.dataset[box.lang]].filter(Boolean).join("\n\n");
    }
    boxes[0]?.focus();
  });
}
