/* Portico, optional script. Every page works without it.
   1. Lights a marked span and its fact together (the stylesheet does this alone for the first ones).
   2. j and k walk through a list marked data-walk; a letter presses the control of the current item that carries it as
      data-key, or the control of the page that carries it as data-page-key. <html data-keys="off"> turns the keys off.
   3. A form marked data-keep="name" keeps what was typed in this tab, until it was sent and taken: an expired session,
      a lost connection or a reload loses nothing. A field for guarded words is marked data-forget: it is not kept.
   4. Buttons of a form that was sent are off until the answer comes: a double click is once. */
(function () {
  "use strict";

  /* HTML that htmx puts into a page: its own answers only, and no script in them ever runs. Code is never made. */
  if (window.trustedTypes && window.trustedTypes.createPolicy) {
    window.trustedTypes.createPolicy("default", {
      createHTML: function (html) { return html; }
    });
  }

  var lit = [];
  function keys(el) { return el ? (el.className.match(/\bk\d+\b/g) || []) : []; }
  function light(e) {
    var at = e.target.closest && e.target.closest(".lk [class*='k']");
    while (at && !keys(at).length) { at = at.parentElement.closest(".lk [class*='k']"); }
    lit.forEach(function (x) { x.classList.remove("lit"); });
    lit = [];
    keys(at).forEach(function (k) {
      document.querySelectorAll(".lk ." + k).forEach(function (x) { x.classList.add("lit"); lit.push(x); });
    });
  }
  document.addEventListener("pointerover", light);
  document.addEventListener("focusin", light);

  document.addEventListener("keydown", function (e) {
    var typing = e.target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
    if (typing || e.ctrlKey || e.metaKey || e.altKey || document.documentElement.dataset.keys === "off") { return; }
    var items = Array.prototype.slice.call(document.querySelectorAll("[data-walk] [data-item]"));
    var now = items.findIndex(function (x) { return x.contains(document.activeElement); });
    var press = null;
    if (items.length && (e.key === "j" || e.key === "k")) {
      var next = items[Math.max(0, Math.min(items.length - 1, now + (e.key === "j" ? 1 : -1)))];
      (next.hasAttribute("tabindex") ? next : next.querySelector("a, button, input") || next).focus();
      e.preventDefault();
    } else if (e.key === "/") {
      var seek = document.querySelector(".seek input");
      if (seek) { seek.focus(); e.preventDefault(); }
    } else if (/^[a-z]$/.test(e.key)) {
      press = (now >= 0 && items[now].querySelector("[data-key=" + e.key + "]")) ||
        document.querySelector("[data-page-key=" + e.key + "]");
    }
    if (press) { press.click(); e.preventDefault(); }
  });

  /* What one person typed is not put before the next who signs in at this tab. */
  var who = document.body.dataset.who;
  if (who) {
    if (sessionStorage.getItem("portico-who") !== who) { sessionStorage.clear(); }
    sessionStorage.setItem("portico-who", who);
  }
  function kept(form) { return "portico:" + form.dataset.keep; }
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (x) {
      return x.name && !/^(password|hidden|file|submit|button)$/.test(x.type) && x.dataset.forget === undefined;
    });
  }
  document.addEventListener("input", function (e) {
    var form = e.target.form;
    if (!form || !form.dataset.keep) { return; }
    var typed = fields(form).map(function (x) {
      return [x.name, x.value, /^(checkbox|radio)$/.test(x.type) ? x.checked : null];
    });
    sessionStorage.setItem(kept(form), JSON.stringify(typed));
  });
  function restore(form) {
    var typed = sessionStorage.getItem(kept(form));
    if (!typed) { return; }
    JSON.parse(typed).forEach(function (one) {
      fields(form).forEach(function (x) {
        if (x.name !== one[0]) { return; }
        if (one[2] === null) { x.value = one[1]; } else if (x.value === one[1]) { x.checked = one[2]; }
      });
    });
  }
  /* The page that says it took the form names it: <body data-took="name">, or the header of a part: HX-Trigger "took". */
  function took(name) { if (name) { sessionStorage.removeItem("portico:" + name); } }
  document.querySelectorAll("[data-took]").forEach(function (x) { took(x.dataset.took); });
  document.querySelectorAll("form[data-keep]").forEach(restore);
  document.addEventListener("took", function (e) { took(e.detail && e.detail.value); });

  document.addEventListener("submit", function (e) {
    var form = e.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) { return; }
    if (form.dataset.sent) { e.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  /* Back from the next page: the form can be sent again. */
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (x) { delete x.dataset.sent; });
  });

  var first = document.querySelector(".note.err[tabindex]");
  if (first) { first.focus(); }
})();
