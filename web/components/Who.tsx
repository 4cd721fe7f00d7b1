/**
 * Who works here: asked once, remembered by the browser, sent with every action.
 *
 * @module
 */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { NAME_LENGTH_MAX, problemOf, rememberUser } from "./who.ts";

export function Who({ user }: { user: Signal<string | null> }) {
  const isChanging = useSignal(false);
  const input = useRef<HTMLInputElement>(null);
  const change = useRef<HTMLButtonElement>(null);
  const wasChanging = useRef(false);

  useEffect(() => {
    if (isChanging.value) input.current?.focus();
    else if (wasChanging.current) change.current?.focus();
    wasChanging.current = isChanging.value;
  }, [isChanging.value]);

  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const field = input.current!;
    const name = field.value.trim();
    field.setCustomValidity(problemOf(name) ?? "");
    if (!field.reportValidity()) return;
    rememberUser(name);
    const isOther = name !== user.peek();
    user.value = name;
    isChanging.value = false;
    // "Mine" is somebody else's now.
    if (isOther && new URLSearchParams(location.search).get("owner") === "me") location.reload();
  };

  if (user.value !== null && !isChanging.value) {
    return (
      <p class="who">
        You are <b>{user.value}</b>{" "}
        <button type="button" class="plain" ref={change} onClick={() => isChanging.value = true}>
          Change name
        </button>
      </p>
    );
  }
  return (
    <form class={user.value === null ? "who unknown" : "who"} onSubmit={save}>
      <label for="who-name">Your name</label>
      <input
        id="who-name"
        ref={input}
        name="name"
        autocomplete="username"
        spellcheck={false}
        maxLength={NAME_LENGTH_MAX}
        defaultValue={user.value ?? ""}
        onInput={({ currentTarget }) => currentTarget.setCustomValidity("")}
        onKeyDown={({ key }) => key === "Escape" && user.value !== null && (isChanging.value = false)}
      />
      <button type="submit">Save</button>
    </form>
  );
}
