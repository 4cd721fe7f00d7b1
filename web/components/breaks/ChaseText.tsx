/**
 * An e-mail to the counterparty with the break's numbers, to be copied.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Chase, loadChase } from "./client.ts";

/** @param version A newer one has other numbers. */
export function ChaseText({ id, version }: { id: number; version: number }) {
  const chase = useSignal<Chase | null>(null);
  const said = useSignal("");

  const isOpen = useSignal(false);
  useEffect(() => {
    if (!isOpen.value) return;
    let isCurrent = true;
    const take = (value: Chase | null, text: string) => {
      if (isCurrent) [chase.value, said.value] = [value, text];
    };
    loadChase(id).then((value) => take(value, ""), (error: Error) => take(null, error.message));
    return () => isCurrent = false;
  }, [id, version, isOpen.value]);

  const copy = async () => {
    const { subject, text } = chase.peek()!;
    try {
      await navigator.clipboard.writeText(`Subject: ${subject}\n\n${text}`);
      said.value = "Copied.";
    } catch (error) {
      said.value = `Could not copy: ${(error as Error).message}`;
    }
  };
  return (
    <details class="chase" onToggle={({ currentTarget }) => isOpen.value = currentTarget.open}>
      <summary>Chase the counterparty</summary>
      {chase.value && (
        <>
          <p class="note">
            {chase.value.to && <>To {chase.value.to}.</>}Subject: {chase.value.subject}
          </p>
          <textarea readOnly rows={10} aria-label="Text to the counterparty" value={chase.value.text} />
          <button type="button" onClick={copy}>Copy text</button>
        </>
      )} <span role="status" class="note">{said.value}</span>
    </details>
  );
}
