// The page of the class. The service writes each part as HTML and sends it whenever something has
// changed; this script puts it in its place, and tells the service which button was pressed.

const xsrf = document.querySelector("meta[name=xsrf]").content;
const AGAIN_MS = 1000; // until a service that is away is asked again
// The service says more often that it is there. When it is gone the hub's proxy does not say so.
const SILENT_MS = 6000;
const byId = (id) => document.getElementById(id);
const isPressed = (button) => button?.getAttribute("aria-pressed") === "true";
let stream = null;
let watch = null;

/** Put the parts in their places. What has not changed stays, with what is focused in it. */
function show(parts) {
  for (const [name, html] of Object.entries(parts)) {
    const place = document.querySelector(`[data-part=${name}]`);
    if (place && place.dataset.html !== html) {
      place.innerHTML = place.dataset.html = html;
    }
  }
}

/** Without another word the service is taken to be away. */
function expectAWord() {
  clearTimeout(watch);
  watch = setTimeout(() => {
    byId("away").hidden = false;
    listen();
  }, SILENT_MS);
}

function heard() {
  byId("away").hidden = true;
  expectAWord();
}

/** Listen to the service, from now on and again whenever it was away. */
function listen() {
  stream?.close();
  const covered = isPressed(byId("covered")) ? "yes" : "no";
  stream = new EventSource(`stream/board?covered=${covered}&_xsrf=${encodeURIComponent(xsrf)}`);
  expectAWord();
  stream.addEventListener("here", heard);
  stream.onmessage = (event) => {
    heard();
    show(JSON.parse(event.data));
  };
  stream.onerror = () => {
    byId("away").hidden = false;
    if (stream.readyState === EventSource.CLOSED) {
      clearTimeout(watch);
      setTimeout(askWhy, AGAIN_MS);
    }
  };
}

/** A stream that was refused tells no reason: one that is logged out has to log in again. */
async function askWhy() {
  const page = `?_xsrf=${encodeURIComponent(xsrf)}`;
  const answer = await fetch(page, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect") location.reload();
  else listen();
}

/** Have the service do something; say so where it does not. */
async function ask(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { "X-XSRFToken": xsrf, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!answer?.ok) alert(answer ? await answer.text() : "The class's service does not answer.");
}

function press(button) {
  if (button) button.setAttribute("aria-pressed", String(!isPressed(button)));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.path) {
    ask("POST", button.dataset.path, { [button.dataset.name]: button.dataset.value });
  }
});

byId("chooser")?.addEventListener("change", (event) => {
  if (event.target.value) ask("POST", `board/${event.target.value}`, {});
  event.target.value = "";
});

byId("covered")?.addEventListener("click", (event) => {
  press(event.currentTarget);
  sessionStorage.setItem("covered", String(isPressed(event.currentTarget)));
  listen();
});

byId("turn")?.addEventListener("click", (event) => {
  press(event.currentTarget);
  byId("class").hidden = !isPressed(event.currentTarget);
  byId("vote").hidden = isPressed(event.currentTarget);
  document.querySelector("footer").hidden = isPressed(event.currentTarget);
});

byId("delete")?.addEventListener("click", () => {
  const question = "Delete all votes of this session, and how far each learner has come?";
  if (confirm(question)) ask("DELETE", "session");
});

if (sessionStorage.getItem("covered") === "true") press(byId("covered"));
listen();
