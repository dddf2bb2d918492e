// The form of a work. Hides the fields that the chosen type does not have, and the parts that a person or a body does not
// have, but never what holds something; adds, moves and removes names in place. Without it everything is there.
{
  const form = document.getElementById("work_form");
  const type = form?.querySelector("[name=item-type]");
  const list = form?.querySelector(".names");

  const holds = (field) => field.value.trim() !== "" || field.getAttribute("aria-invalid") === "true";
  const isEmpty = (box) => box.querySelector(":scope input:not([type=hidden]), select, textarea, .readonly") &&
    ![...box.querySelectorAll("input, select, textarea, .readonly")].some((field) => !field.closest("[hidden]"));

  const applyType = () => {
    for (const box of form.querySelectorAll("fieldset[hidden], .form-row[hidden]")) box.hidden = false;
    for (const field of form.querySelectorAll("[data-kinds]")) {
      const box = field.closest(".form-multiline > div") ?? field.closest(".form-row");
      box.hidden = type.value !== "" && !field.dataset.kinds.split(" ").includes(type.value) && !holds(field);
    }
    for (const box of form.querySelectorAll(".form-row")) if (isEmpty(box)) box.hidden = true;
    for (const box of form.querySelectorAll("fieldset.module")) if (isEmpty(box)) box.hidden = true;
  };

  // --- names ---------------------------------------------------------------------------------------------------------

  const rows = () => [...list.children];
  const fieldsOf = (row) => [...row.querySelectorAll("input, select")];
  const part = (row, name) => row.querySelector(`.part-${name}`);

  // A person has a family name and a body has one name: once either is given, the other is put away.
  const applyName = (row) => {
    const value = (name) => part(row, name).querySelector("input").value.trim();
    const isBody = value("literal") !== "";
    const isPerson = ["family", "given", "non-dropping-particle", "dropping-particle", "suffix"].some((name) => value(name));
    part(row, "literal").hidden = isPerson && !isBody;
    for (const name of ["family", "given"]) part(row, name).hidden = isBody && !isPerson;
    row.querySelector("details").hidden = isBody && !isPerson;
  };

  // What was said of a row belongs to what stood in it.
  const forgive = (row) => {
    for (const said of row.querySelectorAll(".errorlist")) said.remove();
    for (const box of row.querySelectorAll(".errors")) box.classList.remove("errors");
    for (const field of row.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  };

  const give = (row, values) => {
    fieldsOf(row).forEach((field, place) => { field.value = values[place]; });
    forgive(row);
    applyName(row);
  };

  const swap = (one, other) => {
    const values = [one, other].map((row) => fieldsOf(row).map((field) => field.value));
    give(one, values[1]);
    give(other, values[0]);
  };

  const count = () => { form.querySelector("[name=item-names]").value = list.children.length; };

  const add = () => {
    const last = rows().at(-1);
    const number = list.children.length;
    const copy = last.cloneNode(true);
    for (const one of copy.querySelectorAll("*")) {
      for (const attribute of ["id", "name", "for", "aria-describedby"]) {
        const value = one.getAttribute(attribute);
        if (value) one.setAttribute(attribute, value.replace(/item-name-\d+-/g, `item-name-${number}-`));
      }
      if (one.matches("button")) one.value = one.value.replace(/\d+$/, number);
    }
    const legend = copy.querySelector("legend");
    legend.textContent = legend.textContent.replace(/\d+/, number + 1);
    list.append(copy);
    give(copy, fieldsOf(copy).map((field) => (field.matches("select") ? last.querySelector("select").value : "")));
    count();
    copy.querySelector("select").focus();
  };

  const remove = (place) => {
    const all = rows();
    for (let next = place; next + 1 < all.length; next += 1) swap(all[next], all[next + 1]);
    if (all.length > 1) all.at(-1).remove();
    else give(all[0], fieldsOf(all[0]).map((field) => (field.matches("select") ? field.value : "")));
    count();
    (rows()[Math.min(place, list.children.length - 1)]).querySelector("select").focus();
  };

  const move = (place, by) => {
    const to = place + by;
    if (to < 0 || to >= list.children.length) return;
    swap(rows()[place], rows()[to]);
    rows()[to].querySelector(`button[value^=${by < 0 ? "up" : "down"}]`).focus();
  };

  const doings = { add, up: (place) => move(place, -1), down: (place) => move(place, 1), remove };

  if (type && list) {
    type.addEventListener("change", applyType);
    list.addEventListener("change", (event) => applyName(event.target.closest("li")));
    form.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=item-row]");
      if (!button || (button.value === "add" && !list.children.length)) return;
      event.preventDefault();
      const [doing, place] = button.value.split("-");
      doings[doing](Number(place));
    });
    rows().forEach(applyName);
    applyType();
  }
}
