"""The forms that write an agreement's draft, part by part."""
