// Take whoever sent a wrong form to the summary of what is wrong.
export function focusErrors(root) {
  root.querySelector?.("[data-error-summary]")?.focus();
}
