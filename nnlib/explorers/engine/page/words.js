// How equation and summary are written below the picture.

const LAYERS = /(\d+(?:-\d+)+)/g; // such as "2-8-8-1"
const RESULT = /([=+−/·] )?\S+ = \S.*$/; // at the end of an equation: "+ 0.50 = 1.750"

/** Write a text, and keep the room of the longest that has stood there, with the same breaks. */
function write(place, text) {
  const { dataset } = place.parentElement;
  if (text.length > (dataset.longest?.length ?? 0)) {
    dataset.longest = text.replaceAll(LAYERS, (layers) => layers.replaceAll("-", "\u2011"));
  }
  if (place.textContent === text) return;
  place.replaceChildren();
  for (const [k, part] of text.split(LAYERS).entries()) {
    if (k % 2) child(place, "span", "nnlib-unbroken").textContent = part;
    else place.append(part);
  }
}

/** Write an equation; the room of the longest stands unseen behind it, with the same breaks. */
function writeEquation(place, text) {
  const room = place.nextElementSibling;
  if (text.length > room.textContent.length) room.replaceChildren(...statementsOf(text));
  place.replaceChildren(...statementsOf(text));
}

/** Statements, which stand some blanks apart, go to the next line whole if this one is full. */
function statementsOf(text) {
  return text.split(/(\n| {3,})/).map((part, k) => (k % 2 ? part : statementOf(part)));
}

/**
 * A statement too long for a line breaks before a sign of equality, but not before the last: a
 * result keeps what it is the result of, and be it only the last summand.
 */
function statementOf(text) {
  const statement = document.createElement("span");
  statement.className = "nnlib-statement";
  const sides = text.split(/ (?== )/);
  sides.push(sides.splice(-2).join(" "));
  for (const [k, side] of sides.entries()) {
    if (k > 0) statement.append(" ");
    const place = child(statement, "span", "nnlib-side");
    const result = k < sides.length - 1 ? side.length : side.search(RESULT);
    writeRaised(place, result < 0 ? side : side.slice(0, result));
    if (result >= 0) writeRaised(child(place, "span", "nnlib-value"), side.slice(result));
  }
  return statement;
}

/** Write "e^(−2.0)" as a book does; the sign and the brackets are there to be copied. */
function writeRaised(place, text) {
  for (const [k, part] of text.split(/(\^\(|(?<=\^\([^()]*)\))/).entries()) {
    if (k % 2) child(place, "span", "nnlib-raise").textContent = part;
    else if (k % 4 === 2) child(place, "sup").textContent = part;
    else writeScripts(place, part);
  }
}

/** Write what stands above or below the line as large as can be read: "w⁽¹⁾₁₁". */
function writeScripts(place, text) {
  for (const [k, part] of text.split(/([⁰¹²³⁴-⁾ˡᵀ₀-₉]+)/).entries()) {
    if (k % 2) child(place, "span", "nnlib-script").textContent = part;
    else place.append(part);
  }
}

/** Fold the summary where the picture shows the same: unseen it is still there to be heard. */
function foldWords(figure, below) {
  const button = child(below, "button", "nnlib-in-words");
  button.type = "button";
  button.textContent = "In words";
  function fold(folded) {
    figure.classList.toggle("nnlib-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  }
  button.addEventListener("click", () => {
    fold(!figure.classList.contains("nnlib-folded"));
    figure.lastElementChild.scrollIntoView({ block: "nearest" });
  });
  fold(true);
}
