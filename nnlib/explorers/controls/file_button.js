// A button that opens a file and sends its bytes. A large file is not sent, only its name and size:
// it would end the connection to the kernel without a word. So would a large text that is pasted
// into the box beside the button.

function render({ model, el }) {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = model.get("accept");
  input.hidden = true;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "jupyter-widgets jupyter-button widget-button";
  Object.assign(button.style, { width: "auto", margin: "4px 2px" });
  const sign = document.createElement("i");
  sign.className = "fa fa-upload";
  sign.ariaHidden = "true";
  button.append(sign, model.get("label"));
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file) send(model, file);
    input.value = ""; // or the same file could not be chosen again
  });
  el.append(button, input);

  function refuseLarge(event) {
    const explorer = el.closest(".nnlib-explorer");
    if (event.target.tagName !== "TEXTAREA" || !explorer?.contains(event.target)) return;
    const text = event.target.value + event.clipboardData.getData("text/plain");
    if (text.length <= model.get("most_bytes")) return;
    event.preventDefault();
    model.send({ name: "", size: text.length });
  }
  document.addEventListener("paste", refuseLarge, true);
  return () => document.removeEventListener("paste", refuseLarge, true);
}

async function send(model, file) {
  const { name, size } = file;
  if (size > model.get("most_bytes")) {
    model.send({ name, size });
    return;
  }
  try {
    model.send({ name, size }, undefined, [await file.arrayBuffer()]);
  } catch {
    model.send({ name, size: -1 }); // moved, changed or locked since it was chosen
  }
}

export default { render };
