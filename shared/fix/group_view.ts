/**
 * Messages and the instances of their groups as views: index ranges over the fields that were read, so that
 * nesting costs no copies.
 *
 * @module
 */

import type { MessageDefinition } from "./dictionary.ts";
import type { Fields } from "./fields.ts";
import type { GroupDefinition } from "./members.ts";
import { BODY, SECTION } from "./dictionary.ts";

type Groups = ReadonlyMap<number, GroupDefinition>;

/** Tags of users may stand in an instance without being members of it. */
const USER_TAGS_FROM = 5_000;

/** One level of a message: the message itself, or one instance of a group. */
export class View {
  readonly #fields: Fields;
  readonly #message: MessageDefinition;
  readonly #groups: Groups;
  readonly #start: number;
  readonly #end: number;
  #own: number[] | undefined;

  constructor(
    fields: Fields,
    message: MessageDefinition,
    groups: Groups = message.groups,
    start = 0,
    end = fields.count,
  ) {
    this.#fields = fields;
    this.#message = message;
    this.#groups = groups;
    this.#start = start;
    this.#end = end;
  }

  /** The value of this level's own field: what stands in groups below is not seen. */
  text(tag: number): string | undefined {
    const index = this.#find(tag);
    return index < 0 ? undefined : this.#fields.textAt(index);
  }

  /** The instances of the group that this tag counts; none where it is absent. */
  group(countTag: number): View[] {
    const group = this.#groups.get(countTag);
    const countIndex = group === undefined ? -1 : this.#find(countTag);
    if (group === undefined || countIndex < 0) return [];
    const views: View[] = [];
    let start = -1;
    const end = this.#walk(group, countIndex, (index) => {
      if (start >= 0) views.push(new View(this.#fields, this.#message, group.groups, start, index));
      start = index;
    });
    if (start >= 0) views.push(new View(this.#fields, this.#message, group.groups, start, end));
    return views;
  }

  #find(tag: number): number {
    // Most of the tags that are asked for are nowhere in the message, and that is known at once.
    if (!this.#fields.has(tag)) return -1;
    const { tags } = this.#fields;
    this.#own ??= this.#collect();
    for (const index of this.#own) if (tags[index] === tag) return index;
    return -1;
  }

  /** The fields of this level, without those of groups below. */
  #collect(): number[] {
    const { tags } = this.#fields;
    const own: number[] = [];
    for (let index = this.#start; index < this.#end;) {
      own.push(index);
      const group = this.#groups.get(tags[index]!);
      index = group === undefined ? index + 1 : this.#walk(group, index);
    }
    return own;
  }

  /** Goes over a group's instances. @returns Where the fields after it go on. */
  #walk(group: GroupDefinition, countIndex: number, onInstance?: (index: number) => void): number {
    const { tags } = this.#fields;
    const { ranks, delimiter } = group;
    const said = Number(this.#fields.textAt(countIndex));
    let instances = 0;
    let lastRank = 0;
    let index = countIndex + 1;
    while (index < this.#end) {
      const tag = tags[index]!;
      const rank = tag < ranks.length ? ranks[tag]! : 0;
      if (rank === 0 && (tag < USER_TAGS_FROM || this.#placeOf(tag) !== 0)) break;
      if (tag === delimiter) {
        instances++;
        onInstance?.(index);
      } else if (rank > 0 && rank <= lastRank && instances === said && this.#placeOf(tag) === BODY) break;
      if (rank > 0) lastRank = rank;
      const nested = group.groups.get(tag);
      index = nested === undefined ? index + 1 : this.#walk(nested, index);
    }
    return index;
  }

  #placeOf(tag: number): number {
    const { places } = this.#message;
    return tag < places.length ? places[tag]! & SECTION : 0;
  }
}
