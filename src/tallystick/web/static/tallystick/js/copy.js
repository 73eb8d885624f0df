// <button data-copy="text">: copies, and says so for two seconds.
export function watchCopying(root) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const said = button.querySelector("[aria-live]");
    const before = said.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = "Copied";
    } catch {
      said.textContent = "Not copied: select and copy by hand";
    }
    said.classList.remove("visually-hidden");
    setTimeout(() => {
      said.textContent = before;
      said.classList.toggle("visually-hidden", before === "");
    }, 2000);
  });
}
