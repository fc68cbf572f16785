// What the components draw with; put before each of their scripts. Text goes in as text nodes, never as HTML.

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.appendChild(document.createTextNode(text));
  return node;
}

function add(parent, tag, className, text) {
  return parent.appendChild(element(tag, className, text));
}
