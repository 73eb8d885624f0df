// Browsers that do not know command/commandfor yet open and close dialogs here.
export function watchDialogs(root) {
  const native = "commandForElement" in HTMLButtonElement.prototype;
  root.addEventListener("click", (event) => {
    if (event.target.matches("dialog")) event.target.close(); // a click beside the dialog's content
    if (native) return;
    const opener = event.target.closest("[data-opens]");
    const closer = event.target.closest("[data-closes]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    if (closer) document.getElementById(closer.dataset.closes).close();
  });
}
