// Keeps the count of words under a box right while somebody types. Without it the server's count stands.
// The sentences come from the server, in every plural category of the page's language.
{
  const category = new Intl.PluralRules(document.documentElement.lang);

  const count = (text) => text.split(/\s+/u).filter(Boolean).length;

  const say = (box, line) => {
    const wordings = JSON.parse(line.dataset.wordings);
    const written = count(box.plainText ? box.plainText() : box.value);
    const over = written - Number(line.dataset.limit);
    const number = over > 0 ? over : written;
    const forms = over > 0 ? wordings.over : wordings.sofar;
    line.textContent = forms[category.select(number)].replace("{n}", number);
    line.classList.toggle("word-count--over", over > 0);
  };

  for (const box of document.querySelectorAll("textarea[data-words]")) {
    const line = document.getElementById(box.dataset.words);
    let waiting;
    box.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        line.setAttribute("role", "status");
        say(box, line);
      }, 700);
    });
  }
}
