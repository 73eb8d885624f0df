// A file may be dropped anywhere on the field, and its name and size are said.
function size(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let step = 0;
  for (; bytes >= 1000 && step < units.length - 1; step += 1) bytes /= 1000;
  return `${bytes.toFixed(step ? 1 : 0)} ${units[step]}`;
}

function over(event, on) {
  const field = event.target.closest?.("[data-drop]");
  if (!field) return null;
  event.preventDefault();
  field.classList.toggle("drop-over", on);
  return field;
}

export function watchDrops(root) {
  root.addEventListener("dragover", (event) => over(event, true));
  root.addEventListener("dragleave", (event) => over(event, false));
  root.addEventListener("drop", (event) => {
    const field = over(event, false);
    const input = field?.querySelector("input[type=file]");
    if (!input || !event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  root.addEventListener("change", (event) => {
    const hint = event.target.closest?.("[data-drop]")?.querySelector(".drop-hint");
    const file = event.target.files?.[0];
    if (hint && file) hint.textContent = `${file.name}, ${size(file.size)}`;
  });
}
