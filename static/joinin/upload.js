// Shows how far a file has come on its way. Without it the browser sends the page itself, and the same happens.
// The file goes first, with everything typed; what the pressed button asks for is done when it has arrived.
{
  const ARRIVED = "join-in-file-arrived";

  const show = (box, text, share) => {
    const bar = box.querySelector("progress");
    bar.hidden = share === null;
    if (share === undefined) bar.removeAttribute("value");
    else if (share !== null) bar.value = share;
    const line = box.querySelector("[role=status]");
    if (line.textContent !== text) line.textContent = text;
  };

  // What the page knows of the answers it was made from is newer in the page that came back.
  const learn = (form, page) => {
    for (const field of page.querySelectorAll("#page-form input[type=hidden]")) {
      if (form.elements[field.name]) form.elements[field.name].value = field.value;
    }
    form.removeAttribute("aria-busy");
    dispatchEvent(new Event("pageshow")); // the page stays: it is saved as somebody types again
  };

  const refuse = (form, box, page, summary) => {
    document.title = page.title;
    document.querySelector(".error-summary")?.remove();
    box.replaceWith(document.importNode(page.querySelector("[data-upload]"), true));
    const shown = document.importNode(summary, true);
    document.querySelector(".joinin").prepend(shown);
    learn(form, page);
    shown.focus();
  };

  const finish = (form, box, button, page, address) => {
    if (!button || button.name === "add") {
      sessionStorage.setItem(ARRIVED, box.dataset.done);
      location.replace(address);
      return;
    }
    box.querySelector("input[type=file]").value = "";
    show(box, box.dataset.done, null);
    learn(form, page);
    button.click();
  };

  const send = (form, box, button) => {
    const data = new FormData(form);
    data.set("add", "1");
    const request = new XMLHttpRequest();
    request.open("POST", location.href);
    request.responseType = "document";
    const lost = () => {
      form.removeAttribute("aria-busy");
      dispatchEvent(new Event("pageshow"));
      show(box, box.dataset.lost, null);
    };
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      const share = Math.floor((100 * loaded) / total);
      if (loaded < total) show(box, box.dataset.sending.replace("{n}", Math.floor(share / 10) * 10), share);
      else show(box, box.dataset.checking, undefined);
    });
    request.addEventListener("error", lost);
    request.addEventListener("load", () => {
      const page = request.response;
      const summary = page?.querySelector(".error-summary");
      if (summary && page.querySelector("[data-upload]")) refuse(form, box, page, summary);
      else if (request.status === 200 && page?.querySelector("#page-form")) {
        finish(form, box, button, page, request.responseURL);
      } else if (page?.querySelector(".joinin")) {
        document.querySelector(".joinin").replaceWith(document.importNode(page.querySelector(".joinin"), true));
      } else lost();
    });
    form.setAttribute("aria-busy", "true");
    show(box, box.dataset.sending.replace("{n}", 0), 0);
    request.send(data);
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const box = form.querySelector("[data-upload]");
    if (!box?.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") !== "true") send(form, box, event.submitter);
  });

  const arrived = sessionStorage.getItem(ARRIVED);
  if (arrived) {
    sessionStorage.removeItem(ARRIVED);
    const box = document.querySelector("[data-upload]");
    if (box) show(box, arrived, null);
    document.querySelector("#pictures, #documents")?.focus();
  }
}
