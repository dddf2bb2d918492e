// While a page stays open it says so, and shows who else has it open. Without scripts, the opening alone is known.
(() => {
  const place = document.getElementById("others");
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  if (!place || !token) return;
  let shown = place.innerHTML.trim();
  const ping = async () => {
    const body = new URLSearchParams({ item: place.dataset.item, csrfmiddlewaretoken: token.value });
    try {
      const answer = await fetch(place.dataset.ping, { method: "POST", body, redirect: "error" });
      if (!answer.ok) return;
      const text = (await answer.text()).trim();
      if (text === shown) return;
      shown = text;
      place.innerHTML = text;
    } catch {
      // No connection: the next ping may have one.
    }
  };
  setInterval(ping, Number(place.dataset.every) * 1000);
})();
