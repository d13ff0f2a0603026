// The page's half of StatusRegion: one region for all notebooks of a page, made at the first word.

const KEPT = 50; // results; or the region would grow all day
const LATER = 150; // milliseconds until a screen reader knows the region, and knows it empty
const UNSEEN = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";

function region() {
  const known = document.getElementById("nnlib-status-region");
  if (known) return known;
  const made = document.createElement("div");
  made.id = "nnlib-status-region";
  made.setAttribute("role", "status");
  made.setAttribute("aria-atomic", "false"); // only what is new is read out
  made.style.cssText = UNSEEN;
  document.body.append(made);
  return made;
}

function append(words) {
  const place = region();
  setTimeout(() => {
    const result = document.createElement("p");
    result.textContent = words;
    place.append(result);
    if (place.childElementCount > KEPT) place.firstElementChild.remove();
  }, LATER);
}

function initialize({ model }) {
  hearThoughLate(model);
  let last = 0; // the number of the result that was said last
  function say() {
    const fresh = model.get("results").filter(([number]) => number > last);
    if (fresh.length === 0) return;
    last = fresh.at(-1)[0];
    for (const [, words] of fresh) append(words);
    // So that it is not saved. What is set within a change is not sent.
    setTimeout(() => {
      model.set("results", []);
      model.save_changes();
    }, LATER);
  }
  model.on("change:results", say);
  say();
}

export default { initialize };
