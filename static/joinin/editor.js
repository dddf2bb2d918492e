// Puts an editor over a box for prose: headings, lists, emphasis and links, typed or pasted from Word. The box stays in the
// form and carries the text; without this script, or where the editor does not start, it is the plain box that people type in.
// What is pasted is tidied by the server, which has the one set of rules; where it does not answer, the editor takes the text
// as it can, and the server tidies it when it is saved.
{
  const MARK = "<!--prose-->"; // before a text with formatting, as the server writes it too
  const template = document.getElementById("editor-tools");
  const BUTTONS = {
    heading: [(chain) => chain.toggleHeading({ level: 3 }), "heading"],
    bold: [(chain) => chain.toggleBold(), "bold"],
    italic: [(chain) => chain.toggleItalic(), "italic"],
    bullets: [(chain) => chain.toggleBulletList(), "bulletList"],
    numbers: [(chain) => chain.toggleOrderedList(), "orderedList"],
    link: [null, "link"],
    undo: [(chain) => chain.undo(), null],
    redo: [(chain) => chain.redo(), null],
  };

  const is_link = (address) => /^(https?:\/\/|mailto:)\S+$/i.test(address);

  // A row of buttons that is one stop of the Tab key; the arrows go along it.
  const moveAlong = (tools) => {
    const buttons = [...tools.querySelectorAll("button[data-do]")];
    const choose = (one) => buttons.forEach((button) => (button.tabIndex = button === one ? 0 : -1));
    choose(buttons[0]);
    tools.addEventListener("keydown", (event) => {
      const at = buttons.indexOf(event.target);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      const next = buttons[(to + buttons.length) % buttons.length];
      choose(next);
      next.focus();
    });
    tools.addEventListener("focusin", (event) => buttons.includes(event.target) && choose(event.target));
  };

  // The address of a link, asked for in a row below the buttons. Enter sets it, Escape leaves it.
  const linking = (tools, editor) => {
    const row = tools.querySelector("[data-link]");
    const input = row.querySelector("input");
    const error = row.querySelector("[data-link-error]");
    const open = () => {
      input.value = editor.getAttributes("link").href ?? "";
      row.hidden = false;
      error.hidden = true;
      input.removeAttribute("aria-invalid");
      input.focus();
    };
    const close = () => {
      row.hidden = true;
      editor.commands.focus();
    };
    const set = () => {
      let address = input.value.trim();
      if (/^www\./i.test(address)) address = `https://${address}`;
      else if (/^[^\s@/:]+@[^\s@/:]+$/.test(address)) address = `mailto:${address}`;
      if (address && !is_link(address)) {
        error.hidden = false;
        input.setAttribute("aria-invalid", "true");
        input.focus();
        return;
      }
      row.hidden = true;
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!address) chain.unsetLink().run();
      else if (editor.state.selection.empty && !editor.isActive("link")) {
        chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
      } else chain.setLink({ href: address }).run();
    };
    row.querySelector("[data-set]").addEventListener("click", set);
    row.querySelector("[data-leave]").addEventListener("click", close);
    row.addEventListener("input", (event) => event.stopPropagation()); // no part of the text
    row.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === input) {
        event.preventDefault();
        set();
      } else if (event.key === "Escape") close();
    });
    return open;
  };

  const tidy = async (markup, form) => {
    const body = new URLSearchParams({ markup, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
    const answer = await fetch(template.dataset.tidy, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(8000),
    });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  // Only the body is sent, without pictures: Word puts a hundred kilobytes of styles before it. It is cut as text, because a
  // browser that parsed it here would try to apply its styles, which the page does not allow.
  const body_of = (markup) => {
    const body = markup
      .replace(/<!--[^]*?-->/g, "")
      .replace(/<(style|script|xml|head)\b[^]*?<\/\1\s*>/gi, "");
    return [body.replace(/<img\b[^>]*>/gi, ""), /<img\b/i.test(body)];
  };
  const without_styles = (markup) => markup.replace(/\s(style|class)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, "");

  const paste = async (editor, form, markup, status) => {
    const [body, pictures] = body_of(markup);
    let tidied;
    try {
      tidied = (await tidy(body, form)).markup;
    } catch {
      tidied = without_styles(body); // as the editor reads it
    }
    editor.chain().focus().insertContent(tidied, { parseOptions: { preserveWhitespace: false } }).run();
    status.textContent = pictures ? template.dataset.pictures : template.dataset.pasted;
  };

  const dress = (box, label) => {
    const described = box.getAttribute("aria-describedby");
    return {
      id: box.id,
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": label.id,
      ...(described ? { "aria-describedby": described } : {}),
      ...(box.getAttribute("aria-invalid") ? { "aria-invalid": "true" } : {}),
      ...(box.lang ? { lang: box.lang } : {}),
      spellcheck: "true",
      class: "editor__text prose",
    };
  };

  const isTypedIn = (box) => box.value !== box.defaultValue && !box.value.startsWith(MARK);

  const start = (box, library) => {
    const form = box.form;
    const label = document.querySelector(`label[for="${box.id}"]`);
    const shown = form.elements[`${box.name}-shown`];
    const frame = template.content.cloneNode(true).firstElementChild;
    const tools = frame.querySelector("[role=toolbar]");
    const status = frame.querySelector("[role=status]");
    label.id ||= `${box.id}_label`;
    tools.setAttribute("aria-label", tools.getAttribute("aria-label").replace("{label}", label.textContent.trim()));
    const { Document, Paragraph, Text, HardBreak, Heading, Bold, Italic, BulletList, OrderedList, ListItem } = library;
    const attributes = dress(box, label);
    const editor = new library.Editor({
      element: frame.querySelector("[data-text]"),
      injectCSS: false,
      content: box.value.startsWith(MARK) ? box.value.slice(MARK.length) : box.dataset.prose,
      extensions: [
        Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, library.Blockquote,
        library.History,
        Heading.configure({ levels: [2, 3], HTMLAttributes: { "aria-level": "2" } }), // here they stand right below the h1
        library.Link.configure({ openOnClick: false, autolink: false, linkOnPaste: true, enableTarget: false }),
      ],
      editorProps: {
        attributes,
        handleDOMEvents: {
          paste: (view, event) => {
            const markup = event.clipboardData?.getData("text/html") ?? "";
            if (!markup.trim() || markup.includes("data-pm-slice")) return false; // plain, or from an editor like this one
            event.preventDefault();
            paste(editor, form, markup, status);
            return true;
          },
        },
      },
      onUpdate: () => {
        box.value = editor.isEmpty ? "" : MARK + editor.getHTML();
        box.dispatchEvent(new Event("input", { bubbles: true }));
      },
    });
    if (shown) box.value = MARK + box.dataset.prose;
    box.plainText = () => editor.getText({ blockSeparator: "\n" });

    box.removeAttribute("id");
    box.hidden = true;
    box.before(frame);
    label.addEventListener("click", () => editor.commands.focus());
    moveAlong(tools);
    const openLink = linking(frame, editor);
    const buttons = [...tools.querySelectorAll("button[data-do]")];
    for (const button of buttons) {
      const [command] = BUTTONS[button.dataset.do];
      button.addEventListener("click", () => (command ? command(editor.chain().focus()).run() : openLink()));
    }
    editor.on("transaction", () => {
      for (const button of buttons) {
        const state = BUTTONS[button.dataset.do][1];
        if (state) button.setAttribute("aria-pressed", editor.isActive(state) ? "true" : "false");
      }
    });
    frame.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        event.stopPropagation();
        openLink();
      } else if (event.altKey && event.key === "F10") {
        event.preventDefault();
        tools.querySelector("button[tabindex='0']").focus();
      }
    }, true);
    return editor;
  };

  const boxes = document.querySelectorAll("textarea[data-prose]");
  if (boxes.length && template) {
    import(template.dataset.library).then((library) => {
      const had = document.activeElement;
      const wanted = location.hash.slice(1);
      for (const box of boxes) {
        if (isTypedIn(box)) continue; // somebody was quicker than the editor: the plain box stays
        const focused = box === had || (wanted && box.id === wanted);
        const editor = start(box, library);
        if (focused) editor.commands.focus();
      }
    });
  }
}
