// What the other scripts do to elements of the page.

/** Make an element, the last one within another. */
function child(parent, tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

/** Set an attribute, but only to something new: to set it is a mutation too. */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
