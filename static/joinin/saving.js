// Saves a page of the form as somebody types, and says honestly how that stands. Without it the buttons save as ever.
// Every sentence comes from the server, in the page's language. Files are not part of it: a button sends them.
{
  const form = document.getElementById("page-form");
  const line = document.getElementById("saving");
  const PAUSE = 2000; // after the last key
  const LONGEST = 10000; // … and no longer than this while somebody types without a pause
  const MOST_KEPT_ALIVE = 60000; // bytes that a browser still sends from a page that is being left
  const FINAL = new Set(["both", "closed"]); // only a person can go on from here

  let dirty = false; // something is in the form that the server has not acknowledged
  let since = 0;
  let timer;
  let busy = false;
  let leaving = false;
  let failures = 0;
  let turn = Number(form?.elements.turn?.value ?? 0);

  const say = (words, trouble) => {
    if (line.textContent !== words) line.textContent = words;
    line.classList.toggle("saving--trouble", trouble);
  };

  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") data.append(name, value);
    }
    data.append("typing", "1");
    return data.toString();
  };

  const plan = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const fail = (words) => {
    failures += 1;
    say(words, true);
    plan(Math.min(60000, 2500 * 2 ** failures));
  };

  const judge = (state, answer) => {
    if (state === "saved") {
      failures = 0;
      form.elements.made_from.value = answer.made_from;
      say(answer.words, false);
      if (dirty) plan(PAUSE);
    } else if (FINAL.has(state)) {
      dirty = true;
      say(answer.words, true);
    } else {
      dirty = true;
      fail(answer.words);
    }
  };

  const save = async ({ last = false } = {}) => {
    clearTimeout(timer);
    if (!dirty || leaving || (busy && !last)) return;
    busy = true;
    dirty = false;
    since = 0;
    turn += 1;
    form.elements.turn.value = turn;
    const body = typed();
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
        credentials: "same-origin",
        redirect: "error",
        keepalive: last && body.length < MOST_KEPT_ALIVE,
      });
      const said = await answer.json();
      judge(said.state, said);
    } catch {
      dirty = true;
      fail(navigator.onLine ? line.dataset.trouble : line.dataset.offline);
    } finally {
      busy = false;
    }
  };

  const changed = (event) => {
    if (event.target.type === "file" || event.target.type === "hidden") return;
    dirty = true;
    since ||= Date.now();
    if (failures === 0) plan(Date.now() - since > LONGEST ? 0 : PAUSE);
  };

  if (form && line && form.elements.made_from) {
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("focusout", () => failures === 0 && save());
    form.addEventListener("submit", () => {
      leaving = true; // the button sends everything, with a later turn than any save on its way
      turn += 1;
      form.elements.turn.value = turn;
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save({ last: true }));
    addEventListener("online", () => save());
    addEventListener("offline", () => dirty && say(line.dataset.offline, true));
    addEventListener("pageshow", () => {
      leaving = false;
    });
    addEventListener("beforeunload", (event) => {
      if ((dirty || busy) && !leaving) event.preventDefault();
    });
  }
}
