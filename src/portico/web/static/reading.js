/* Reading, optional script. While a claim is being corrected, words selected in the document go into its field, with the
   place where they stand. Without it one copies them. */
(function () {
  "use strict";
  var doc = document.getElementById("doc");
  var field = document.querySelector(".claim.fix input[name=words]");
  if (!doc || !field) { return; }
  var near = field.form.elements.near;

  function place(node, offset) {
    var at = (node.nodeType === 1 ? node : node.parentElement).closest("[data-at]");
    if (!at) { return null; }
    var before = document.createRange();
    before.setStart(at, 0);
    before.setEnd(node, offset);
    return Number(at.dataset.at) + Array.from(before.toString()).length;
  }
  /* The numbers of the claims stand in the text, but are not its words. */
  function words(range) {
    var part = range.cloneContents();
    part.querySelectorAll("sup").forEach(function (x) { x.remove(); });
    return part.textContent.replace(/\s+/g, " ").trim();
  }
  document.addEventListener("selectionchange", function () {
    var chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) { return; }
    var range = chosen.getRangeAt(0);
    if (!doc.contains(range.commonAncestorContainer)) { return; }
    var text = words(range);
    if (!text) { return; }
    field.value = text;
    var at = place(range.startContainer, range.startOffset);
    if (near && at !== null) { near.value = String(at); }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
