/**
 * One decoded message: its faults, then header, body and trailer with every field. Groups are a tree that opens and
 * closes without a script.
 *
 * @module
 */

import { Fault, FaultList } from "./Fault.tsx";
import {
  anchorOf,
  printable,
  type ShownFault,
  type ShownField,
  type ShownMessage,
  titleOf,
} from "./message.ts";

const SECTION_NAMES = { header: "Header", body: "Body", trailer: "Trailer" } as const;

/** @param id Unique in the page: the fields' anchors begin with it. */
export function FixMessage({ message, id }: { message: ShownMessage; id: string }) {
  const { errors, tree, pipeline, fields } = message;
  const shown = tree.reduce((sum, section) => sum + countOf(section.fields), 0);
  return (
    <div class="fix-message">
      {errors.length > 0 && <FaultList message={message} id={id} />}
      {pipeline && (
        <p class="note">
          {pipeline.isTaken
            ? errors.length === 0
              ? "Sound: the pipeline takes it."
              : "The pipeline takes it and notes its faults."
            : `The pipeline sets it aside: ${printable(pipeline.text ?? "")}`}
        </p>
      )}
      <div class="fix-sections">
        {tree.filter((section) => section.fields.length > 0).map(({ name, fields }) => (
          <section key={name} class={name} aria-label={`${SECTION_NAMES[name]} of ${titleOf(message)}`}>
            <p class="section-name" aria-hidden="true">{SECTION_NAMES[name]}</p>
            <FieldList fields={fields} errors={errors} id={id} />
          </section>
        ))}
      </div>
      {shown < fields.length && (
        <p class="note">{fields.length - shown} more fields; fix:decode shows all of them.</p>
      )}
    </div>
  );
}

interface ListProps {
  readonly fields: readonly ShownField[];
  readonly errors: readonly ShownFault[];
  readonly id: string;
}

function FieldList({ fields, errors, id }: ListProps) {
  return (
    <ol class="fix-fields">
      {fields.map((field) => {
        const anchor = anchorOf(id, field.at, field.tag);
        return (
          <li
            key={anchor}
            id={anchor}
            class={field.errors.length > 0 ? "faulty" : undefined}
            tabIndex={field.errors.length > 0 ? -1 : undefined}
          >
            <Field field={field} />
            {field.errors.map((error) => <Fault key={error} fault={errors[error]!} />)}
            {field.instances && <Group field={field} errors={errors} id={id} />}
          </li>
        );
      })}
    </ol>
  );
}

function Field({ field: { at, tag, name, value, meaning } }: { field: ShownField }) {
  return (
    <span class="fix-field">
      <span class="tag">{tag}</span>
      <span class="name">{name ?? <i>no standard field</i>}</span>
      <span>
        <span class="value">
          {at === null ? <i>missing</i> : value === "" ? <i>empty</i> : printable(value)}
        </span>
        {meaning && <span class="meaning">{meaning}</span>}
      </span>
    </span>
  );
}

function Group({ field, errors, id }: { field: ShownField } & Omit<ListProps, "fields">) {
  const instances = field.instances!;
  if (instances.length === 0) return null;
  return (
    <ol class="fix-group" aria-label={`Instances of ${field.name ?? field.tag}`}>
      {instances.map((fields, n) => (
        <li key={n}>
          <details open>
            <summary>
              {n + 1} of {instances.length}
              <span class="note">
                {fields[0] && ` ${fields[0].name ?? fields[0].tag} ${printable(fields[0].value)}`}
              </span>
            </summary>
            <FieldList fields={fields} errors={errors} id={id} />
          </details>
        </li>
      ))}
    </ol>
  );
}

function countOf(fields: readonly ShownField[]): number {
  return fields.reduce(
    (sum, { at, instances }) =>
      sum + (at === null ? 0 : 1) + (instances ?? []).map(countOf).reduce((a, b) => a + b, 0),
    0,
  );
}
